"""The backups of one profile on disk: a folder each, complete or not there.

`backups/000012-2026-11-21-1795272699-auto/` holds what a profile's folder holds: `header.json`
and the database. A folder gets this name only when everything in it was written, read back and
checked, so a crash leaves at most one unfinished folder, which the next one clears away.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from psylite_desktop.domain.backup import Backup, BackupKind, kept
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import header_file, keyslots, profile_folder, shown_plan
from psylite_desktop.storage.durable_file import copy_new, sync_folder, translated_os_errors
from psylite_desktop.storage.keyslots import Header

FOLDER = "backups"
_NAME = re.compile(
    r"(?P<number>[0-9]{6,12})-(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"-(?P<at>[0-9]{1,12})-(?P<kind>auto|manual|before|damaged)"
)
_UNFINISHED = re.compile(r"\.(?:new|gone)-[0-9a-f]{16}")


class BackupFolder:
    """Lists, places and clears backups. The caller holds the profile's lock to change any."""

    def __init__(self, profile: Path) -> None:
        """`profile` is the folder of a profile; its backups need not exist yet."""
        self._profile = profile
        self._root = profile / FOLDER

    def backups(self) -> list[Backup]:
        """All of them, newest first. Raises VaultError."""
        found = []
        with translated_os_errors():
            try:
                paths = list(self._root.iterdir())
            except FileNotFoundError:
                return []
            for path in paths:
                backup = _read(path)
                if backup is not None:
                    found.append(backup)
        return sorted(found, key=lambda backup: backup.number, reverse=True)

    def path(self, name: str) -> Path:
        """Folder of a backup. Raises VaultError backup_unknown."""
        folder = self._root / name
        if _NAME.fullmatch(name) is None or not folder.is_dir():
            raise VaultError("backup_unknown")
        return folder

    def database(self, name: str) -> Path:
        """Database of a backup. Raises VaultError backup_unknown."""
        folder = self.path(name)
        try:
            return folder / profile_folder.database_name(header_file.peeked(folder))
        except VaultError:
            return folder / keyslots.DATABASE

    def draft(self) -> Path:
        """A new folder for a backup that is being made. Raises VaultError."""
        with translated_os_errors():
            self._root.mkdir(mode=0o700, exist_ok=True)
            self._clear_unfinished()
            draft = self._root / f".new-{secrets.token_hex(8)}"
            draft.mkdir(mode=0o700)
        return draft

    def place(
        self, kind: BackupKind, fill: Callable[[Path], None], *, now: float, day: str
    ) -> Backup:
        """Have `fill` write and check a new backup, name it, and let go of superfluous ones.

        Whatever goes wrong before it has its name, the ones that were there stay.
        Raises VaultError and what `fill` raises.
        """
        draft = self.draft()
        try:
            fill(draft)
            name = f"{self._next_number():06d}-{day}-{max(0, int(now))}-{kind.value}"
            with translated_os_errors():
                sync_folder(draft)
                draft.rename(self._root / name)
                sync_folder(self._root)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        # The backup stands: what cannot be tidied now is tidied next time.
        with contextlib.suppress(VaultError):
            self._let_go()
        return next(backup for backup in self.backups() if backup.name == name)

    def place_now(self, kind: BackupKind, fill: Callable[[Path], None]) -> Backup:
        """As `place`, at the time that the clock shows."""
        now = time.time()
        day = date.fromtimestamp(now).isoformat()  # noqa: DTZ012 - a day as the person lives it
        return self.place(kind, fill, now=now, day=day)

    def renew_headers(self, header: Header) -> None:
        """Give backups under the same key the header of now.

        An old passphrase must not open the present vault by way of an old header. Backups under
        another key keep theirs: nothing else opens them. Raises VaultError.
        """
        for backup in self.backups():
            if backup.kind is BackupKind.DAMAGED:
                continue  # kept exactly as they were
            folder = self._root / backup.name
            with contextlib.suppress(VaultError):
                old = header_file.peeked(folder)
                is_same = old.vault == header.vault and (
                    profile_folder.database_name(old) == profile_folder.database_name(header)
                )
                if is_same and old != header:
                    header_file.write(folder, header, verify=lambda _back: None)

    def clear_unfinished(self) -> None:
        """Remove what a crash left behind. Raises VaultError."""
        with translated_os_errors():
            if self._root.is_dir():
                self._clear_unfinished()

    def _clear_unfinished(self) -> None:
        for path in self._root.iterdir():
            if _UNFINISHED.fullmatch(path.name):
                shutil.rmtree(path)

    def _next_number(self) -> int:
        return max((backup.number for backup in self.backups()), default=0) + 1

    def _let_go(self) -> None:
        backups = self.backups()
        keep = kept(backups)
        with translated_os_errors():
            for backup in backups:
                if backup.name not in keep:
                    gone = self._root / f".gone-{secrets.token_hex(8)}"
                    (self._root / backup.name).rename(gone)
                    shutil.rmtree(gone)
            sync_folder(self._root)


def write_header(folder: Path, header: Header) -> None:
    """Put a header into a new folder, read back and compared. Raises VaultError."""
    header_file.write(folder, header, verify=lambda _back: None)


def copy_files(profile: Path, draft: Path) -> None:
    """Copy the files of a vault as they are, whatever is wrong with them. Raises VaultError."""
    left_out = (profile_folder.LOCK, shown_plan.NAME)
    with translated_os_errors():
        for path in sorted(profile.iterdir()):
            if path.is_file() and path.name not in left_out and path.suffix != ".tmp":
                copy_new(path, draft / path.name)


def _read(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None or not path.is_dir():
        return None
    try:
        date.fromisoformat(match["day"])
    except ValueError:
        return None  # not ours
    return Backup(
        name=path.name,
        number=int(match["number"]),
        day=match["day"],
        made_at=float(match["at"]),
        kind=BackupKind(match["kind"]),
        size=sum(file.stat().st_size for file in path.iterdir()),
    )
