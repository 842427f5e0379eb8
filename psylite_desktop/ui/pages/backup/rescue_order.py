"""What somebody wants brought back, handed from one page to another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.backup import Backup
from psylite_desktop.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class RescueOrder:
    """A profile and what shall become of it.

    With `backup` that one comes back, with `file` a .psyvault file; with neither there is a
    choice. `profile` is None where there is no space yet that a file could replace. `code` is
    the error that led here, `secret` what was typed just before, if anything was.
    """

    profile: Profile | None = None
    backup: Backup | None = None
    file: Path | None = None
    code: str = ""
    secret: str = ""
