"""What a person takes out of the vault: which parts, of which days, in which format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
Row = Mapping[str, Value]
"""One item of a section. Keys that end in `at` hold times as ISO 8601 in UTC."""


class ExportFormat(StrEnum):
    """Kinds of files, each with its ending."""

    JSON = "json"
    CSV = "zip"
    MARKDOWN = "md"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Scope:
    """Days from `first` to `last` (YYYY-MM-DD, local, both included; empty is open).

    `with_risk`: also levels, and answers to items of scales that speak of danger. `conversation`:
    only this one and how it was closed, 0 for everything.
    """

    first: str = ""
    last: str = ""
    with_risk: bool = False
    conversation: int = 0

    def holds(self, day: str) -> bool:
        """Whether a day lies inside."""
        return (not self.first or day >= self.first) and (not self.last or day <= self.last)


@dataclass(frozen=True, slots=True)
class Part:
    """How much of one section would go into the file."""

    section: str
    count: int


@dataclass(frozen=True, slots=True)
class ExportStep:
    """How far an export has come, in items; `size` is that of the file once it is written."""

    done: int
    total: int
    finished: bool = False
    size: int = 0
