"""A start without a list: a space is named, and opened with its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from psylite_desktop.ui.pages.unlock.profile_labels import label_of
from psylite_desktop.ui.pages.unlock.secret_view import SecretView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class DiscreetView(SecretView):
    """Shows nothing about which spaces there are, also not by what it answers.

    Signals:
        recovery_requested: The passphrase of the named space is forgotten.
        keys_requested: Something about the keys of the named space shall be changed.
        named: Another name stands in the field; carries its label.
        create_requested: A new space shall be made.
        guest_requested: A session that leaves nothing shall begin.
    """

    recovery_requested = Signal()
    keys_requested = Signal()
    named = Signal(str)
    create_requested = Signal()
    guest_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.name_label = PlainLabel(wrap=False)
        self.name = QLineEdit()
        self.name_label.setBuddy(self.name)
        self.recover = quiet_button()
        self.keys = quiet_button()
        self.create_another = plain_button()
        self.guest = plain_button()
        place = self.body.indexOf(self.passphrase)
        self.body.insertWidget(place, self.name_label)
        self.body.insertWidget(place + 1, self.name)
        self.beside.addWidget(self.recover)
        self.beside.addWidget(self.keys)
        below = self.body.count() - 1
        self.body.insertSpacing(below, GRID)
        self.body.insertWidget(below + 1, self.guest)
        self.body.insertWidget(below + 2, self.create_another)
        QWidget.setTabOrder(self.name, self.passphrase.edit)
        self.back.hide()
        self.name.textEdited.connect(lambda _text: self.named.emit(self.label))
        self.name.returnPressed.connect(self._on_name_entered)
        self.recover.clicked.connect(self._on_recover_clicked)
        self.keys.clicked.connect(self._on_keys_clicked)
        self.create_another.clicked.connect(self.create_requested)
        self.guest.clicked.connect(self.guest_requested)
        self.retranslate()

    @property
    def label(self) -> str:
        """The label of the space that was named."""
        return label_of(self.name.text())

    def focus(self) -> None:
        """Put the keyboard on what is missing."""
        if self.name.text().strip():
            super().focus()
        else:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        super().clear()
        self.name.clear()
        self.hold(0)

    def retranslate(self) -> None:
        """Set all texts anew."""
        super().retranslate()
        self.title.setText(self.tr("Hello"))
        self.sentence.setText(
            self.tr(
                "PsyLite works without the internet. What you write is locked with your "
                "passphrase and stays on this computer."
            )
        )
        self.name_label.setText(self.tr("Name of your space: its colour and number"))
        self.name.setAccessibleName(self.name_label.text())
        self.passphrase.set_label(self.tr("Passphrase"))
        self.recover.setText(self.tr("I forgot it"))
        self.keys.setText(self.tr("Keys of this space"))
        self.create_another.setText(self.tr("Make a space of my own"))
        self.guest.setText(self.tr("Just talk, save nothing"))

    def _on_submitted(self) -> None:
        if self._is_named():
            super()._on_submitted()

    def _on_name_entered(self) -> None:
        super().focus()

    def _on_recover_clicked(self) -> None:
        if self._is_named():
            self.recovery_requested.emit()

    def _on_keys_clicked(self) -> None:
        if self._is_named():
            self.keys_requested.emit()

    def _is_named(self) -> bool:
        """Whether something stands in the field of the name; asks for it where not."""
        if self.name.text().strip():
            return True
        self.notice.say(self.tr("Which space? Type its colour and number first."))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
