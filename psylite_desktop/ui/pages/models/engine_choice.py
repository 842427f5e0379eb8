"""Which model the engine uses: chosen, loaded, unloaded; what it takes of the memory."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import ModelFileError, PsyLiteError
from psylite_desktop.domain.settings import WRITTEN
from psylite_desktop.host.footprint import footprint
from psylite_desktop.services.model_library import ShelvedModel
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.error_text import error_text

LOOK_MS = 2000
"""Between two looks at what the engine process takes, while somebody is looking."""
_WORTH_SAYING = 5_000_000
"""Bytes that a change must have to be shown."""


class EngineChoice(QObject):
    """Changes the setting and tells the engine.

    Signals:
        changed: Another model is chosen, or the engine takes more or less memory.
        said: Something is to be told; carries a sentence.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, app: AppContext, tasks: VaultTasks, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._tasks = tasks
        self.running = 0
        """Bytes that the engine process takes; 0 where there is none."""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, *, is_watched: bool) -> None:
        """Follow the engine's memory while the page is in view."""
        if is_watched:
            self.look()
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def look(self) -> None:
        """See what the engine takes now."""
        now = footprint(self._app.host.pid).resident
        if abs(now - self.running) > _WORTH_SAYING or bool(now) != bool(self.running):
            self.running = now
            self.changed.emit()

    @property
    def is_written(self) -> bool:
        """Whether no model is chosen."""
        return self._app.plain.current.model == WRITTEN

    def chosen(self) -> Path | None:
        """The file that is in use; None where none is, or it is not there."""
        try:
            return self._app.models.resolve(self._app.plain.current.model)
        except ModelFileError:
            return None

    def use(self, model: ShelvedModel, name: str) -> None:
        """Use a model from now on, and load it while the person is still looking."""
        self.said.emit(
            self.tr("{model} is in use from now on; it is loaded now.").format(model=name)
        )
        self.choose(model.setting, model.path, anyway=model.record.anyway)
        self.stop_engine(load=True)

    def choose(self, setting: str, path: Path, *, anyway: bool = False) -> None:
        """Change the setting; the engine loads it with the next message."""
        self._keep(setting)
        self._hand_over(path, anyway=anyway)
        self.changed.emit()

    def choose_written(self) -> None:
        """No model writes from now on; the engine process gives back what one took."""
        self._keep(WRITTEN)
        self._app.library.use(WRITTEN, self._app.host)
        self.changed.emit()
        self._app.engine.run(self._app.host.make_ready, self._on_without, self._on_failed, self)

    def choose_carefully(self, path: Path) -> None:
        """No longer load this one where it does not fit."""
        if path == self.chosen():
            self._app.host.use_model(path)

    def renew(self, path: Path) -> None:
        """Its trial went well: where it is the chosen one, it is loaded again as it is now."""
        if path == self.chosen():
            # Behind what was begun before, so that the trial is noted by then.
            self._tasks.run(
                partial(self._app.library.hand_over, path, self._app.host),
                lambda _none: self.changed.emit(),
                self._on_failed,
                self,
            )

    def _keep(self, setting: str) -> None:
        try:
            self._app.plain.change(model=setting)
        except OSError:
            self.said.emit(
                self.tr("This could not be saved here. It holds until you close PsyLite.")
            )

    def _hand_over(self, path: Path, *, anyway: bool) -> None:
        try:
            self._app.library.hand_over(path, self._app.host, anyway=anyway)
        except ModelFileError as error:
            self.said.emit(error_text(error))

    @Slot()
    def unload(self) -> None:
        """Give the memory back now."""
        self.stop_engine()
        self.said.emit(self.tr("Its memory is free again. Your next message loads it anew."))

    def stop_engine(self, *, load: bool = False) -> None:
        """End the engine process off the window's thread: that may take a moment."""
        done = self._on_stopped_to_load if load else self._on_stopped
        self._tasks.run(self._app.host.stop_now, done, self._on_failed, self)

    def _on_stopped(self, _none: object) -> None:
        self.look()
        self.changed.emit()

    def _on_stopped_to_load(self, _none: object) -> None:
        self._on_stopped(None)
        self._app.engine.run(self._app.host.info, self._on_loaded, self._on_failed, self)

    def _on_without(self, _none: object) -> None:
        self.look()

    def _on_loaded(self, _info: object) -> None:
        self.look()
        self.said.emit(self.tr("It is loaded and ready."))

    def _on_failed(self, error: PsyLiteError) -> None:
        self.said.emit(error_text(error))
