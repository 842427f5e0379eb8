"""The library of models: what fits this machine, what was brought, tried, chosen, taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import CatalogueEntry, GgufFacts, MemoryView
from psylite_desktop.domain.model_files import FileRecord, SetAside, TrialResult, Unfinished
from psylite_desktop.domain.settings import WRITTEN
from psylite_desktop.services.models import ModelOnDisk, ModelService

SUM_ENDINGS = (".sha256", ".sha256sum")
"""Endings of a small file beside a model that holds its SHA-256."""
_HEX = frozenset("0123456789abcdef")


class Shelf(Protocol):
    """Where models that a person brought are kept."""

    folder: Path

    def refer(self, path: Path) -> None:
        """Use a file where it is."""
        ...

    def record(self, path: Path) -> FileRecord:
        """What is known of a file as it is now."""
        ...

    def note(
        self,
        path: Path,
        *,
        sha256: str | None = None,
        anyway: bool | None = None,
        trial: TrialResult | None = None,
        seen: tuple[int, int] | None = None,
    ) -> FileRecord:
        """Remember something of it, if it is the one that was `seen`."""
        ...

    def set_aside(self, path: Path) -> SetAside:
        """Take it away so that it can come back."""
        ...

    def bring_back(self, aside: SetAside) -> None:
        """Undo that."""
        ...

    def clear_aside(self) -> None:
        """Delete for good what was set aside."""
        ...

    def unfinished(self) -> list[Unfinished]:
        """Copies that can be gone on with."""
        ...

    def discard(self, one: Unfinished) -> None:
        """Throw one of them away."""
        ...

    def owns(self, path: Path) -> bool:
        """Whether a file lies on the shelf itself."""
        ...


class TakesModel(Protocol):
    """What loads a model when it is next needed."""

    def use_model(self, path: Path, *, anyway: bool = False) -> None:
        """Load this file; `anyway` even where it does not fit the memory."""
        ...

    def refuse_model(self, error: ModelFileError) -> None:
        """Load none, and say why to whoever asks."""
        ...

    def use_none(self) -> None:
        """Load none, because none is wanted."""
        ...


@dataclass(frozen=True, slots=True)
class ShelvedModel:
    """A model on this computer, as the page shows it.

    `memory` is None where the file cannot be used. `is_shipped`: it came with the app, is trusted
    and stays; `is_own`: it lies in the app's folder.
    """

    found: ModelOnDisk
    memory: MemoryView | None
    record: FileRecord
    setting: str
    is_shipped: bool
    is_own: bool

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.found.path

    @property
    def is_trusted(self) -> bool:
        """Whether it may be used: it came with the app, or a trial went well."""
        return self.is_shipped or self.record.trial is not None


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry of the catalogue with how it would fit; `memory` is None where nobody can tell."""

    entry: CatalogueEntry
    memory: MemoryView | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that a person has shown us: what it is, before anything is done with it.

    `expected` is the SHA-256 that it should have, empty where nobody says.
    """

    found: ModelOnDisk
    memory: MemoryView | None
    expected: str
    unfinished: Unfinished | None


class ModelLibrary:
    """Everything the page of models asks for. Used by one thread at a time; starts nothing."""

    def __init__(
        self,
        models: ModelService,
        shelf: Shelf,
        view: Callable[[GgufFacts], MemoryView],
        *,
        shipped: Path,
        tuning: Path,
    ) -> None:
        """`view` says how a model fits this machine now; `shipped` is the store that came along.

        `tuning` is the folder where measured speeds are kept.
        """
        self._models = models
        self._shelf = shelf
        self._view = view
        self._shipped = shipped
        self.tuning = tuning

    @property
    def folder(self) -> Path:
        """Where copies go."""
        return self._shelf.folder

    def paths(self) -> list[Path]:
        """Every model file on this computer, the shipped one first; quick."""
        return list(self._models.paths())

    def is_trusted(self, path: Path) -> bool:
        """Whether it came with the app, or a trial of this very file went well; quick."""
        return path.is_relative_to(self._shipped) or self._shelf.record(path).trial is not None

    def use(self, setting: str, engine: TakesModel, *, anyway: bool = False) -> Path | None:
        """Have the engine use what a setting names; the file, None where it names none.

        Here alone it is decided whether a language model writes. Raises ModelFileError
        (model_missing, model_untried), which the engine then tells whoever needs a model.
        """
        if setting == WRITTEN:
            engine.use_none()
            return None
        try:
            path = self._models.resolve(setting)
        except ModelFileError as error:
            engine.refuse_model(error)
            raise
        self.hand_over(path, engine, anyway=anyway)
        return path

    def hand_over(self, path: Path, engine: TakesModel, *, anyway: bool = False) -> None:
        """Have the engine use a file from now on, as long as it stays as it is; quick.

        `anyway`: even where it does not fit the memory. Raises ModelFileError (model_untried),
        and has the engine refuse it, where no trial of this very file went well.
        """
        if not self.is_trusted(path):
            error = ModelFileError("model_untried")
            engine.refuse_model(error)
            raise error
        engine.use_model(path, anyway=anyway or self.may_load_anyway(path))

    def look(self, path: Path) -> ShelvedModel:
        """One of them, as it is now; reads its header where that was not read yet."""
        return self._shelved(self._models.look(path))

    def offers(self, here: Sequence[ShelvedModel]) -> list[Offer]:
        """The catalogue beside what is here, smallest first; the shipped model is no offer."""
        names = {one.found.entry.id for one in here if one.found.entry is not None}
        return [
            Offer(entry, self._expected(entry), entry.id in names)
            for entry in self._models.catalogue
            if not entry.practice
        ]

    def examine(self, path: Path) -> Brought:
        """What a file is that somebody wants to bring. Raises ModelFileError for a bad one."""
        facts = self._models.check(path)
        entry = self._models.entry_of(path)
        expected = self.expected_of(path)
        same = [one for one in self._shelf.unfinished() if one.name == path.name]
        return Brought(
            ModelOnDisk(path, entry, facts),
            self._view(facts),
            expected,
            same[0] if same else None,
        )

    def expected_of(self, path: Path) -> str:
        """The SHA-256 that a file should have: the catalogue's, else that of a file beside it."""
        entry = self._models.entry_of(path)
        return (entry.sha256 if entry is not None else "") or _sum_beside(path)

    def unfinished(self) -> list[Unfinished]:
        """Copies that were begun and can be gone on with."""
        return self._shelf.unfinished()

    def discard(self, one: Unfinished) -> None:
        """Throw one of them away."""
        self._shelf.discard(one)

    def refer(self, path: Path) -> ShelvedModel:
        """Use a file where it is. Raises ModelFileError."""
        whole = path.absolute()
        self._models.check(whole)
        if not self._shelf.owns(whole) and not whole.is_relative_to(self._shipped):
            self._shelf.refer(whole)
        return self.look(whole)

    def note(
        self,
        path: Path,
        *,
        sha256: str | None = None,
        anyway: bool | None = None,
        trial: TrialResult | None = None,
        seen: tuple[int, int] | None = None,
    ) -> ShelvedModel:
        """Remember what was found out of a file, the one that was `seen` there.

        Raises ModelFileError: also model_untried where it was replaced meanwhile.
        """
        self._shelf.note(path, sha256=sha256, anyway=anyway, trial=trial, seen=seen)
        return self.look(path)

    def may_load_anyway(self, path: Path) -> bool:
        """Whether the person wished for this model even where it does not fit."""
        return self._shelf.record(path).anyway

    def set_aside(self, path: Path) -> SetAside:
        """Take a model away so that it can come back. Raises ModelFileError."""
        if path.is_relative_to(self._shipped):
            raise ModelFileError("model_folder_denied", path=str(self._shipped))
        return self._shelf.set_aside(path)

    def bring_back(self, aside: SetAside) -> None:
        """Undo that. Raises ModelFileError."""
        self._shelf.bring_back(aside)

    def clear_aside(self) -> None:
        """Delete for good what was set aside."""
        self._shelf.clear_aside()

    def _shelved(self, found: ModelOnDisk) -> ShelvedModel:
        return ShelvedModel(
            found,
            self._view(found.facts) if found.facts is not None else None,
            self._shelf.record(found.path),
            self._models.setting_of(found.path),
            found.path.is_relative_to(self._shipped),
            self._shelf.owns(found.path),
        )

    def _expected(self, entry: CatalogueEntry) -> MemoryView | None:
        facts = facts_of(entry)
        return self._view(facts) if facts is not None else None


