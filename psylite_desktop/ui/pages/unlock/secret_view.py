"""What all views have in common that ask for a passphrase or a code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.pages.unlock.pause_line import PauseLine
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class SecretView(ReadingColumn):
    """A title, a field, one main action and the way back; others add what they need.

    Signals:
        submitted: Something was entered; carries it.
        back_requested: Not this way.
    """

    submitted = Signal(str)
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, share=0.75, parent=parent)
        self.title = PlainLabel("title")
        self.sentence = Paragraph(muted=True)
        self.passphrase = SecretField(theme)
        self.notice = NoticeBar()
        self.open = primary_button()
        self.pause = PauseLine(self.open)
        self.back = quiet_button()
        self.beside = WrapLayout()
        self.beside.addWidget(self.back)
        self.body.addStretch(1)
        for widget in (
            self.title,
            self.sentence,
            self.passphrase,
            self.notice,
            self.pause,
            self.open,
        ):
            self.body.addWidget(widget)
        self.body.addLayout(self.beside)
        self.body.addStretch(2)
        self.open.clicked.connect(self._on_submitted)
        self.passphrase.submitted.connect(self._on_submitted)
        self.back.clicked.connect(self.back_requested)

    def focus(self) -> None:
        """Put the keyboard where the secret goes, with what is there selected."""
        self.passphrase.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase.edit.selectAll()

    def hold(self, seconds: float) -> None:
        """Take nothing for so long."""
        self.pause.start(seconds)

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.notice.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew; those that have more set theirs, too."""
        self.open.setText(self.tr("Open"))
        self.back.setText(self.tr("Back"))

    def _on_submitted(self) -> None:
        if self.passphrase.text and not self.pause.is_running:
            self.notice.clear()
            self.submitted.emit(self.passphrase.text)
