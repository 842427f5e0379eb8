"""Reads cases that others have written; what is wrong is named by file, line and reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from psylite_desktop.cli.json_lines import read_json_lines
from psylite_desktop.domain.errors import InputError
from psylite_desktop.evaluation.case_fields import BadRowError

T = TypeVar("T")


def read_rows(path: Path, parse: Callable[[dict[str, object]], T]) -> list[T]:
    """The rows of a file of JSON lines. Raises InputError (input_row, input_no_cases)."""
    try:
        with path.open("rb") as stream:
            rows = read_json_lines(stream, parse)
    except InputError as error:
        raise InputError("input_row", file=path.name, **error.facts) from None
    except OSError:
        raise InputError("input_file", file=path.name) from None
    if not rows:
        raise InputError("input_no_cases", file=path.name)
    return rows


def read_whole(path: Path, parse: Callable[[str], T]) -> T:
    """What is in a file that is read as a whole. Raises InputError (input_row, input_file)."""
    try:
        text = path.read_bytes().decode("utf-8")
        return parse(text)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError("input_row", file=path.name, line=line, reason="not UTF-8") from None
    except BadRowError as error:
        raise InputError(
            "input_row", file=path.name, line=error.line, reason=error.reason
        ) from None
    except OSError:
        raise InputError("input_file", file=path.name) from None


def files_in(path: Path, pattern: str) -> list[Path]:
    """The file itself, or the files of a folder and the folders in it, in order of their names.

    Raises InputError (input_no_cases).
    """
    if path.is_file():
        return [path]
    found = sorted(one for one in path.rglob(pattern) if one.is_file())
    if not found:
        raise InputError("input_no_cases", file=path.name or str(path))
    return found
