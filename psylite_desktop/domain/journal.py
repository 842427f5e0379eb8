"""The journal: pages somebody writes to themselves, earlier versions of them, and the bin."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.risk import Level

BIN_DAYS = 30
"""Days that a deleted page can be brought back; then it is erased."""
LONGEST_TITLE = 120
"""Characters of a title."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One page.

    `at` is when it was begun and `updated_at` when it was last written (UTC seconds), `day` the
    local day it was begun on (YYYY-MM-DD). `level` is what was heard in the words. `locked` keeps
    the page out of the mirror. `prompt_id` names the prompt that stands above it.
    """

    id: int
    at: float
    day: str
    text: str
    title: str
    level: Level
    locked: bool
    updated_at: float
    prompt_id: str = ""


@dataclass(frozen=True, slots=True)
class JournalDraft:
    """What stands in the editor; `id` is 0 until it is stored."""

    text: str
    title: str = ""
    prompt_id: str = ""
    locked: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """How a page stood before; `at` is when it was last written so, `kept_at` when it was kept."""

    id: int
    entry_id: int
    at: float
    kept_at: float
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class BinnedEntry:
    """A deleted page, and when it was deleted (UTC seconds)."""

    entry: JournalEntry
    deleted_at: float


@dataclass(frozen=True, slots=True)
class JournalHit:
    """One page found by full-text search; `snippet` marks hits with U+E000 and U+E001."""

    entry_id: int
    at: float
    day: str
    title: str
    snippet: str
