"""Models: what the catalogue offers, what is on this machine, which one is in use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.errors import InputError, ModelFileError
from psylite_desktop.domain.model_card import CatalogueEntry, GgufFacts

PRACTICE_ID = "psylite-nano"


@dataclass(frozen=True, slots=True)
class ModelOnDisk:
    """A model file that was found and checked; `error` is a code when it cannot be used."""

    path: Path
    entry: CatalogueEntry | None
    facts: GgufFacts | None
    error: str = ""


class ModelService:
    """Lists, checks and chooses models. Reads headers only, never weights."""

    def __init__(
        self,
        catalogue: tuple[CatalogueEntry, ...],
        folders: tuple[Path, ...],
        check: Callable[[Path], GgufFacts],
        ensure_fit: Callable[[GgufFacts], object] = lambda _facts: None,
    ) -> None:
        """`folders` are searched in order, the shipped store first.

        `check` raises ModelFileError; so does `ensure_fit` where the memory is too small.
        """
        self._catalogue = catalogue
        self._folders = folders
        self._check = check
        self._ensure_fit = ensure_fit

    @property
    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """What the app knows about, smallest first."""
        return self._catalogue

    def on_disk(self) -> list[ModelOnDisk]:
        """Every GGUF file in the model folders, with facts or the reason why not."""
        found = []
        for folder in self._folders:
            for path in sorted(folder.rglob("*.gguf")):
                found.append(self.look(path))
        return found

    def look(self, path: Path) -> ModelOnDisk:
        """Check one file; never raises for a bad one."""
        entry = next((e for e in self._catalogue if Path(e.file).name == path.name), None)
        try:
            return ModelOnDisk(path, entry, self._check(path))
        except ModelFileError as error:
            return ModelOnDisk(path, entry, None, error.code)

    def check(self, path: Path) -> GgufFacts:
        """Facts of a file. Raises ModelFileError."""
        return self._check(path)

    def ensure_fits(self, path: Path) -> None:
        """Look whether a file fits this machine's memory.

        Raises ModelFileError: model_does_not_fit (facts `needed`, `available` in megabytes), and
        what `check` raises.
        """
        self._ensure_fit(self._check(path))

    def resolve(self, chosen: str) -> Path:
        """The file of a setting: a path, a catalogue id, or empty for the practice model.

        Raises ModelFileError (model_missing) when it is not there.
        """
        as_path = Path(chosen)
        if chosen and (as_path.is_absolute() or as_path.suffix == ".gguf"):
            if as_path.is_file():
                return as_path
            raise ModelFileError("model_missing", file=as_path.name)
        wanted = chosen or PRACTICE_ID
        entry = next((e for e in self._catalogue if e.id == wanted), None)
        if entry is not None:
            for folder in self._folders:
                for candidate in (folder / entry.file, folder / Path(entry.file).name):
                    if candidate.is_file():
                        return candidate
        raise ModelFileError("model_missing", file=wanted)


def read_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """Read model_store/catalogue.toml, smallest first.

    Raises InputError (content_invalid) naming the entry and the field.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError("content_invalid", file=path.name, where="-", reason=str(error)) from None
    entries = [_entry(item, path.name) for item in raw.get("model", [])]
    return tuple(sorted(entries, key=lambda entry: entry.parameters))


def _entry(item: dict[str, Any], file: str) -> CatalogueEntry:
    known = {name: item[name] for name in CatalogueEntry.__slots__ if name in item}
    if "languages" in known:
        known["languages"] = tuple(known["languages"])
    try:
        return CatalogueEntry(**known)
    except TypeError as error:
        where = str(item.get("id", "?"))
        raise InputError("content_invalid", file=file, where=where, reason=str(error)) from None
