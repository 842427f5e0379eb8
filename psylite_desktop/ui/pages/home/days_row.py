"""The last two weeks as a quiet row: a small face for a day with a check-in, a dot for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import DayMood
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.face import face_icon

FACE = 24
"""Pixels of a face at 100 %."""
DOT = 5


class DaysRow(QWidget):
    """Every day is said in words too: to screen readers, and where the mouse rests."""

    def __init__(
        self,
        theme: ThemeSwitch,
        language: LanguageSwitch,
        words: CheckInWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._words = words
        self._days: tuple[DayMood, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.retranslate()

    def show_days(self, days: Sequence[DayMood]) -> None:
        """Show these days, the oldest first."""
        self._days = tuple(days)
        self.retranslate()
        self.update()

    def said(self, place: int) -> str:
        """One day in words."""
        day = self._days[place]
        found = date.fromisoformat(day.day)
        shown = QLocale().toString(QDate(found.year, found.month, found.day), self.tr("ddd d MMM"))
        if day.mean is None:
            return self.tr("{day}: no check-in").format(day=shown)
        word = self._words.mood(self._language.current.value, mood_of(day.mean))
        return self.tr("{day}: {mood}").format(day=shown, mood=word)

    def sizeHint(self) -> QSize:
        """Faces and the letters of the days below."""
        sizes = self._theme.sizes
        face = sizes.px(FACE)
        return QSize((face + 2 * GRID) * max(len(self._days), 1), face + GRID + sizes.px(20))

    def minimumSizeHint(self) -> QSize:
        """Faces shrink where the window is narrow."""
        return QSize(14 * GRID, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.update()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.setAccessibleName(self.tr("The last 14 days"))
        said = self.tr("; ").join(self.said(place) for place in range(len(self._days)))
        self.setAccessibleDescription(said)

    def event(self, event: QEvent) -> bool:
        """Say the day under the mouse."""
        if isinstance(event, QHelpEvent) and self._days:
            place = int(event.pos().x() * len(self._days) / max(self.width(), 1))
            place = min(max(place, 0), len(self._days) - 1)
            QToolTip.showText(event.globalPos(), self.said(place), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the days."""
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._days)
        for place, day in enumerate(self._days):
            self._draw_day(painter, day, QRectF(place * step, 0, step, self.height()))

    def _draw_day(self, painter: QPainter, day: DayMood, cell: QRectF) -> None:
        sizes, tokens = self._theme.sizes, self._theme.tokens
        face = int(min(sizes.px(FACE), cell.width() - 2))
        middle = QPointF(cell.center().x(), sizes.px(FACE) / 2)
        if day.mean is None:
            radius = sizes.px(DOT) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.edge))
            painter.drawEllipse(middle, radius, radius)
        else:
            icon = face_icon(self._theme, mood_of(day.mean), size=face)
            corner = middle - QPointF(face / 2, face / 2)
            icon.paint(painter, QRect(corner.toPoint(), QSize(face, face)))
        is_last = day is self._days[-1]
        font = QFont(self.font())
        font.setPixelSize(sizes.small)
        font.setBold(is_last)
        painter.setFont(font)
        painter.setPen(QColor(tokens.ink if is_last else tokens.muted))
        below = QRectF(cell.x(), sizes.px(FACE) + GRID // 2, cell.width(), sizes.px(20))
        weekday = date.fromisoformat(day.day).isoweekday()
        letter = QLocale().dayName(weekday, QLocale.FormatType.NarrowFormat)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, letter)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def mood_of(mean: float) -> int:
    """The face of a day: its mean, rounded to a mood."""
    return min(max(int(mean + 0.5), 1), 5)
