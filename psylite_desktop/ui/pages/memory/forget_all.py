"""Forgetting everything asks once more, because nothing brings it back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class ForgetAll(QWidget):
    """A button, then a question with two answers.

    Signals:
        confirmed: Everything shall be forgotten.
    """

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = PlainLabel("strong")
        self.ask = plain_button()
        self.keep = plain_button()
        self.confirm = plain_button()
        row = WrapLayout()
        for button in (self.ask, self.keep, self.confirm):
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.question)
        box.addLayout(row)
        self.ask.clicked.connect(self._on_ask_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.confirm.clicked.connect(self._on_confirm_clicked)
        self.retranslate()
        self.reset()

    def reset(self) -> None:
        """Back to the button."""
        self._show(is_asking=False)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.question.setText(self.tr("Forget all notes? Nothing brings them back."))
        self.ask.setText(self.tr("Forget all"))
        self.keep.setText(self.tr("Keep them"))
        self.confirm.setText(self.tr("Yes, forget them all"))

    def _show(self, *, is_asking: bool) -> None:
        self.question.setVisible(is_asking)
        self.ask.setVisible(not is_asking)
        self.keep.setVisible(is_asking)
        self.confirm.setVisible(is_asking)

    @Slot()
    def _on_ask_clicked(self) -> None:
        self._show(is_asking=True)
        announce(self, self.question.text())
        # The harmless answer has the keyboard: a key held down forgets nothing.
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_keep_clicked(self) -> None:
        self.reset()
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_confirm_clicked(self) -> None:
        self.reset()
        self.confirmed.emit()
