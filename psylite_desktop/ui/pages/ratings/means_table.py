"""Means of marks as a table: a line for a group, a column for a dimension."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from psylite_desktop.domain.rating import Dimension, Mean, RatingGroup
from psylite_desktop.ui.pages.ratings.mean_bar import MeanBar
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel, breakable

LARGE = 130
"""Zoom in percent from which groups stand below each other."""


class MeansTable(QFrame):
    """A grid of labels; each cell tells a screen reader what its number belongs to."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._theme = theme
        self._groups: Sequence[tuple[str, RatingGroup]] = ()
        self.cells: dict[tuple[str, Dimension], PlainLabel] = {}
        self.bars: dict[Dimension, MeanBar] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        theme.changed.connect(self._on_theme_changed)

    def show_one(self, group: RatingGroup) -> None:
        """One group: a line for a dimension, with a bar."""
        self._clear()
        for line, dimension in enumerate(Dimension):
            mean = group.of(dimension)
            self._grid.addWidget(_label(self._dimension(dimension)), line, 0)
            self.bars[dimension] = MeanBar(self._theme, mean)
            self._grid.addWidget(self.bars[dimension], line, 1)
            self._add_cell(("", dimension), self._dimension(dimension), mean, line, 2)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(2, 2)

    def show_groups(self, groups: Sequence[tuple[str, RatingGroup]]) -> None:
        """Several groups with what they are called: a line for each, or a block in large text."""
        self._clear()
        self._groups = groups
        if self._theme.sizes.zoom > LARGE:
            self._show_blocks(groups)
        else:
            self._show_lines(groups)

    def _show_blocks(self, groups: Sequence[tuple[str, RatingGroup]]) -> None:
        """A group below the other: four columns of large text would run off the side."""
        self._grid.setColumnStretch(1, 1)
        for place, (name, group) in enumerate(groups):
            first = place * (len(Dimension) + 1)
            self._grid.addWidget(_label(breakable(name), "strong"), first, 0, 1, 2)
            for line, dimension in enumerate(Dimension, start=first + 1):
                called = self._dimension(dimension)
                self._grid.addWidget(_label(called), line, 0)
                said = f"{name}, {called}"
                self._add_cell((group.name, dimension), said, group.of(dimension), line, 1)

    def _show_lines(self, groups: Sequence[tuple[str, RatingGroup]]) -> None:
        for column, dimension in enumerate(Dimension, start=1):
            self._grid.addWidget(_label(self._dimension(dimension), "small"), 0, column)
            self._grid.setColumnStretch(column, 2)
        self._grid.setColumnStretch(0, 3)
        for line, (name, group) in enumerate(groups, start=1):
            self._grid.addWidget(_label(breakable(name)), line, 0)
            for column, dimension in enumerate(Dimension, start=1):
                said = f"{name}, {self._dimension(dimension)}"
                self._add_cell((group.name, dimension), said, group.of(dimension), line, column)

    def _add_cell(
        self, key: tuple[str, Dimension], said: str, mean: Mean, line: int, column: int
    ) -> None:
        label = _label(self._number(mean))
        label.setAccessibleName(f"{said}: {label.text()}".replace("\u200b", ""))
        self._grid.addWidget(label, line, column, Qt.AlignmentFlag.AlignVCenter)
        self.cells[key] = label

    def _number(self, mean: Mean) -> str:
        if mean.mean is None:
            return self.tr("no marks")
        number = QLocale().toString(mean.mean, "f", 1)
        said = self.tr("{mean} (n = {count})").format(mean=number, count=mean.count)
        # A narrow cell breaks before the bracket, which a Chinese one does not do by itself.
        return said.replace(" = ", "\u00a0=\u00a0").replace("（", "\u200b（")

    def _dimension(self, dimension: Dimension) -> str:
        match dimension:
            case Dimension.HELPFULNESS:
                return self.tr("Helpful")
            case Dimension.FLUENCY:
                return self.tr("Natural")
            case Dimension.RELEVANCE:
                return self.tr("To the point")
            case Dimension.LOGIC:
                return self.tr("Made sense")

    def _on_theme_changed(self) -> None:
        if self._groups:
            self.show_groups(self._groups)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.cells, self.bars = {}, {}
        self._groups = ()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)


def _label(text: str, role: str = "") -> PlainLabel:
    label = PlainLabel(role)
    label.setText(text)
    return label
