"""Keeps the plan as it is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.safety_plan import PlanStep
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.ui.bridge.tasks import VaultTasks

SAVE_MS = 2_000

Plan = dict[PlanStep, str]


class PlanKeeper(QObject):
    """Saves what changed two seconds after the first unsaved key, and brings the plan back.

    Nothing is saved before the stored plan was read: empty fields must not take its place.

    Signals:
        loaded: The stored plan; steps that hold nothing are left out.
        saved: Everything is kept.
        failed: The plan could not be read or saved; carries the error.
    """

    loaded = Signal(dict)
    saved = Signal()
    failed = Signal(PsyLiteError)

    def __init__(
        self,
        *,
        service: SafetyPlanService,
        tasks: VaultTasks,
        read: Callable[[], Plan],
        parent: QObject,
    ) -> None:
        """`read` gives all steps as they stand in the window."""
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._read = read
        self._saved: Plan | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)

    @property
    def is_loaded(self) -> bool:
        """Whether the stored plan was read."""
        return self._saved is not None

    def load(self) -> None:
        """Ask for the stored plan."""
        self._tasks.run(self._service.load, self._on_loaded, self._on_failed, self)

    @Slot()
    def note_change(self) -> None:
        """Save soon."""
        if self.is_loaded and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def save(self) -> None:
        """Save now what is new."""
        self._timer.stop()
        before = self._saved
        if before is None:
            return
        now = self._read()
        changed = {step: text for step, text in now.items() if text != before.get(step, "")}
        if not changed:
            return
        self._saved = now
        service = self._service

        def on_failed(error: PsyLiteError) -> None:
            # The words still stand in the window; the next change tries again.
            self._saved = (self._saved or {}) | dict.fromkeys(changed, "\x00")
            self._on_failed(error)

        self._tasks.run(lambda: service.save(changed), self._on_saved, on_failed, self)

    def _on_loaded(self, plan: Plan) -> None:
        self._saved = plan
        self.loaded.emit(plan)

    def _on_saved(self, _nothing: None) -> None:
        self.saved.emit()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error)
