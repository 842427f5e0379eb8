"""Taking a model away, and bringing it back while the page is in view."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.model_files import SetAside
from psylite_desktop.services.model_library import ModelLibrary, ShelvedModel
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.models.engine_choice import EngineChoice


class ModelRemover(QObject):
    """One model can be brought back: the last.

    Signals:
        removed: It is gone from the list; carries a sentence.
        brought_back: It is there again; carries its path.
        failed: It could not be done; carries a sentence.
        expired: It can no longer be brought back.
    """

    removed = Signal(str)
    brought_back = Signal(Path)
    failed = Signal(str)
    expired = Signal()

    def __init__(
        self,
        app: AppContext,
        library: ModelLibrary,
        tasks: VaultTasks,
        choice: EngineChoice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._library = library
        self._tasks = tasks
        self._choice = choice
        self._last: tuple[SetAside, str | None] | None = None

    def remove(self, model: ShelvedModel, name: str) -> None:
        """Take it away; where it is in use, written replies take its place."""
        self.clear()
        was_chosen = model.path == self._choice.chosen()
        setting = self._app.plain.current.model if was_chosen else None
        host, library, path = self._app.host, self._library, model.path

        def set_aside() -> SetAside:
            if was_chosen:
                host.stop_now()  # where an open file cannot be moved
            return library.set_aside(path)

        done = partial(self._on_removed, name, setting)
        self._tasks.run(set_aside, done, self._on_failed, self)

    def undo(self) -> None:
        """Bring the last one back, in use if it was."""
        if self._last is None:
            return
        (aside, setting), self._last = self._last, None
        done = partial(self._on_brought_back, aside, setting)
        work = partial(self._library.bring_back, aside)
        self._tasks.run(work, done, self._on_failed, self)

    def clear(self) -> None:
        """Delete for good what was taken away."""
        if self._last is not None:
            self._last = None
            self._tasks.run(self._library.clear_aside, lambda _none: None, self._on_failed, self)
            self.expired.emit()

    def _on_removed(self, name: str, setting: str | None, aside: SetAside) -> None:
        self._last = aside, setting
        if setting is not None:
            self._choice.choose_written()
        if aside.kept is None:
            text = self.tr("{model} is off the list; the file stays where it is.")
        else:
            text = self.tr("{model} is deleted when you leave this page.")
        self.removed.emit(text.format(model=name))

    def _on_brought_back(self, aside: SetAside, setting: str | None, _none: object) -> None:
        if setting is not None:
            self._choice.choose(setting, aside.path, anyway=aside.record.anyway)
        self.brought_back.emit(aside.path)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error_text(error))
