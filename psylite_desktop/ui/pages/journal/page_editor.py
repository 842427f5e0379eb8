"""A sheet of paper: plain words with room between the lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from psylite_desktop.ui.pages.talk.plain_text import LONGEST_RUN, typed
from psylite_desktop.ui.theme.tokens import LINE_HEIGHT
from psylite_desktop.ui.widgets.text import has_han

SENTENCE_ENDS = "。！？!?.…\n"
LEAST_LINES = 3


class PageEditor(QTextEdit):
    """Takes words only; Tab leaves it. Offsets count characters, not the halves Qt counts.

    Signals:
        typing: An input method is in the middle of a word.
    """

    typing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lang = "zh"
        self._space_lines()

    def text(self) -> str:
        """What was written, fit to be stored."""
        return typed(self.toPlainText())

    def begin(self, text: str) -> None:
        """Show another text; nothing of the one before can be brought back by undo."""
        self._make_ready_for(text)
        self._lang = "zh" if not text or has_han(text) else "en"
        self.setPlainText(text)
        self._space_lines()
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def use_language(self, lang: str) -> None:
        """An empty sheet gets the line height of this language."""
        if not self.toPlainText():
            self._lang = lang
            self._space_lines()

    @property
    def ends_sentence(self) -> bool:
        """Whether the words before the cursor end a sentence."""
        cursor = self.textCursor()
        if cursor.atBlockStart() and cursor.position() > 0:
            return True
        before = cursor.block().text()[: cursor.positionInBlock()].rstrip()
        return before[-1:] in SENTENCE_ENDS if before else False

    def select(self, start: int, end: int) -> None:
        """Select characters from `start` to `end` of the text and scroll there."""
        text = self.text()
        first = _units(text[:start])
        cursor = self.textCursor()
        cursor.setPosition(first)
        last = first + _units(text[start:end])
        most = max(self.document().characterCount() - 1, 0)
        cursor.setPosition(min(last, most), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: no markup, no NUL, no halves of characters."""
        if source.hasText():
            text = typed(source.text())
            self._make_ready_for(text)
            self.insertPlainText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Say that a word is being composed."""
        super().inputMethodEvent(event)
        if event.preeditString():
            self.typing.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font or style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._space_lines()
            self.setMinimumHeight(self.fontMetrics().lineSpacing() * (LEAST_LINES + 1))

    def _space_lines(self) -> None:
        """Give lines the height of their script; words and cursor stay where they are."""
        natural = self.fontMetrics().lineSpacing()
        wanted = self.font().pixelSize() * LINE_HEIGHT[self._lang]
        if natural <= 0 or wanted <= 0:
            return
        spacing = QTextBlockFormat()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        spacing.setLineHeight(max(100.0, 100.0 * wanted / natural), kind)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.joinPreviousEditBlock()
        cursor.mergeBlockFormat(spacing)
        cursor.endEditBlock()

    def _make_ready_for(self, text: str) -> None:
        """Break lines anywhere once there is a long run without a gap.

        Looking for a gap would take Qt seconds for every key.
        """
        is_long = max((len(run) for run in text.split()), default=0) > LONGEST_RUN
        modes = QTextOption.WrapMode
        self.setWordWrapMode(modes.WrapAnywhere if is_long else modes.WrapAtWordBoundaryOrAnywhere)


def _units(text: str) -> int:
    """Length in UTF-16 units, as Qt counts."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)
