"""The page that is open: what stands in the window, where it is kept, whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from psylite_desktop.services.journal import words_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the window."""

    text: str = ""
    title: str = ""
    prompt_id: str = ""

    @property
    def words(self) -> str:
        """All that is listened to."""
        return words_of(self.title, self.text)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not self.text.strip() and not self.title.strip()


@dataclass(slots=True)
class Place:
    """Where a page is stored, 0 for nowhere yet; set on the vault's thread alone."""

    entry_id: int = 0


class Kept(StrEnum):
    """Whether what stands in the window is kept."""

    NOTHING = "nothing"
    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"
