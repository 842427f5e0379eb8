"""Text on screen: labels that never interpret markup, and paragraphs with room between lines."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from psylite_desktop.ui.theme.tokens import LINE_HEIGHT

_FULL_WIDTH_ENDS = ("。", "？", "！", "；", "，", "：", "）", "\n")


class PlainLabel(QLabel):
    """A label that shows text as it is; `role` names its look in the style sheet."""

    def __init__(self, role: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)


class OneLine(PlainLabel):
    """A line that may be longer than its room: it ends in dots, and its tip says all of it."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(role, wrap=False, parent=parent)

    def minimumSizeHint(self) -> QSize:
        """What stands beside it keeps its room."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def shown(self) -> str:
        """What of the text is seen."""
        dots, room = Qt.TextElideMode.ElideRight, self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), dots, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        shown = self.shown()
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), self.alignment(), shown)


class Paragraph(PlainLabel):
    """Running text at the line height of its script, which QLabel cannot do by itself."""

    def __init__(self, *, muted: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ink = QPalette.ColorRole.PlaceholderText if muted else QPalette.ColorRole.WindowText
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Lines break where the width ends."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the text in a column of `width` pixels."""
        return round(self._laid_out(width)[1])

    def sizeHint(self) -> QSize:
        """One line where it is short, else half of the longest line allowed."""
        line = self.fontMetrics().horizontalAdvance(self.text()) + 2
        width = min(line, self.font().pixelSize() * 20)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are fine; the height follows the width."""
        width = self.font().pixelSize() * 8
        return QSize(width, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self._ink))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The text in lines of `width` pixels, and the height of all of them."""
        text = self.text().replace("\n", "\u2028")
        layout = QTextLayout(text, self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        step = self.font().pixelSize() * LINE_HEIGHT["zh" if has_han(text) else "en"]
        top = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
        layout.endLayout()
        return layout, top


def breakable(path: str) -> str:
    """A path that a label can break, by spaces of no width; for showing, never for opening."""
    pieces = re.sub(r"([/\\])", "\\1\u200b", path)
    return re.sub(r"([^\u200b\s]{24})(?=[^\u200b\s])", "\\1\u200b", pieces)


def joined(*sentences: str) -> str:
    """Sentences one after the other; Chinese ones stand without a space between them."""
    said = ""
    for sentence in filter(None, sentences):
        gap = " " if said and not said.endswith(_FULL_WIDTH_ENDS) else ""
        said = f"{said}{gap}{sentence}"
    return said


def has_han(text: str) -> bool:
    """Whether there are Chinese characters in a text."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
