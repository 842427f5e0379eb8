"""Closing a vault behind a locked window: the last words are stored before the window goes."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.ports import Vault
from psylite_desktop.ui.context import AppContext

logger = logging.getLogger(__name__)

_WAIT_MS = 4000
"""A vault that does not close in this time must not keep the window from closing."""


class VaultClosing(QObject):
    """Closes on the engine's thread and knows whether the window may go.

    Signals:
        finished: The window that was kept waiting may go.
    """

    finished = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._is_busy = False
        self._is_awaited = False
        self._waited_enough = False

    @property
    def may_go(self) -> bool:
        """Whether nothing is left to store, or it has taken too long."""
        return not self._is_busy or self._waited_enough

    def close(self, vault: Vault) -> None:
        """Close a vault, without waiting."""
        self._is_busy = True
        self._context.engine.run(vault.close, self._on_closed, self._on_failed, self)

    def wait(self) -> None:
        """Say `finished` once the vault is closed, or after a while."""
        if not self._is_awaited:
            self._is_awaited = True
            QTimer.singleShot(_WAIT_MS, self, self._on_waited_enough)

    def _on_closed(self, _nothing: None) -> None:
        self._is_busy = False
        if self._is_awaited:
            self.finished.emit()

    def _on_failed(self, error: PsyLiteError) -> None:
        logger.warning("vault_close_failed code=%s", error.code)
        self._on_closed(None)

    def _on_waited_enough(self) -> None:
        self._waited_enough = True
        self.finished.emit()
