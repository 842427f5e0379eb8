"""One text in a window of its own: to select, to copy, to read with a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button


class TextDialog(QDialog):
    """Shows plain text; "Copy" copies the original, not what was prepared for showing."""

    def __init__(
        self, *, title: str, shown: str, original: str, parent: QWidget | None = None
    ) -> None:
        """`shown` is what may be painted of `original`."""
        super().__init__(parent)
        self._original = original
        self.setWindowTitle(title)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setPlainText(shown)
        self.text.setAccessibleName(title)
        self.copy = plain_button()
        self.copy.clicked.connect(self._on_copy_clicked)
        self.done_button = primary_button()
        self.done_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.done_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addWidget(self.text, 1)
        box.addLayout(row)
        size = self.fontMetrics().height()
        self.resize(size * 30, size * 22)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.copy.setText(self.tr("Copy"))
        self.done_button.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_copy_clicked(self) -> None:
        copy_privately(self._original)
        self.copy.setText(self.tr("Copied"))
