"""Reads the app's own export (services/export_formats/own_json.py) without trusting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import msgspec

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.check_in import MOODS, CheckIn
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.errors import ExportError
from psylite_desktop.domain.exercise import Answer, ExerciseRun
from psylite_desktop.domain.imports import Brought, BroughtTalk, Found, ReadFile, Skipped
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import LONGEST_NOTE as LONGEST_MEMORY
from psylite_desktop.domain.memory import MemoryNote, Topic
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.versions import OtherVersion
from psylite_desktop.services.check_ins import LONGEST_NOTE
from psylite_desktop.services.export_formats.own_json import FORMAT, VERSION
from psylite_desktop.services.export_sections import local_day, seconds_of

T = TypeVar("T")

MOST_ITEMS = 40
LONGEST_ID = 64
HIGHEST_NUMBER = 1 << 53


class _RefusedError(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_own(data: bytes) -> bool:
    """Whether this begins like an export of this app."""
    return (
        data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and FORMAT.encode() in data[:400]
    )


def read_own(data: bytes, scales: ScaleTexts, exercises: ExerciseTexts) -> ReadFile:
    """Read a whole file; items that cannot be read are named.

    Raises ExportError (import_unknown, import_newer).
    """
    raw = _decoded(data)
    known: dict[str, Callable[[Mapping[str, Any]], Brought]] = {
        "check_ins": _check_in,
        "journal": _page,
        "exercises": lambda row: _exercise(row, exercises),
        "scales": lambda row: _scale(row, scales),
        "plan": _plan,
        "memory": _note,
    }
    found: list[Found] = []
    skipped: list[Skipped] = []
    sections: Mapping[str, Any] = raw["sections"]
    for section, rows in sections.items():
        if section in {"conversations", "endings"}:
            continue
        if section not in known or not isinstance(rows, list):
            skipped.append(Skipped(str(section)[:LONGEST_ID], 0, "section"))
            continue
        for number, row in enumerate(rows, start=1):
            try:
                found.append(Found(section, number, _whole(known[section], row)))
            except _RefusedError as refused:
                skipped.append(Skipped(section, number, refused.reason))
    _take_talks(sections, found, skipped)
    return ReadFile("own", tuple(found), tuple(skipped))


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        raw = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise ExportError("import_unknown") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ExportError("import_unknown")
    version = raw.get("version")
    if not isinstance(version, int) or not isinstance(raw.get("sections"), dict):
        raise ExportError("import_unknown")
    if version > VERSION:
        raise ExportError("import_newer")
    return raw


def _whole(make: Callable[[Mapping[str, Any]], T], row: object) -> T:
    """What a row says. Raises _RefusedError, whatever else is wrong with it."""
    if not isinstance(row, dict):
        raise _RefusedError("unreadable")
    try:
        return make(row)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise _RefusedError("unreadable") from None


def _text(row: Mapping[str, Any], key: str, *, most: int = 0) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise _RefusedError("unreadable")
    return value[:most] if most else value


def _texts(row: Mapping[str, Any], key: str, *, most: int) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _RefusedError("unreadable")
    return tuple(one[:most] for one in value[:MOST_ITEMS])


def _time(row: Mapping[str, Any], key: str) -> float:
    try:
        at = seconds_of(_text(row, key))
        local_day(at)
    except (ValueError, OverflowError, OSError):
        raise _RefusedError("time") from None
    return at


def _level(row: Mapping[str, Any]) -> Level:
    value = row.get("level", 0)
    return Level(value) if type(value) is int and value in set(Level) else Level.NONE


def _day(row: Mapping[str, Any]) -> str:
    day = _text(row, "day")
    try:
        is_day = date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_day = False
    if not is_day:
        raise _RefusedError("day")
    return day


def _page(row: Mapping[str, Any]) -> JournalEntry:
    text, title = _text(row, "text"), _text(row, "title")
    if not text.strip() and not title.strip():
        raise _RefusedError("unreadable")
    at = _time(row, "at")
    return JournalEntry(
        id=0,
        at=at,
        day=_day(row),
        text=text,
        title=title,
        level=_level(row),
        locked=row.get("locked") is True,
        updated_at=_time(row, "updated_at") if row.get("updated_at") else at,
        prompt_id=_text(row, "prompt_id", most=LONGEST_ID),
    )


def _check_in(row: Mapping[str, Any]) -> CheckIn:
    day, mood = _day(row), row.get("mood")
    if type(mood) is not int or mood not in MOODS:
        raise _RefusedError("mood")
    return CheckIn(
        at=_time(row, "at"),
        day=day,
        mood=mood,
        feelings=_texts(row, "feelings", most=LONGEST_ID),
        tags=_texts(row, "tags", most=LONGEST_ID),
        note=_text(row, "note", most=LONGEST_NOTE),
        backfilled=row.get("backfilled") is True,
        level=_level(row),
    )


def _exercise(row: Mapping[str, Any], exercises: ExerciseTexts) -> ExerciseRun:
    exercise = exercises.find(_text(row, "exercise"), "en")
    path = _texts(row, "path", most=LONGEST_ID)
    if exercise is None or not path or set(path) - {step.id for step in exercise.steps}:
        raise _RefusedError("unknown")
    if row.get("finished_at") is None:
        raise _RefusedError("unfinished")
    lang = row.get("lang")
    return ExerciseRun(
        exercise_id=exercise.id,
        lang=lang if lang in ("zh", "en") else "zh",
        path=path,
        answers={str(key): _answer(value) for key, value in dict(row.get("answers", {})).items()},
        started_at=_time(row, "started_at"),
        updated_at=_time(row, "updated_at"),
        finished_at=_time(row, "finished_at"),
    )


def _answer(value: object) -> Answer:
    if isinstance(value, str) or type(value) is int:
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise _RefusedError("unreadable")


def _scale(row: Mapping[str, Any], scales: ScaleTexts) -> ScaleRun:
    scale = next((one for one in scales.scales("en") if one.id == row.get("scale")), None)
    scores = row.get("scores")
    if scale is None or not isinstance(scores, dict) or not scores:
        raise _RefusedError("unknown")
    parts = {part.id: part for part in scale.parts}
    for part, points in scores.items():
        if part not in parts:
            raise _RefusedError("unknown")
        if type(points) is not int or not parts[part].low <= points <= parts[part].high:
            raise _RefusedError("unreadable")
    answers = row.get("answers", [])
    if not isinstance(answers, list) or len(answers) > MOST_ITEMS:
        raise _RefusedError("unreadable")
    if not all(one is None or (type(one) is int and 0 <= one <= 100) for one in answers):
        raise _RefusedError("unreadable")
    lang = row.get("lang")
    return ScaleRun(
        scale=scale.id,
        at=_time(row, "at"),
        lang=lang if lang in ("zh", "en") else "zh",
        scores=tuple(scores.items()),
        answers=tuple(answers),
    )


def _plan(row: Mapping[str, Any]) -> PlanEntry:
    step, text = _text(row, "step"), _text(row, "text")
    if step not in set(PlanStep):
        raise _RefusedError("unknown")
    if not text.strip():
        raise _RefusedError("unreadable")
    return PlanEntry(PlanStep(step), text, _time(row, "updated_at"))


def _note(row: Mapping[str, Any]) -> MemoryNote:
    text, topic = _text(row, "text", most=LONGEST_MEMORY), row.get("topic")
    if not text.strip():
        raise _RefusedError("unreadable")
    lang = row.get("lang")
    return MemoryNote(
        text=text,
        topic=Topic(topic) if topic in set(Topic) else Topic.OWN,
        lang=lang if lang in ("zh", "en") else "zh",
        created_at=_time(row, "created_at"),
        expires_at=None if row.get("expires_at") is None else _time(row, "expires_at"),
        pinned=row.get("pinned") is True,
    )


def _take_talks(sections: Mapping[str, Any], found: list[Found], skipped: list[Skipped]) -> None:
    """Conversations come whole: one item for all messages with the same number."""
    talks: dict[str, list[tuple[int, Message, str]]] = {}
    others: dict[str, list[object]] = {}
    for number, row in _rows(sections, "conversations"):
        try:
            message, title = _whole(lambda row: (_message(row), _text(row, "title", most=200)), row)
        except _RefusedError as refused:
            skipped.append(Skipped("conversations", number, refused.reason))
            continue
        key = str(row.get("conversation"))
        talks.setdefault(key, []).append((number, message, title))
        versions = row.get("versions", [])
        others.setdefault(key, []).extend(versions if isinstance(versions, list) else [versions])
    endings = _endings(sections, set(talks), skipped)
    for key, messages in talks.items():
        number, _first, title = messages[0]
        said = tuple(message for _number, message, _title in messages)
        talk = BroughtTalk(title, said, others=_others(said, others.get(key, []), number, skipped))
        if key in endings:
            lines, next_step, at = endings[key]
            talk = replace(talk, lines=lines, next_step=next_step, ended_at=at)
        found.append(Found("conversations", number, talk))


def _others(
    said: Sequence[Message], rows: Sequence[object], row_number: int, skipped: list[Skipped]
) -> tuple[OtherVersion, ...]:
    """What is not shown of a talk; it comes whole as well, or stays outside."""
    try:
        others = [_whole(_other, row) for row in rows]
        if others:
            _refuse_mixed_up([one.id for one in said], [one.message.id for one in others])
    except _RefusedError as refused:
        skipped.append(Skipped("conversations", row_number, refused.reason))
        return ()
    return tuple(others)


def _refuse_mixed_up(shown: list[int], hidden: list[int]) -> None:
    """Each has a number of its own, and those that are shown stand in order."""
    if shown != sorted(shown) or len({0, *shown, *hidden}) <= len(shown) + len(hidden):
        raise _RefusedError("unreadable")


def _other(row: Mapping[str, Any]) -> OtherVersion:
    return OtherVersion(_message(row), _number(row, "after"), _number(row, "gave_way"))


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row.get(key, 0)
    if type(value) is not int or not 0 <= value < HIGHEST_NUMBER:
        raise _RefusedError("unreadable")
    return value


def _rows(sections: Mapping[str, Any], section: str) -> list[tuple[int, Any]]:
    rows = sections.get(section, [])
    return list(enumerate(rows if isinstance(rows, list) else [], start=1))


def _message(row: Mapping[str, Any]) -> Message:
    role, mode = row.get("role"), row.get("mode")
    if role not in set(Role):
        raise _RefusedError("unreadable")
    return Message(
        role=Role(role),
        text=_text(row, "text"),
        created_at=_time(row, "at"),
        level=int(_level(row)),
        mode=Mode(mode) if mode in set(Mode) else Mode.WRITTEN,
        complete=row.get("complete") is not False,
        id=_number(row, "number"),
    )


_End = tuple[tuple[str, ...], str, float]


def _endings(
    sections: Mapping[str, Any], talks: set[str], skipped: list[Skipped]
) -> dict[str, _End]:
    kept: dict[str, _End] = {}
    for number, row in _rows(sections, "endings"):
        try:
            end = _whole(_ending, row)
        except _RefusedError as refused:
            skipped.append(Skipped("endings", number, refused.reason))
            continue
        key = str(row.get("conversation"))
        if key in talks:
            kept[key] = end
        else:
            skipped.append(Skipped("endings", number, "no_talk"))
    return kept


def _ending(row: Mapping[str, Any]) -> _End:
    lines = (*_texts(row, "lines", most=2000), "", "", "")[:3]
    return lines, _text(row, "next_step", most=2000), _time(row, "at")
