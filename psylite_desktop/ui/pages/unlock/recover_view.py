"""Opening a profile with its recovery code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from psylite_desktop.ui.pages.unlock.pause_line import PauseLine
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class RecoverView(ReadingColumn):
    """Asks for the recovery code.

    Signals:
        submitted: A code was entered; carries it.
        back_requested: Back to the passphrase.
    """

    submitted = Signal(str)
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.75, parent=parent)
        self.title = PlainLabel("title")
        self.sentence = Paragraph(muted=True)
        self.label = PlainLabel()
        self.code = QLineEdit()
        self.label.setBuddy(self.code)
        self.notice = NoticeBar()
        self.open = primary_button()
        self.pause = PauseLine(self.open)
        self.back = quiet_button()
        self.code.returnPressed.connect(self._on_submitted)
        self.open.clicked.connect(self._on_submitted)
        self.back.clicked.connect(self.back_requested)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        self.body.addStretch(1)
        for widget in (
            self.title,
            self.sentence,
            self.label,
            self.code,
            self.notice,
            self.pause,
            self.open,
        ):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addStretch(2)
        self.retranslate()

    def ask(self) -> None:
        """Begin anew."""
        self.clear()
        self.focus()

    def focus(self) -> None:
        """Put the keyboard where the code goes."""
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self, seconds: float) -> None:
        """Take nothing for so long."""
        self.pause.start(seconds)

    def clear(self) -> None:
        """Forget what was typed."""
        self.code.clear()
        self.notice.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Open with the recovery code"))
        self.sentence.setText(
            self.tr(
                "You wrote it down when you made this space. Capital letters, spaces and dashes "
                "do not matter. Without passphrase and code nobody can open it, not even the "
                "people who make PsyLite."
            )
        )
        self.label.setText(self.tr("Recovery code"))
        self.code.setAccessibleName(self.label.text())
        self.open.setText(self.tr("Open"))
        self.back.setText(self.tr("Back"))

    def _on_submitted(self) -> None:
        if self.code.text().strip() and not self.pause.is_running:
            self.notice.clear()
            self.submitted.emit(self.code.text())
