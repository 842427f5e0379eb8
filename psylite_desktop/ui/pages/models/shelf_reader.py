"""Reads what models are here, one file at a time, so that other work gets its turn in between."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.model_files import Unfinished
from psylite_desktop.services.model_library import ModelLibrary, Offer, ShelvedModel
from psylite_desktop.ui.bridge.tasks import VaultTasks


class ShelfReader(QObject):
    """Looks at every model file whenever it is asked to.

    Signals:
        read: All of them were looked at; `models` and `offers` are fresh.
        failed: It could not be done; carries the error.
    """

    read = Signal()
    failed = Signal(PsyLiteError)

    def __init__(self, library: ModelLibrary, tasks: VaultTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._waiting: list[Path] = []
        self._found: list[ShelvedModel] = []
        self._is_reading = False
        self._is_asked_again = False
        self.models: Sequence[ShelvedModel] = ()
        self.offers: Sequence[Offer] = ()
        self.unfinished: Sequence[Unfinished] = ()

    def look(self) -> None:
        """Read anew; `read` follows."""
        if self._is_reading:
            self._is_asked_again = True
            return
        self._is_reading = True
        library = self._library
        self._tasks.run(
            lambda: (library.paths(), library.unfinished()), self._on_paths, self._on_failed, self
        )

    def _on_paths(self, found: tuple[list[Path], list[Unfinished]]) -> None:
        self._waiting, self.unfinished = found
        self._found = []
        self._next()

    def _next(self) -> None:
        if self._waiting:
            work = partial(self._library.look, self._waiting.pop(0))
            self._tasks.run(work, self._on_looked, self._on_failed, self)
        else:
            work_offers = partial(self._library.offers, tuple(self._found))
            self._tasks.run(work_offers, self._on_offers, self._on_failed, self)

    def _on_looked(self, model: ShelvedModel) -> None:
        self._found.append(model)
        self._next()

    def _on_offers(self, offers: list[Offer]) -> None:
        self.models, self.offers = tuple(self._found), tuple(offers)
        self._end()
        self.read.emit()

    def _on_failed(self, error: PsyLiteError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._is_reading = False
        if self._is_asked_again:
            self._is_asked_again = False
            self.look()
