"""Before keys are changed: whose space is it?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.pages.unlock.door import Door
from psylite_desktop.ui.pages.unlock.secret_view import SecretView
from psylite_desktop.ui.theme.switch import ThemeSwitch


class KeysDoorView(SecretView):
    """Asks for the passphrase or the recovery code."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._door: Door | None = None
        self.retranslate()

    def ask(self, door: Door) -> None:
        """Begin anew for a space."""
        self._door = door
        self.clear()
        self.retranslate()
        self.focus()

    def retranslate(self) -> None:
        """Set all texts anew."""
        super().retranslate()
        name = self._door.title if self._door else ""
        self.title.setText(self.tr("Keys of {space}").format(space=name))
        self.sentence.setText(
            self.tr(
                "Change the passphrase, get a new recovery code, and more. First show that it is "
                "yours."
            )
        )
        self.passphrase.set_label(self.tr("Passphrase or recovery code"))
        self.open.setText(self.tr("Go on"))
