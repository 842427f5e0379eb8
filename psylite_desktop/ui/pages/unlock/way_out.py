"""What the line of an error offers at a damaged space: that is not the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.pages.unlock.door import Door
from psylite_desktop.ui.pages.unlock.passphrase_view import PassphraseView
from psylite_desktop.ui.pages.unlock.recover_view import RecoverView
from psylite_desktop.ui.pages.unlock.rescuer import RESCUABLE, Rescuer


class WayOut(QObject):
    """Remembers why a space did not open, and leads to what can be done."""

    def __init__(
        self,
        rescuer: Rescuer,
        *,
        passphrase: PassphraseView,
        recover: RecoverView,
        door: Callable[[], Door | None],
    ) -> None:
        """`door` is that of the space that did not open."""
        super().__init__(rescuer)
        self._rescuer = rescuer
        self._door = door
        self._failure = ""
        passphrase.notice.action_requested.connect(lambda: self._begin(passphrase.passphrase.text))
        recover.notice.action_requested.connect(lambda: self._begin(recover.code.text()))

    def offer(self, error: PsyLiteError, view: QWidget) -> str:
        """Words of the action beside an error; empty where there is none."""
        self._failure = error.code
        asks = isinstance(view, PassphraseView | RecoverView)
        return self.tr("What can be done") if asks and error.code in RESCUABLE else ""

    def _begin(self, secret: str) -> None:
        door = self._door()
        profile = door.find() if door is not None else None
        order = RescueOrder(profile=profile, code=self._failure, secret=secret)
        self._rescuer.begin(order)
