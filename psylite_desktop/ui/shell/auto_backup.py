"""The backup of the day: made soon after unlocking, beside everything else."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.backup import AutoBackup
from psylite_desktop.ui.context import PageContext

logger = logging.getLogger(__name__)

_AFTER_MS = 4000
"""The first seconds belong to the person; the model is loaded in them, too."""


class DailyBackup(QObject):
    """Asks for it once a session.

    Signals:
        failed: It could not be made, and nothing was said about that yet; carries the code.
        made: There is a new one.
    """

    failed = Signal(str)
    made = Signal()

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = context.app.engine
        self._service = context.session.backups
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.begin)
        self._timer.start(_AFTER_MS)
        self.is_over = False
        """Whether it was made, was not due, or failed."""

    def begin(self) -> None:
        """Make it now where it is due."""
        self._engine.run(self._service.make_if_due, self._on_done, self._on_error, self)

    def stop(self) -> None:
        """The vault is about to be closed: end what runs."""
        self._timer.stop()
        self._service.stop()

    def _on_done(self, result: AutoBackup) -> None:
        self.is_over = True
        if result.failure:
            self.failed.emit(result.failure)
        elif result.made is not None:
            self.made.emit()

    def _on_error(self, error: PsyLiteError) -> None:
        self.is_over = True
        logger.warning("backup_failed code=%s", error.code)
