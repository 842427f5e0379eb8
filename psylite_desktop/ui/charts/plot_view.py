"""Lines, dots and bars in the colours of the theme; arrows read one value after the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.ui.charts.card import tell
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

Ticks = Sequence[tuple[float, str]]
HEIGHT = 260
"""Pixels of a plot at 100 %."""
ROW = 34
"""Pixels of a row in plots that list something, at 100 %."""
_PAGE = 30
_MOST_FOR_NAMES = 0.42
"""Part of the width that names at the left may take."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One value: its place in the plot, and the same in words."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Axes:
    """Bounds and marks of both axes; `rows`: things listed below each other, the first on top."""

    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: Ticks
    y_ticks: Ticks
    rows: int = 0


class PlotView(QWidget):
    """Needs pyqtgraph to be ready; a mouse changes nothing in it, and the wheel scrolls the page.

    The line below says the value where the keyboard or the mouse stands.
    """

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph

        self._graph: Any = pyqtgraph
        self._theme = theme
        self._readings: Sequence[Reading] = ()
        self._place = -1
        self._ring: Any = None
        self._names: Ticks = ()
        self._marks: Ticks = ()
        self.plot: Any = pyqtgraph.PlotWidget(self)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFrameStyle(0)
        self.plot.setAccessibleName("")
        item = self.plot.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.getViewBox().setMouseEnabled(False, False)
        self.plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.reading = PlainLabel("small")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.plot)
        box.addWidget(self.reading)

    # -- drawing

    def begin(self, axes: Axes) -> None:
        """Clear, and draw the axes in the colours and sizes of now."""
        tokens, item = self._theme.tokens, self.plot.getPlotItem()
        item.clear()
        self._ring, self._place, self._readings = None, -1, ()
        self.reading.setText("")
        self.plot.setBackground(QColor(tokens.surface))
        for side in ("bottom", "left"):
            axis = item.getAxis(side)
            axis.setPen(self._pen(tokens.line))
            axis.setTextPen(self._pen(tokens.muted))
            axis.setStyle(tickFont=self.small_font(), tickLength=0, tickTextOffset=GRID)
            axis.enableAutoSIPrefix(False)
        self._names, self._marks = axes.y_ticks, axes.x_ticks
        self._fit_names()
        item.setXRange(*axes.x, padding=0)
        item.setYRange(*axes.y, padding=0)
        sizes = self._theme.sizes
        high = sizes.px(ROW) * axes.rows + sizes.px(40) if axes.rows else sizes.px(HEIGHT)
        self.plot.setFixedHeight(high)
        lines = [] if axes.rows else [value for value, _text in axes.y_ticks]
        for value in lines:
            self._add_line(value, 0, tokens.line)

    def finish(self, readings: Sequence[Reading], hint: str) -> None:
        """Let these be read one by one; `hint` stands below until one is."""
        self._readings = readings
        self.reading.setText(hint)

    def zero(self, value: float) -> None:
        """A strong line across the x axis."""
        self._add_line(value, 90, self._theme.tokens.edge)

    def zone(self, low: float, high: float, color: str) -> None:
        """A band behind everything, from `low` to `high`."""
        shade = QColor(color)
        shade.setAlpha(40)
        region = self._graph.LinearRegionItem(
            (low, high), orientation="horizontal", movable=False, brush=shade, pen=self._pen(None)
        )
        for line in region.lines:
            line.setPen(self._pen(None))
        region.setZValue(-20)
        self.plot.addItem(region)

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str, width: float = 2) -> None:
        """A line; it is open where `ys` is not a number."""
        pen = self._pen(color, width)
        self.plot.plot(list(xs), list(ys), pen=pen, connect="finite")

    def dots(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        color: str,
        *,
        size: float = 8,
        symbol: str = "o",
        hollow: bool = False,
    ) -> None:
        """Marks of one colour and shape; hollow ones show what is behind them."""
        brush = QColor(self._theme.tokens.surface if hollow else color)
        size = self._theme.sizes.px(size)
        marks = self._graph.ScatterPlotItem(
            x=list(xs), y=list(ys), size=size, symbol=symbol, brush=brush, pen=self._pen(color, 1.5)
        )
        self.plot.addItem(marks)

    def column(self, x: float, bottom: float, top: float, color: str, *, sure: bool) -> None:
        """A standing bar; one that is not sure is an outline."""
        self._add_bar({"x": [x], "y0": bottom, "height": [top - bottom], "width": 0.6}, color, sure)

    def row(self, y: float, width: float, color: str, *, sure: bool = True) -> None:
        """A lying bar from zero on."""
        self._add_bar({"x0": 0, "y": [y], "height": 0.6, "width": [width]}, color, sure)

    def label(self, x: float, y: float, text: str, *, at: tuple[float, float]) -> None:
        """Words in the plot; `at` is the part of them that stands on the point, 0 to 1."""
        words = self._graph.TextItem(color=QColor(self._theme.tokens.muted), anchor=at)
        words.setPlainText(text)
        words.setFont(self.small_font())
        self.plot.addItem(words)
        words.setPos(x, y)

    def small_font(self) -> QFont:
        """The font of marks and labels."""
        font = QFont(self._theme.app.font())
        font.setPixelSize(self._theme.sizes.small)
        return font

    # -- reading

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give names as much room as there is."""
        super().resizeEvent(event)
        self._fit_names()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the next or the one before."""
        last = len(self._readings) - 1
        here = self._place
        steps = {
            Qt.Key.Key_Left: here - 1 if here >= 0 else last,
            Qt.Key.Key_Up: here - 1 if here >= 0 else last,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_PageUp: here - _PAGE,
            Qt.Key.Key_PageDown: here + _PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        for key, place in steps.items():
            if event.key() == key and self._readings:
                self._read(min(max(place, 0), last))
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the value; the next visit begins at the end again."""
        super().focusOutEvent(event)
        self._mark(None)
        self._place = -1

    def _read(self, place: int) -> None:
        self._place = place
        found = self._readings[place]
        self._mark(found)
        self.reading.setText(found.text)
        tell(self, found.text)

    def _mark(self, found: Reading | None) -> None:
        if self._ring is not None:
            self.plot.removeItem(self._ring)
            self._ring = None
        if found is not None:
            pen = self._pen(self._theme.tokens.focus, 2)
            self._ring = self._graph.ScatterPlotItem(
                x=[found.x], y=[found.y], size=self._theme.sizes.px(18), brush=None, pen=pen
            )
            self._ring.setZValue(50)
            self.plot.addItem(self._ring)

    def _on_mouse_moved(self, place: QPointF) -> None:
        box = self.plot.getPlotItem().getViewBox()
        if not self._readings or not box.sceneBoundingRect().contains(place):
            return
        (left, right), (low, high) = box.viewRange()
        at = box.mapSceneToView(place)
        wide, tall = (right - left) or 1, (high - low) or 1

        def away(one: Reading) -> float:
            return math.hypot((one.x - at.x()) / wide, (one.y - at.y()) / tall)

        self.reading.setText(min(self._readings, key=away).text)

    # -- parts

    def _fit_names(self) -> None:
        """Names at the left take what they need, at most a part of the width."""
        metrics = QFontMetrics(self.small_font())
        room = int(self.width() * _MOST_FOR_NAMES)
        elide = Qt.TextElideMode.ElideMiddle  # numbers stand at the end
        names = [(at, metrics.elidedText(name, elide, room)) for at, name in self._names]
        axis = self.plot.getPlotItem().getAxis("left")
        axis.setTicks([names])
        widest = max((metrics.horizontalAdvance(name) for _at, name in names), default=0)
        axis.setWidth(widest + 2 * GRID)
        self._fit_marks(metrics, self.width() - widest - 4 * GRID)

    def _fit_marks(self, metrics: QFontMetrics, room: int) -> None:
        """Marks below: every one, or every second, third… where they would touch."""
        marks = list(self._marks)
        widest = max((metrics.horizontalAdvance(text) for _at, text in marks), default=0)
        step = max(-(-len(marks) * (widest + GRID) // max(room, 1)), 1)
        axis = self.plot.getPlotItem().getAxis("bottom")
        axis.setTicks([marks[::-step][::-1]])
        axis.setHeight(metrics.height() + 2 * GRID)

    def _add_line(self, value: float, angle: int, color: str) -> None:
        line = self._graph.InfiniteLine(pos=value, angle=angle, pen=self._pen(color))
        line.setZValue(-10)
        self.plot.addItem(line)

    def _add_bar(self, places: dict[str, object], color: str, sure: bool) -> None:
        brush = QColor(color)
        if not sure:
            brush.setAlpha(0)
        bar = self._graph.BarGraphItem(**places, brush=brush, pen=self._pen(color, 1.5))
        self.plot.addItem(bar)

    def _pen(self, color: str | None, width: float = 1) -> Any:
        if color is None:
            return self._graph.mkPen(None)
        return self._graph.mkPen(QColor(color), width=width)
