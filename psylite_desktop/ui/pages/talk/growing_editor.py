"""An editor for plain words that is as high as its text."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QMimeData, QSizeF, Slot
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from psylite_desktop.ui.pages.talk.plain_text import LONGEST_RUN, typed

_USUAL_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


class GrowingEditor(QPlainTextEdit):
    """Grows with its text between two heights; Tab leaves it."""

    def __init__(
        self, *, most_lines: int, least_lines: int = 1, parent: QWidget | None = None
    ) -> None:
        self._lines = (least_lines, most_lines)
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(_USUAL_WRAP)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.grow()

    def text(self) -> str:
        """What was written, fit to be stored."""
        return typed(self.toPlainText())

    def grow(self) -> None:
        """Take the height of the text, between the least and the most lines."""
        # A plain text document measures its height in lines.
        least, most = self._lines
        lines = min(max(round(self.document().size().height()), least), most)
        around = self.height() - self.viewport().height()
        inner = lines * self._line_height() + 2 * self.document().documentMargin()
        self.setFixedHeight(math.ceil(inner) + around + 2)

    def _line_height(self) -> float:
        """Height of the highest line: Chinese in a Latin font takes more than its metrics say."""
        heights = [float(self.fontMetrics().lineSpacing())]
        block = self.document().firstBlock()
        while block.isValid() and len(heights) <= self._lines[1]:
            self.document().documentLayout().blockBoundingRect(block)  # lays the lines out
            if block.layout().lineCount():
                heights.append(block.layout().lineAt(0).height())
            block = block.next()
        return max(heights)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: no NUL, no halves of characters."""
        if source.hasText():
            text = typed(source.text())
            self.make_ready_for(text)
            self.insertPlainText(text)

    def make_ready_for(self, text: str) -> None:
        """Break lines anywhere once there is a long run without a gap.

        Looking for a gap would take Qt seconds for every key.
        """
        if max((len(run) for run in text.split()), default=0) > LONGEST_RUN:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font or style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a change of width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.grow()

    @Slot(QSizeF)
    def _on_size_changed(self, _size: QSizeF) -> None:
        is_short = self.document().characterCount() <= LONGEST_RUN
        if is_short and self.wordWrapMode() != _USUAL_WRAP:
            self.setWordWrapMode(_USUAL_WRAP)
        self.grow()
