"""Daylio's CSV export: full_date,date,weekday,time,mood,activities,note_title,note.

Activities are separated by " | ". Moods have names that people choose; the ones that Daylio comes
with are known in their order, the person places the others.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date, datetime, time

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.imports import Found, MoodName, ReadFile, Skipped
from psylite_desktop.services.check_ins import LONGEST_NOTE
from psylite_desktop.services.export_sections import local_day

NEEDED = ("full_date", "mood")
SECTION = "check_ins"
MIDDLE = 3
MOST_TAGS = 40

KNOWN_MOODS = {
    name: mood
    for mood, names in (
        (5, ("rad", "super", "狂喜", "超棒", "超赞")),
        (4, ("good", "开心", "開心", "好")),
        (3, ("meh", "okay", "ok", "还行", "還行", "一般")),
        (2, ("bad", "不爽", "不好", "差")),
        (1, ("awful", "超烂", "超爛", "糟透了", "很差")),
    )
    for name in names
}
_TIME = re.compile(
    r"^(?P<before>[^\d\s]{0,6})\s*(?P<hour>\d{1,2})[:.：](?P<minute>\d{2})(?::\d{2})?\s*"
    r"(?P<after>[^\d\s]{0,6})$"
)
_AFTERNOON = {"pm", "p.m.", "下午", "晚上", "午后", "中午"}
_MORNING = {"am", "a.m.", "上午", "早上", "凌晨", "午前"}


def is_daylio(text: str) -> bool:
    """Whether this looks like Daylio's table."""
    head = _head(text)
    return all(name in head for name in NEEDED)


def read_daylio(text: str, words: CheckInWords) -> ReadFile:
    """Read a whole table; lines that cannot be read are named."""
    found: list[Found] = []
    skipped: list[Skipped] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    head = [name.strip().lower() for name in next(reader, [])]
    number = reader.line_num + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = dict(zip(head, cells, strict=False))
                _take(row, number, words, found, skipped)
            number = reader.line_num + 1
    except csv.Error:  # a cell beyond all bounds
        skipped.append(Skipped(SECTION, number, "unreadable"))
    counted = Counter(one.mood_name for one in found)
    moods = tuple(
        MoodName(name, count, KNOWN_MOODS.get(name.casefold(), 0))
        for name, count in sorted(
            counted.items(), key=lambda item: (-KNOWN_MOODS.get(item[0].casefold(), 0), item[0])
        )
    )
    return ReadFile("daylio", tuple(found), tuple(skipped), moods)


def _head(text: str) -> list[str]:
    try:
        cells = next(csv.reader(io.StringIO(text[:4096], newline="")), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in cells]


def _take(
    row: dict[str, str],
    number: int,
    words: CheckInWords,
    found: list[Found],
    skipped: list[Skipped],
) -> None:
    day = _day(row.get("full_date", ""))
    if day is None:
        skipped.append(Skipped(SECTION, number, "day"))
        return
    name = row.get("mood", "").strip()
    if not name:
        skipped.append(Skipped(SECTION, number, "mood"))
        return
    at = _at(day, row.get("time", ""))
    if at is None:
        skipped.append(Skipped(SECTION, number, "time"))
        return
    parts = (row.get("note_title", "").strip(), plain_note(row.get("note", "")))
    note = "\n".join(part for part in parts if part)
    if len(note) > LONGEST_NOTE:
        skipped.append(Skipped(SECTION, number, "cut"))
        note = note[:LONGEST_NOTE]
    activities = (words.tag_named(one) for one in row.get("activities", "").split("|"))
    tags = tuple(dict.fromkeys(one for one in activities if one))[:MOST_TAGS]
    check_in = CheckIn(at=at, day=day.isoformat(), mood=MIDDLE, tags=tags, note=note)
    found.append(Found(SECTION, number, check_in, mood_name=name))


def plain_note(text: str) -> str:
    """A note without the line breaks and paragraphs that Daylio writes as HTML."""
    text = re.sub(r"<\s*br\s*/?\s*>|</\s*(?:p|div|li)\s*>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(
        r"</?\s*(?:p|div|b|i|u|s|strong|em|ul|ol|li|span)(?:\s[^<>]*)?>",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return (
        text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip()
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _at(day: date, text: str) -> float | None:
    """Seconds of a day and a time as Daylio writes it; noon where there is no time."""
    text = text.strip()
    clock = time(12, 0)
    if text:
        known = _clock(text)
        if known is None:
            return None
        clock = known
    try:
        at = datetime.combine(day, clock).astimezone().timestamp()
        local_day(at)
    except (OverflowError, OSError, ValueError):
        return None
    return at


def _clock(text: str) -> time | None:
    match = _TIME.match(text.replace("\N{NARROW NO-BREAK SPACE}", " "))
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["after"] or match["before"]).strip().lower()
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    elif half and half not in _AFTERNOON | _MORNING:
        return None
    try:
        return time(hour, minute)
    except ValueError:
        return None
