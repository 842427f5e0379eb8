from __future__ import annotations

import io

import pytest

from psylite_desktop.cli.json_lines import read_json_lines, text_field
from psylite_desktop.domain.errors import InputError


def read(data: bytes) -> list[str]:
    return read_json_lines(io.BytesIO(data), lambda row: text_field(row, "text"))


def test_good_lines_come_back_in_order_and_blank_ones_are_skipped() -> None:
    assert read(b'{"text": "a"}\n\n{"text": "b"}') == ["a", "b"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not JSON at column"),
        (b"[1]", "not a JSON object"),
        (b'{"txt": "a"}', 'field "text" is missing or not a string'),
        (b'{"text": 3}', 'field "text" is missing or not a string'),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(bad: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(b'{"text": "a"}\n' + bad + b"\n")
    assert caught.value.facts["line"] == 2
    assert str(caught.value.facts["reason"]).startswith(reason)


def test_a_line_of_a_megabyte_is_read() -> None:
    assert len(read(b'{"text": "' + b"a" * 1_000_000 + b'"}')[0]) == 1_000_000
