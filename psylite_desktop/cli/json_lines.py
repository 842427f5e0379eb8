"""JSON lines from a file or from standard input, checked whole before anything is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import BinaryIO, TypeVar

from psylite_desktop.domain.errors import InputError

T = TypeVar("T")


def read_json_lines(stream: BinaryIO, parse: Callable[[dict[str, object]], T]) -> list[T]:
    """Parse every non-empty line with `parse`, which raises ValueError with a reason.

    Raises InputError (input_line) naming the first bad line and the reason, so that a command
    either handles all of its input or none of it.
    """
    rows = []
    for number, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw.decode("utf-8"))
            rows.append(parse(_object(value)))
        except UnicodeDecodeError:
            raise InputError("input_line", line=number, reason="not UTF-8") from None
        except json.JSONDecodeError as error:
            reason = f"not JSON at column {error.colno}"
            raise InputError("input_line", line=number, reason=reason) from None
        except RecursionError:
            raise InputError("input_line", line=number, reason="nested too deeply") from None
        except ValueError as error:
            raise InputError("input_line", line=number, reason=str(error)) from None
    return rows


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - a reason, not a type bug
    return value


def text_field(row: dict[str, object], name: str) -> str:
    """A field that must be a string. Raises ValueError naming it."""
    value = row.get(name)
    if not isinstance(value, str):
        raise ValueError(f'field "{name}" is missing or not a string')  # noqa: TRY004
    return value