def facts_of(entry: CatalogueEntry) -> GgufFacts | None:
    """What the header of a catalogue's file is going to say, as far as it is published."""
    shape = entry.shape
    if shape is None:
        return None
    return GgufFacts(
        path=Path(entry.file),
        size=entry.size,
        architecture="",
        name=entry.id,
        parameters=entry.parameters,
        context_length=entry.context,
        embedding_length=shape.width,
        layers=shape.layers,
        heads=max(1, shape.width // shape.head_size),
        kv_heads=shape.kv_heads,
        head_size=shape.head_size,
        vocabulary=shape.vocabulary,
        file_type="q4_k_m",
        chat_format=entry.chat_format,
        feed_forward=shape.feed_forward,
        merges=shape.merges,
        weights=entry.size,
        licence=entry.licence,
    )


def _sum_beside(path: Path) -> str:
    """The SHA-256 in a small file beside a model, as `sha256sum` writes it; empty without one."""
    for ending in SUM_ENDINGS:
        try:
            with path.with_name(path.name + ending).open("rb") as file:
                words = file.read(4096).decode("ascii", "replace").split()
        except (OSError, ValueError):
            continue
        if words and len(words[0]) == 64 and set(words[0].lower()) <= _HEX:
            return words[0].lower()
    return ""
