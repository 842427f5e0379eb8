"""Reads content files (TOML, JSON lines) into typed values, with errors that name the place."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from psylite_desktop.domain.errors import InputError

T = TypeVar("T")

_PLACE = re.compile(r"^(?P<reason>.*?)(?: - at `(?P<where>[^`]*)`)?$", re.DOTALL)


def read_toml(path: Path, kind: type[T]) -> T:
    """Read a TOML file as `kind` (a msgspec Struct, a dataclass or a plain container).

    Raises InputError("content_invalid") with the facts file, where and reason.
    """
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise invalid(path, where="", reason=str(error)) from None
    return convert(raw, kind, path=path)


def read_json_lines(path: Path, kind: type[T]) -> list[T]:
    """Read one `kind` a line; empty lines are left out. Raises InputError("content_invalid")."""
    items: list[T] = []
    for number, line in enumerate(_read(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except json.JSONDecodeError as error:
            raise invalid(path, where=f"line {number}", reason=error.msg) from None
        items.append(convert(raw, kind, path=path, inside=f"line {number} "))
    return items


def convert(raw: Any, kind: type[T], *, path: Path, inside: str = "") -> T:
    """Check parsed data against `kind`; raises InputError("content_invalid")."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        found = _PLACE.match(str(error))
        reason = found["reason"] if found else str(error)
        where = (found["where"] if found else "") or "$"
        raise invalid(path, where=f"{inside}{where}", reason=reason) from None


def invalid(path: Path, *, where: str, reason: str) -> InputError:
    """The error for a content file; the file is named by its last three parts only."""
    return InputError("content_invalid", file="/".join(path.parts[-3:]), where=where, reason=reason)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise invalid(path, where="", reason="not UTF-8") from None
    except OSError as error:
        raise invalid(path, where="", reason=error.strerror or "cannot be read") from None
