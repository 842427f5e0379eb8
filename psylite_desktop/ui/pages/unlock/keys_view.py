"""What can be done with the keys of a space."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.profile import Profile
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.check_line import CheckLine
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel


@dataclass(frozen=True, slots=True)
class KeysState:
    """What the view needs to know: `has_keyring` offers the switch, `by_keyring` is its state."""

    profile: Profile
    has_keyring: bool = False
    by_keyring: bool = False
    is_thrifty: bool = False


class KeysView(ReadingColumn):
    """One card an action, each with a sentence about when it is good for something.

    Signals:
        change_requested: Another passphrase shall be chosen.
        code_requested: There shall be another recovery code.
        renew_requested: Everything shall be encrypted anew.
        keyring_switched: The keyring shall open the space, or shall not; carries which.
        delete_requested: The space shall go.
        back_requested: That is all.
    """

    change_requested = Signal()
    code_requested = Signal()
    renew_requested = Signal()
    keyring_switched = Signal(bool)
    delete_requested = Signal()
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.85, parent=parent)
        self._state: KeysState | None = None
        self.title = PlainLabel("title")
        self.notice = NoticeBar()
        self.thrifty = PlainLabel("small")
        self.change, self.change_note = plain_button(), PlainLabel("small")
        self.code, self.code_note = plain_button(), PlainLabel("small")
        self.renew, self.renew_note = plain_button(), PlainLabel("small")
        self.keyring, self.keyring_note = CheckLine(), PlainLabel("small")
        self.delete, self.delete_note = plain_button(), PlainLabel("small")
        self.back = quiet_button()
        self.keyring_card = _card(self.keyring, self.keyring_note)
        self.body.addWidget(self.title)
        self.body.addWidget(self.notice)
        self.body.addWidget(_card(self.change, self.change_note, self.thrifty))
        self.body.addWidget(_card(self.code, self.code_note))
        self.body.addWidget(self.keyring_card)
        self.body.addWidget(_card(self.renew, self.renew_note))
        self.body.addWidget(_card(self.delete, self.delete_note))
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.change.clicked.connect(self.change_requested)
        self.code.clicked.connect(self.code_requested)
        self.renew.clicked.connect(self.renew_requested)
        self.keyring.switched.connect(self.keyring_switched)
        self.delete.clicked.connect(self.delete_requested)
        self.back.clicked.connect(self.back_requested)
        self.retranslate()

    def show_keys(self, state: KeysState) -> None:
        """Show what holds for a space."""
        self._state = state
        self.notice.clear()
        self.keyring.box.setChecked(state.by_keyring)
        self.keyring_card.setVisible(state.has_keyring)
        self.thrifty.setVisible(state.is_thrifty)
        self.retranslate()
        self.focus()

    def focus(self) -> None:
        """Put the keyboard on the first action."""
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the space."""
        self._state = None
        self.notice.clear()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        name = profile_text(self._state.profile.label) if self._state else ""
        self.title.setText(self.tr("Keys of {space}").format(space=name))
        self.change.setText(self.tr("Change the passphrase"))
        self.change_note.setText(
            self.tr("When somebody may have seen you type it, or you would like another one.")
        )
        self.thrifty.setText(
            self.tr(
                "When this passphrase was set, the computer had little free memory, so a guess "
                "costs a stranger less than usual. Setting it again with fewer programs open "
                "mends that."
            )
        )
        self.code.setText(self.tr("New recovery code"))
        self.code_note.setText(
            self.tr("When the note is lost or was seen. The old code opens nothing any more.")
        )
        self.keyring.set_text(
            self.tr("This computer account is only mine: open without the passphrase")
        )
        self.keyring_note.setText(
            self.tr(
                "Whoever uses this account then opens your space with one click. The passphrase "
                "stays valid; it is asked for whenever the keyring of the computer does not "
                "answer."
            )
        )
        self.renew.setText(self.tr("Make everything anew with another key"))
        self.renew_note.setText(
            self.tr(
                "When the file and the passphrase may be in other hands. Takes a while, and a new "
                "recovery code comes with it."
            )
        )
        self.delete.setText(self.tr("Delete this space"))
        self.delete_note.setText(self.tr("Everything in it goes, and nothing brings it back."))
        self.back.setText(self.tr("Back to the start"))
        for button, note in self._notes():
            button.setAccessibleDescription(note.text())

    def _notes(self) -> tuple[tuple[QWidget, PlainLabel], ...]:
        return (
            (self.change, self.change_note),
            (self.code, self.code_note),
            (self.renew, self.renew_note),
            (self.keyring.box, self.keyring_note),
            (self.delete, self.delete_note),
        )


def _card(action: QPushButton | CheckLine, *notes: PlainLabel) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    box = QVBoxLayout(card)
    box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    box.setSpacing(GRID)
    if isinstance(action, QPushButton):
        box.addWidget(action, 0, Qt.AlignmentFlag.AlignLeft)
    else:
        box.addWidget(action)
    for note in notes:
        box.addWidget(note)
    return card
