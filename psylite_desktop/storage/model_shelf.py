"""The shelf of models that a person brought: what is known of each, what was taken off it.

One JSON file holds references to files elsewhere and, by path, size and time of change, what was
found out about a file: its hash, its trial. A file that changed counts as unknown again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from psylite_desktop.domain.errors import ModelFileError, VaultError
from psylite_desktop.domain.model_files import FileRecord, SetAside, TrialResult, Unfinished
from psylite_desktop.storage.durable_file import replace_file
from psylite_desktop.storage.model_copy import discard, unfinished
from psylite_desktop.storage.model_names import free_name

FILE = "shelf.json"
ASIDE = ".set-aside"
_HELD = ".held"
"""Ending of what was set aside: no longer a model to be found."""


class ModelShelf:
    """A folder of models with its notes. Used by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE
        self._aside = folder / ASIDE

    def references(self) -> list[Path]:
        """Files elsewhere that are used where they are."""
        named = self._read().get("references")
        if not isinstance(named, list):
            return []
        return [Path(one) for one in named if isinstance(one, str)]

    def refer(self, path: Path) -> None:
        """Use a file where it is. Raises ModelFileError (model_folder_denied, ...)."""
        known = [str(one) for one in self.references()]
        if str(path) not in known:
            self._change(references=[*known, str(path)])

    def forget(self, path: Path) -> None:
        """Use it no longer; the file stays."""
        self._change(references=[str(one) for one in self.references() if one != path])

    def record(self, path: Path) -> FileRecord:
        """What is known of a file as it is now."""
        notes = self._files().get(self._key(path))
        if not isinstance(notes, dict):
            return FileRecord()
        changed = notes.get("changed") is True
        if notes.get("is") != _identity(path):
            return FileRecord(changed=changed or isinstance(notes.get("trial"), dict))
        trial = notes.get("trial")
        try:
            tried = TrialResult(**trial) if isinstance(trial, dict) else None
        except TypeError:
            tried = None
        sha256 = notes.get("sha256")
        return FileRecord(
            sha256=sha256 if isinstance(sha256, str) else "",
            anyway=notes.get("anyway") is True,
            trial=tried,
            changed=changed,
        )

    def note(
        self,
        path: Path,
        *,
        sha256: str | None = None,
        anyway: bool | None = None,
        trial: TrialResult | None = None,
        seen: tuple[int, int] | None = None,
    ) -> FileRecord:
        """Remember something of a file, or of the one that was `seen` there (size, time of change).

        Raises ModelFileError: also model_untried where that one is not there any more.
        """
        if seen is not None and _identity(path) != list(seen):
            raise ModelFileError("model_untried")
        changes: dict[str, Any] = {"sha256": sha256, "anyway": anyway, "trial": trial}
        given = {name: value for name, value in changes.items() if value is not None}
        if trial is not None:
            given["changed"] = False
        record = replace(self.record(path), **given)
        self._keep(path, record)
        return record

    def set_aside(self, path: Path) -> SetAside:
        """Take a model off the shelf so that it can come back. Raises ModelFileError."""
        record = self.record(path)
        if not self.owns(path):
            self.forget(path)
            return SetAside(path, None, record)
        with _told(self.folder):
            self._aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            name = free_name(path.name, lambda one: not (self._aside / f"{one}{_HELD}").exists())
            kept = self._aside / f"{name}{_HELD}"
            path.rename(kept)
        return SetAside(path, kept, record)

    def bring_back(self, aside: SetAside) -> None:
        """Undo `set_aside`. Raises ModelFileError (model_missing where it is gone for good)."""
        if aside.kept is None:
            self.refer(aside.path)
        elif not aside.kept.exists() or aside.path.exists():
            raise ModelFileError("model_missing", file=aside.path.name)
        else:
            with _told(self.folder):
                aside.kept.rename(aside.path)
        self._keep(aside.path, aside.record)

    def clear_aside(self) -> None:
        """Delete for good what was set aside."""
        with contextlib.suppress(OSError):
            shutil.rmtree(self._aside)

    def unfinished(self) -> list[Unfinished]:
        """Copies that can be gone on with."""
        return unfinished(self.folder)

    def discard(self, one: Unfinished) -> None:
        """Throw an unfinished copy away."""
        discard(self.folder, one.key)

    def owns(self, path: Path) -> bool:
        """Whether a file lies on the shelf itself."""
        return path.is_relative_to(self.folder)

    def _key(self, path: Path) -> str:
        """Names inside the folder are relative: a stick has another letter on each computer."""
        return path.relative_to(self.folder).as_posix() if self.owns(path) else str(path)

    def _keep(self, path: Path, record: FileRecord) -> None:
        notes = {"is": _identity(path), **asdict(record)}
        self._change(files=self._files() | {self._key(path): notes})

    def _files(self) -> dict[str, Any]:
        files = self._read().get("files")
        return files if isinstance(files, dict) else {}

    def _read(self) -> dict[str, Any]:
        """The notes; a damaged file counts as empty."""
        try:
            content = json.loads(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _change(self, **changes: Any) -> None:
        # Escaped to ASCII: not every file name is text, and even those must survive.
        data = json.dumps(self._read() | changes, indent=1).encode("ascii")
        try:
            with _told(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(self._path, data)
        except VaultError as error:
            full = error.code == "vault_disk_full"
            code = "model_disk_full" if full else "model_folder_denied"
            raise ModelFileError(code, path=str(self.folder), needed=1, available=0) from None


def _identity(path: Path) -> list[int]:
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return []
    return [facts.st_size, facts.st_mtime_ns]


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise ModelFileError("model_folder_denied", path=str(folder)) from None
