"""Opening one profile with its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.pages.unlock.door import Door
from psylite_desktop.ui.pages.unlock.secret_view import SecretView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import quiet_button


class PassphraseView(SecretView):
    """Asks for the passphrase.

    Signals:
        recovery_requested: The passphrase is forgotten; the recovery code shall be used.
        keys_requested: Something about the keys shall be changed.
    """

    recovery_requested = Signal()
    keys_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._door: Door | None = None
        self.sentence.hide()
        self.recover = quiet_button()
        self.keys = quiet_button()
        self.beside.addWidget(self.recover)
        self.beside.addWidget(self.keys)
        self.recover.clicked.connect(self.recovery_requested)
        self.keys.clicked.connect(self.keys_requested)
        self.retranslate()

    def ask(self, door: Door) -> None:
        """Begin anew for a profile."""
        self._door = door
        self.clear()
        self.retranslate()
        self.focus()

    def retranslate(self) -> None:
        """Set all texts anew."""
        super().retranslate()
        self.title.setText(self._door.title if self._door else "")
        self.passphrase.set_label(self.tr("Passphrase"))
        self.recover.setText(self.tr("I forgot it"))
        self.keys.setText(self.tr("Keys of this space"))
