"""Parts of a plan that a person chose to have shown before unlocking (port ShownPlan).

The one file in a profile's folder that holds somebody's words in clear. It is made anew from the
vault at each unlock and each change; backups and exports leave it out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.storage.durable_file import (
    overwrite,
    sync_folder,
    translated_os_errors,
    write_new,
)
from psylite_desktop.storage.plain_text import storable

NAME = "shown-plan.json"
_DRAFT = ".shown-plan.tmp"
_MOST_BYTES = 256 * 1024
_LONGEST = 8_000
"""Characters of one step that are shown; more than fits a page helps nobody."""


class _Step(msgspec.Struct, frozen=True):
    step: str
    text: Annotated[str, msgspec.Meta(max_length=_LONGEST)]


class _File(msgspec.Struct, frozen=True):
    """`check` is the SHA-256 of the steps: a phone number with a wrong digit must not be shown."""

    check: str
    steps: tuple[_Step, ...]


class FolderShownPlan:
    """ShownPlan of a profile's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, entries: Sequence[PlanEntry]) -> None:
        """Write the file whole, or remove it. Raises VaultError."""
        if not entries:
            remove(self._folder)
            return
        steps = tuple(_Step(str(one.step), storable(one.text)[:_LONGEST]) for one in entries)
        data = msgspec.json.encode(_File(_check(steps), steps))
        try:
            _write(self._folder, data)
        except VaultError:
            with contextlib.suppress(VaultError):
                remove(self._folder)  # what stands there is not what shall be shown any more
            raise


class NoShownPlan:
    """ShownPlan of a vault in memory, which leaves nothing behind."""

    def keep(self, entries: Sequence[PlanEntry]) -> None:
        """Nothing."""


def read(folder: Path) -> tuple[PlanEntry, ...]:
    """The steps in the order of the plan; none where there is no file, or a damaged one."""
    try:
        path = folder / NAME
        if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
            return ()
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, ValueError):  # msgspec's errors and those of UTF-8 are ValueErrors
        return ()
    if file.check != _check(file.steps):
        return ()
    found = {one.step: one.text for one in file.steps}
    return tuple(
        PlanEntry(step, found[step.value]) for step in PlanStep if found.get(step.value, "").strip()
    )


def remove(folder: Path) -> None:
    """Take the file away, its words first; a missing one is fine. Raises VaultError."""
    with translated_os_errors():
        for path in (folder / NAME, folder / _DRAFT):
            if not os.path.lexists(path):
                continue
            if not path.is_symlink():
                overwrite(path)
            path.unlink(missing_ok=True)
            sync_folder(folder)


def _write(folder: Path, data: bytes) -> None:
    draft = folder / _DRAFT
    with translated_os_errors():
        _cover(draft)
        draft.unlink(missing_ok=True)
        try:
            write_new(draft, data)
            _cover(folder / NAME)
            draft.replace(folder / NAME)
        except BaseException:
            _cover(draft)
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        sync_folder(folder)


def _cover(path: Path) -> None:
    """Put noise over words that are about to go; where that is refused, they go all the same."""
    with contextlib.suppress(OSError):
        if not path.is_symlink():
            overwrite(path)


def _check(steps: Sequence[_Step]) -> str:
    return hashlib.sha256(msgspec.json.encode(steps)).hexdigest()
