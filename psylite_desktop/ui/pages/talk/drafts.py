"""Keeps what was typed and not sent."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.ports import DraftStore
from psylite_desktop.ui.bridge.tasks import VaultTasks

SAVE_MS = 2_000


class DraftKeeper(QObject):
    """Saves one draft two seconds after the first unsaved key, and brings it back.

    Signals:
        restored: The stored draft, when there is one.
    """

    restored = Signal(str)

    def __init__(
        self,
        *,
        place: str,
        store: DraftStore,
        tasks: VaultTasks,
        read: Callable[[], str],
        parent: QObject,
    ) -> None:
        """`read` gives the text as it stands; `place` is the name the draft is stored under."""
        super().__init__(parent)
        self._place = place
        self._store = store
        self._tasks = tasks
        self._read = read
        self._saved = ""
        self._is_paused = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)

    def restore(self) -> None:
        """Ask for the stored draft."""
        store, place = self._store, self._place
        self._tasks.run(lambda: store.load(place), self._on_loaded, self._on_failed, self)

    def pause(self, *, is_paused: bool) -> None:
        """Keep no draft while a talk is off the record, nor the one from before."""
        if is_paused != self._is_paused:
            self._is_paused = is_paused
            self.save()

    @Slot()
    def note_change(self) -> None:
        """Save soon."""
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Save now, where there is anything new."""
        self._timer.stop()
        text = "" if self._is_paused else self._read()
        if text == self._saved:
            return
        self._saved = text
        store, place = self._store, self._place
        self._tasks.run(lambda: store.save(place, text), self._on_saved, self._on_failed, self)

    def _on_loaded(self, text: str) -> None:
        self._saved = text
        if text:
            self.restored.emit(text)

    def _on_saved(self, _nothing: None) -> None:
        """Nothing to show: a saved draft is what everybody expects."""

    def _on_failed(self, _error: PsyLiteError) -> None:
        # The text still stands in the editor; the next change tries again.
        self._saved = "\x00"
