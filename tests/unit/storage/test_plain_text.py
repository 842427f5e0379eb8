from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.storage.plain_text import storable

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_storable_text_can_be_encoded_and_is_stable(text: str) -> None:
    once = storable(text)
    once.encode("utf-8")
    assert "\0" not in once
    assert storable(once) == once


@given(st.text().filter(lambda text: "\0" not in text))
def test_good_text_is_left_alone(text: str) -> None:
    assert storable(text) == text


def test_bad_characters_are_replaced() -> None:
    assert storable("a\ud800b\0c\ud83d\ude00") == "a\ufffdb\ufffdc\U0001f600"
