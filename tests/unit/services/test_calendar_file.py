"""The calendar file keeps to RFC 5545 and says nothing of anybody."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.services.calendar_file import FOLD, calendar_file, escaped, folded

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
TITLES = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\\;,\n\r:"中文💧'), max_size=200
)


def _made(title: str = "A small reminder", times: tuple[time, ...] = (time(20, 0),)) -> bytes:
    return calendar_file(times, title=title, first_day=date(2026, 11, 21), now=NOW)


def _lines(data: bytes) -> list[str]:
    """Unfold as RFC 5545 says."""
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def _value(lines: list[str], name: str) -> str:
    raw = next(line for line in lines if line.startswith(f"{name}:")).removeprefix(f"{name}:")
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], raw)


def test_it_is_a_daily_neutral_entry_with_an_alarm() -> None:
    lines = _lines(_made(times=(time(9, 30), time(20, 0))))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert lines.count("BEGIN:VALARM") == lines.count("RRULE:FREQ=DAILY") == 2
    assert "DTSTART:20261121T093000" in lines
    assert "DTSTART:20261121T200000" in lines
    assert "DTSTAMP:20261121T063000Z" in lines
    assert "psylite" not in _made().decode().lower()


def test_uids_differ_and_name_nobody() -> None:
    lines = _lines(_made(times=(time(9), time(10)))) + _lines(_made())
    uids = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == 3
    assert all(re.fullmatch(r"[0-9a-f-]{36}", uid) for uid in uids)


@given(TITLES)
def test_any_title_comes_back(title: str) -> None:
    data = _made(title)
    assert all(len(line) <= FOLD for line in data.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    for piece in data.split(b"\r\n"):
        piece.decode()  # no character is cut in two
    lines = _lines(data)
    plain = title.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(" " if (ord(c) < 32 and c != "\n") or ord(c) == 127 else c for c in plain)
    assert _value(lines, "SUMMARY") == _value(lines, "DESCRIPTION") == plain
    assert sum(line.startswith("BEGIN:") for line in lines) == 3


@given(TITLES)
def test_no_title_opens_a_line_of_its_own(title: str) -> None:
    assert "\n" not in escaped(title)
    assert "\r" not in escaped(title)


def test_lines_are_folded_at_75_octets() -> None:
    assert folded("a" * 75) == b"a" * 75 + b"\r\n"
    assert folded("a" * 76) == b"a" * 75 + b"\r\n a\r\n"
    assert folded("中" * 26) == "中".encode() * 25 + b"\r\n " + "中".encode() + b"\r\n"
