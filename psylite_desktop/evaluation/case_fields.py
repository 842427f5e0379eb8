"""Fields of rows that others have written, and what is wrong with one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BLANK = re.compile(r"\s*")


class BadRowError(ValueError):
    """A row that cannot be used: its line, counted from 1, and why."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(reason)


def plain(text: str) -> str:
    """Text that can be written to any file and shown on any terminal: no control characters."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_of(row: Mapping[str, object], name: str) -> str:
    """A field that must hold text. Raises ValueError naming it."""
    value = row.get(name)
    if not isinstance(value, str):
        raise ValueError(f'field "{name}" is missing or not a string')  # noqa: TRY004 - bad input
    if not value.strip():
        raise ValueError(f'field "{name}" is empty')
    return plain(value)


def text_or_nothing(row: Mapping[str, object], name: str) -> str:
    """A field that may be missing, null or empty. Raises ValueError where it is no string."""
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f'field "{name}" is not a string')  # noqa: TRY004 - bad input
    return plain(value)


def id_of(row: Mapping[str, object], name: str, otherwise: str = "") -> str:
    """A name or a whole number. Raises ValueError where it is something else, or not there."""
    value = row.get(name, otherwise or None)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise ValueError(f'field "{name}" is missing or no name')
    return plain(str(value))


def list_items(text: str) -> Iterator[tuple[int, object]]:
    """The items of a JSON list, each with the line that it begins on. Raises BadRowError."""
    decoder = json.JSONDecoder()
    place = _after_blank(text, 0)
    if text[place : place + 1] != "[":
        raise BadRowError(_line(text, place), "not a JSON list")
    place = _after_blank(text, place + 1)
    while text[place : place + 1] != "]":
        line = _line(text, place)
        try:
            value, end = decoder.raw_decode(text, place)
        except RecursionError:
            raise BadRowError(line, "nested too deeply") from None
        except ValueError:
            raise BadRowError(line, "not JSON") from None
        yield line, value
        place = _after_blank(text, end)
        if text[place : place + 1] == ",":
            place = _after_blank(text, place + 1)
            if text[place : place + 1] == "]":
                raise BadRowError(_line(text, place), "not JSON")
        elif text[place : place + 1] != "]":
            raise BadRowError(_line(text, place), "the list does not go on and does not end")
    rest = _after_blank(text, place + 1)
    if rest != len(text):
        raise BadRowError(_line(text, rest), "something stands behind the list")


def _after_blank(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
