"""The recovery code, shown once."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

ASKED_GROUPS = 2
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class RecoveryCodeView(ReadingColumn):
    """Shows the code and goes on when its end was typed back.

    Signals:
        confirmed: The code is written down.
    """

    confirmed = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.85, parent=parent)
        self._code = ""
        self._is_copied = False
        self._name = ""
        self.title = PlainLabel("title")
        self.sentence = Paragraph(muted=True)
        self.code = PlainLabel("code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.name = PlainLabel()
        self.copy = plain_button()
        self.written = plain_button()
        self.question = PlainLabel()
        self.answer = QLineEdit()
        self.question.setBuddy(self.answer)
        self.notice = NoticeBar()
        self.proceed = primary_button()
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.addWidget(self.code)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.written)
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addWidget(self.title)
        self.body.addWidget(self.sentence)
        self.body.addWidget(card)
        self.body.addWidget(self.name)
        self.body.addLayout(row)
        self.body.addWidget(self.question)
        self.body.addWidget(self.answer)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.proceed)
        self.body.addStretch(2)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.written.clicked.connect(self._on_written_clicked)
        self.answer.textEdited.connect(self.notice.clear)
        self.answer.returnPressed.connect(self._on_proceed_clicked)
        self.proceed.clicked.connect(self._on_proceed_clicked)
        self.retranslate()

    def show_code(self, code: str, *, name: str = "") -> None:
        """Show a code, and hide the question until it is written down.

        `name` is that of the space, where no list will show it.
        """
        self._code = code
        self._name = name
        self.name.setVisible(bool(name))
        self.code.setText(" ".join(code.split("-")))
        self.answer.clear()
        self.notice.clear()
        self._ask(asked=False)
        self.retranslate()
        self.copy.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the code, also in the clipboard where it is still there."""
        clipboard = QGuiApplication.clipboard()
        if self._is_copied and clipboard.text() == self._code:
            clipboard.clear()
        self._code = self._name = ""
        self._is_copied = False
        self.code.clear()
        self.name.hide()
        self.answer.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Your recovery code"))
        self.sentence.setText(
            self.tr(
                "If you forget the passphrase, this code opens your space. It is shown only now. "
                "Write it on paper and keep it where you keep important things. Whoever has it "
                "can read everything."
            )
        )
        self.code.setAccessibleName(self.tr("Recovery code"))
        self.name.setText(
            self.tr("Note this, too: your space is called {name}.").format(
                name=profile_text(self._name)
            )
        )
        self.copy.setText(self.tr("Copied") if self._is_copied else self.tr("Copy"))
        self.written.setText(self.tr("I have written it down"))
        length = len(_plain(self._end()))
        question = self.tr("Type the last {count} characters of the code.").format(count=length)
        self.question.setText(question)
        self.answer.setAccessibleName(question)
        self.proceed.setText(self.tr("Go on"))

    def _ask(self, *, asked: bool) -> None:
        for widget in (self.question, self.answer, self.proceed):
            widget.setVisible(asked)
        self.written.setVisible(not asked)

    def _end(self) -> str:
        """Its last groups: seven characters show a slip of the pen that three would not."""
        return "".join(self._code.split("-")[-ASKED_GROUPS:])

    def _on_copy_clicked(self) -> None:
        copy_privately(self._code)
        self._is_copied = True
        self.retranslate()

    def _on_written_clicked(self) -> None:
        self._ask(asked=True)
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_proceed_clicked(self) -> None:
        if _plain(self.answer.text()).endswith(_plain(self._end())):
            self.confirmed.emit()
            return
        self.notice.say(self.tr("That is not the end of this code. Look at your note once more."))
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answer.selectAll()


def _plain(text: str) -> str:
    """A code as it is compared: what people write alike is alike."""
    same = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    return "".join(mark for mark in same if not mark.isspace() and mark != "-")
