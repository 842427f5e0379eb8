"""Models: what the catalogue offers, what is on this machine, which one is in use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.errors import InputError, ModelFileError
from psylite_desktop.domain.model_card import CatalogueEntry, GgufFacts, ModelShape

PRACTICE_ID = "psylite-nano"
"""The small model that comes along, for whoever chooses it."""


@dataclass(frozen=True, slots=True)
class ModelOnDisk:
    """A model file that was found and checked.

    `error` is a code when it cannot be used, `problem` what is known of that.
    """

    path: Path
    entry: CatalogueEntry | None
    facts: GgufFacts | None
    error: str = ""
    problem: ModelFileError | None = None


class ModelService:
    """Lists, checks and chooses models. Reads headers only, never weights."""

    def __init__(
        self,
        catalogue: tuple[CatalogueEntry, ...],
        folders: tuple[Path, ...],
        check: Callable[[Path], GgufFacts],
        ensure_fit: Callable[[GgufFacts], object] = lambda _facts: None,
        references: Callable[[], Sequence[Path]] = tuple,
    ) -> None:
        """`folders` are searched in order, the shipped store first.

        `check` raises ModelFileError; so does `ensure_fit` where the memory is too small.
        `references` names files elsewhere that the person uses where they are.
        """
        self._catalogue = catalogue
        self._folders = folders
        self._check = check
        self._ensure_fit = ensure_fit
        self._references = references
        self._known: dict[Path, tuple[tuple[int, int], GgufFacts]] = {}

    @property
    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """What the app knows about, smallest first."""
        return self._catalogue

    def on_disk(self) -> list[ModelOnDisk]:
        """Every GGUF file in the model folders, with facts or the reason why not."""
        return [self.look(path) for path in self.paths()]

    def paths(self) -> Iterator[Path]:
        """Where they are: the model folders, then files that are used elsewhere."""
        for folder in self._folders:
            for path in sorted(folder.rglob("*.[gG][gG][uU][fF]")):
                if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                    yield path
        yield from self._references()

    def look(self, path: Path) -> ModelOnDisk:
        """Check one file; never raises for a bad one."""
        entry = self.entry_of(path)
        try:
            return ModelOnDisk(path, entry, self.check(path))
        except ModelFileError as error:
            return ModelOnDisk(path, entry, None, error.code, error)

    def entry_of(self, path: Path) -> CatalogueEntry | None:
        """The entry that a file's name belongs to; publishers differ in capital letters."""
        name = path.name.casefold()
        return next((e for e in self._catalogue if Path(e.file).name.casefold() == name), None)

    def setting_of(self, path: Path) -> str:
        """What the settings keep so that `resolve` finds this file."""
        entry = self.entry_of(path)
        if entry is not None and self._shipped_as(entry) == path:
            return entry.id
        return str(path)

    def check(self, path: Path) -> GgufFacts:
        """Facts of a file; read again only where it changed. Raises ModelFileError."""
        try:
            now = path.stat()
        except (OSError, ValueError):
            return self._check(path)  # says what is wrong with it
        identity = now.st_size, now.st_mtime_ns
        known = self._known.get(path)
        if known is None or known[0] != identity:
            # A large vocabulary takes most of a second to walk over.
            known = self._known[path] = identity, self._check(path)
        return known[1]

    def ensure_fits(self, path: Path) -> None:
        """Look whether a file fits this machine's memory.

        Raises ModelFileError: model_does_not_fit (facts `needed`, `available` in megabytes), and
        what `check` raises.
        """
        self._ensure_fit(self._check(path))

    def resolve(self, chosen: str) -> Path:
        """The file of a setting that names a model: a path or a catalogue id.

        Raises ModelFileError (model_missing) when it is not there.
        """
        as_path = Path(chosen)
        if as_path.is_absolute() or as_path.suffix == ".gguf":
            # A stick has another letter on each computer: the name inside our folder stays.
            for candidate in (as_path, *(folder / as_path.name for folder in self._folders)):
                if candidate.is_file():
                    return candidate
            raise ModelFileError("model_missing", file=as_path.name)
        entry = next((e for e in self._catalogue if e.id == chosen), None)
        found = self._shipped_as(entry) if entry is not None else None
        if found is None:
            raise ModelFileError("model_missing", file=chosen)
        return found

    def _shipped_as(self, entry: CatalogueEntry) -> Path | None:
        """The first file that an entry names, in the order of the folders."""
        for folder in self._folders:
            for candidate in (folder / entry.file, folder / Path(entry.file).name):
                if candidate.is_file():
                    return candidate
        return None


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
        if "shape" in known:
            known["shape"] = ModelShape(**known["shape"])
        return CatalogueEntry(**known)
    except TypeError as error:
        where = str(item.get("id", "?"))
        raise InputError("content_invalid", file=file, where=where, reason=str(error)) from None
