"""Days as cells: colour and number say the mood, arrows move, Enter opens a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from psylite_desktop.domain.insights import MoodDay
from psylite_desktop.ui.charts.card import tell
from psylite_desktop.ui.charts.kit import ChartKit, mood_of
from psylite_desktop.ui.charts.wording import day_text
from psylite_desktop.ui.theme.tokens import RING, Tokens, contrast

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
EARLIEST = date(1970, 1, 1)
"""No further back: nobody noted a day before there was this."""
_SMALLEST_DIGIT = 9
"""Pixels below which a digit would be a smudge; colour, words and table still say it."""


class DayGrid(QWidget):
    """The calendars: how days lie is theirs, what a day looks like and says is here.

    Signals:
        day_opened: Show the check-ins of a day; carries it as YYYY-MM-DD.
        moved: The keyboard stands on another day.
    """

    day_opened = Signal(str)
    moved = Signal()

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.today = date.min
        self.cursor_day = date.min
        self._days: Mapping[str, MoodDay] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # -- how days lie

    def cells(self) -> Iterable[tuple[date, QRectF]]:
        """The days in view with their places."""
        raise NotImplementedError

    def neighbour(self, key: int) -> date | None:
        """Where a key leads from the day of the keyboard; None for keys that do not move."""
        raise NotImplementedError

    def draw_around(self, painter: QPainter) -> None:
        """Heads of rows and columns."""
        raise NotImplementedError

    def draw_inside(self, painter: QPainter, day: date, cell: QRectF) -> None:
        """What stands in a cell besides its colour."""
        raise NotImplementedError

    # -- what charts ask

    def show_days(self, days: Iterable[MoodDay], today: str) -> None:
        """Show these; the keyboard begins at today."""
        self._days = {one.day: one for one in days}
        self.today = date.fromisoformat(today)
        if self.cursor_day == date.min or self.cursor_day > self.today:
            self.cursor_day = self.today
        self.setAccessibleDescription(self.said(self.cursor_day))
        self.updateGeometry()
        self.update()

    def figure(self, day: date) -> MoodDay | None:
        """What is known of a day."""
        return self._days.get(day.isoformat())

    def said(self, day: date) -> str:
        """One day in words."""
        one, shown = self.figure(day), day_text(day)
        if one is None:
            return self.tr("{day}: no check-in").format(day=shown)
        mood = self.kit.mood(one.mean)
        if one.count == 1:
            text = self.tr("{day}: {mood}").format(day=shown, mood=mood)
        else:
            text = self.tr("{day}: {mood} on average, {count} check-ins")
            text = text.format(day=shown, mood=mood, count=one.count)
        return self.tr("{text}; added later").format(text=text) if one.backfilled else text

    def go_to(self, day: date) -> None:
        """Put the keyboard on a day; days to come cannot be stood on."""
        self.cursor_day = max(min(day, self.today), EARLIEST)
        self.updateGeometry()
        self.update()
        self.moved.emit()
        tell(self, self.said(self.cursor_day))

    # -- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter opens."""
        if event.key() in _OPENING:
            self.day_opened.emit(self.cursor_day.isoformat())
            return
        where = self.neighbour(event.key())
        if where is None:
            super().keyPressEvent(event)
            return
        self.go_to(where)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the day that was clicked."""
        day = self._day_at(event.position())
        if day is not None and day <= self.today:
            self.go_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the day."""
        day = self._day_at(event.position())
        if day is not None and day <= self.today:
            self.day_opened.emit(day.isoformat())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keyboard stands."""
        super().focusInEvent(event)
        self.update()
        tell(self, self.said(self.cursor_day))

    def event(self, event: QEvent) -> bool:
        """Say the day under the mouse."""
        if isinstance(event, QHelpEvent):
            day = self._day_at(QPointF(event.pos()))
            text = self.said(day) if day is not None and day <= self.today else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_around(painter)
        tokens = self.kit.theme.tokens
        for day, cell in self.cells():
            one = self.figure(day)
            if day <= self.today:
                paint_cell(painter, cell, one, tokens)
            self.draw_inside(painter, day, cell)
            if day == self.cursor_day and self.hasFocus():
                painter.setPen(QPen(QColor(tokens.focus), RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 4, 4)

    def _day_at(self, place: QPointF) -> date | None:
        return next((day for day, cell in self.cells() if cell.contains(place)), None)


def paint_cell(painter: QPainter, cell: QRectF, one: MoodDay | None, tokens: Tokens) -> None:
    """Colour of a day, a quiet outline where nothing was noted, a cut corner for "added later"."""
    inner = cell.adjusted(1.5, 1.5, -1.5, -1.5)
    if one is None:
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, 3, 3)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.mood[mood_of(one.mean) - 1]))
    painter.drawRoundedRect(inner, 3, 3)
    if one.backfilled:
        side = min(inner.width(), inner.height()) * 0.34
        corner = inner.topRight()
        painter.setBrush(QColor(tokens.surface))
        painter.drawPolygon(
            QPolygonF([corner, corner - QPointF(side, 0), corner + QPointF(0, side)])
        )


def paint_digit(painter: QPainter, cell: QRectF, mood: int, tokens: Tokens, font: QFont) -> None:
    """The mood as a number, 1 to 5, in whatever reads best on its colour."""
    size = int(min(cell.width(), cell.height()) * 0.55)
    if size < _SMALLEST_DIGIT:
        return
    font = QFont(font)
    font.setPixelSize(min(size, font.pixelSize()))
    painter.setFont(font)
    painter.setPen(QColor(on_mood(mood, tokens)))
    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(mood))


def on_mood(mood: int, tokens: Tokens) -> str:
    """The colour of text on the colour of a mood."""
    behind = tokens.mood[mood - 1]
    return max((tokens.ink, tokens.page), key=lambda color: contrast(color, behind))
