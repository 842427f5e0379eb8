from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.storage.recovery_code import new_recovery_code, parsed, written

SECRET = st.binary(min_size=16, max_size=16)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(SECRET)
def test_code_is_read_back(secret: bytes) -> None:
    assert parsed(written(secret)) == secret


@given(SECRET, st.data())
def test_code_is_read_as_people_type_it(secret: bytes, data: st.DataObject) -> None:
    code = written(secret).replace("-", "")
    typed = []
    for mark in code:
        readings = {mark, mark.lower()}
        readings |= {"0": {"o", "O"}, "1": {"i", "l", "I", "L"}}.get(mark, set())
        readings |= {chr(ord(mark) + 0xFEE0)}  # full width
        typed.append(data.draw(st.sampled_from(sorted(readings))))
        typed.append(data.draw(st.sampled_from(["", "", "", " ", "-", "\u2014", "\n", "\u3000"])))
    assert parsed("".join(typed)) == secret


@given(SECRET, st.integers(0, 25), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(secret: bytes, place: int, other: str) -> None:
    code = written(secret).replace("-", "")
    if code[place] != other:
        assert parsed(code[:place] + other + code[place + 1 :]) is None


@given(SECRET, st.integers(0, 24))
def test_two_characters_that_changed_places_are_caught(secret: bytes, place: int) -> None:
    code = written(secret).replace("-", "")
    if code[place] != code[place + 1]:
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert parsed(swapped) is None


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    value = parsed(text)
    assert value is None or len(value) == 16


def test_shape_of_a_new_code() -> None:
    code = new_recovery_code()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}[0-9A-Z*~$=]", code)
    assert new_recovery_code() != code


@pytest.mark.parametrize("text", ["", "0000", "Z" * 27, "\ud800" * 27, "0" * 100_000])
def test_other_texts_are_no_codes(text: str) -> None:
    assert parsed(text) is None
