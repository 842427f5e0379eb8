"""A chart as a table: the same numbers, cell by cell, for keyboards and screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID

SHOWN_ROWS = 8
"""Rows in view at once; more are scrolled."""
_MEASURED = 60
"""Rows that the width of a column is taken from: ten years are not read for it."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class ChartRows:
    """Heads of the columns and the rows, all as they are shown."""

    heads: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()


class ChartTableModel(QAbstractTableModel):
    """Every cell tells a screen reader which column it is of."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = ChartRows()

    def show_rows(self, rows: ChartRows) -> None:
        """Hold other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Rows of the table."""
        return 0 if parent.isValid() else len(self._rows.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Columns of the table."""
        return 0 if parent.isValid() else len(self._rows.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Text of a cell, and what is said of it."""
        if not index.isValid():
            return None
        text = self._rows.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._rows.heads[index.column()]}: {text}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """Heads of the columns."""
        is_head = orientation == Qt.Orientation.Horizontal and section < len(self._rows.heads)
        if is_head and role == Qt.ItemDataRole.DisplayRole:
            return self._rows.heads[section]
        return None


class ChartTable(QTableView):
    """Arrows move over cells, Tab leaves the table."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = ChartTableModel(self)
        self.setModel(self._rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(_MEASURED)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._fit)

    def show_rows(self, rows: ChartRows) -> None:
        """List these rows and stand on the first cell."""
        self._rows.show_rows(rows)
        if rows.rows:
            self.setCurrentIndex(self._rows.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        """As high as the rows need, up to a bound; rows of thousands of days are all alike."""
        line = self.fontMetrics().height() + 2 * GRID
        self.verticalHeader().setDefaultSectionSize(line)
        rows = min(self._rows.rowCount(), SHOWN_ROWS)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(rows * line + self.horizontalHeader().sizeHint().height() + bar)
