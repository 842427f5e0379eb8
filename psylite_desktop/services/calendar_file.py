"""A calendar file for one's own calendar: a neutral daily entry with an alarm (RFC 5545).

Times are floating (RFC 5545, 3.3.5, form 1): eight in the evening wherever the calendar is. The
file says nothing of this app, and its UID is random.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time

FOLD = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""
DURATION = "PT5M"


def calendar_file(
    times: Sequence[time],
    *,
    title: str,
    first_day: date,
    now: datetime,
    uid: Callable[[], str] = lambda: str(uuid.uuid4()),
) -> bytes:
    """One event a time of day, every day from `first_day` on; `now` has a zone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Reminder//Reminder//EN"]
    for at in times:
        lines += _event(at, title=title, first_day=first_day, now=now, uid=uid())
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(at: time, *, title: str, first_day: date, now: datetime, uid: str) -> list[str]:
    start = datetime.combine(first_day, at)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"DURATION:{DURATION}",
        "RRULE:FREQ=DAILY",
        f"SUMMARY:{escaped(title)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(title)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11); control characters become spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        " " if (ord(one) < 32 and one != "\n") or ord(one) == 127 else one for one in text
    )
    for raw, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(raw, safe)
    return text


def folded(line: str) -> bytes:
    """A content line with its end, in pieces of at most 75 octets that cut no character."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode("utf-8", "replace")
        room = FOLD if not pieces else FOLD - 1  # the space that continues a line counts
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece = b""
        piece += octets
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"
