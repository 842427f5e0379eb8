"""Jobs on the vault's thread, answered on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from psylite_desktop.domain.errors import PsyLiteError, VaultError
from psylite_desktop.ui.bridge.deliveries import Deliveries, as_expected

if TYPE_CHECKING:
    from psylite_desktop.domain.ports import Vault

T = TypeVar("T")


class VaultTasks:
    """Short reads and writes for pages, so that the disk never stops the window."""

    def __init__(self, vault: Vault, parent: QObject) -> None:
        """Deliver until `parent` is gone."""
        self._vault = vault
        self._deliveries = Deliveries(parent)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[PsyLiteError], None],
        owner: QObject,
    ) -> None:
        """Do `work` on the storage thread, then `done` or `failed` on the GUI thread.

        Both are dropped when `owner` is gone by then. `work` must not touch widgets.
        """
        number = self._deliveries.expect(work, done, failed, owner)
        try:
            future = self._vault.submit(partial(self._deliveries.perform, number))
        except PsyLiteError as error:
            self._deliveries.send(number, None, error)
            return
        future.add_done_callback(partial(_refused, self._deliveries, number))


def _refused(deliveries: Deliveries, number: int, future: Future[Any]) -> None:
    """Report a job that the vault never got to; jobs that ran report for themselves."""
    try:
        error = future.exception()
    except CancelledError:
        error = VaultError("vault_locked")
    if error is not None:
        deliveries.send(number, None, as_expected(error))
