"""Results of one scale as a table: date, score, range."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from psylite_desktop.domain.scale import Scale, ScaleRun
from psylite_desktop.ui.pages.scales.shown import band_name, day, points
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID

SHOWN_ROWS = 8
"""Rows in view at once; more are scrolled."""


class RunTable(QTableWidget):
    """Rows are selected whole; Delete asks to delete one, Tab leaves the table.

    Signals:
        delete_requested: The selected result shall be deleted; carries its id.
    """

    delete_requested = Signal(int)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: list[int] = []
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._fit)

    @property
    def selected_id(self) -> int:
        """Id of the selected result; 0 for none."""
        rows = self.selectionModel().selectedRows()
        return self._ids[rows[0].row()] if rows else 0

    def show_runs(self, scale: Scale, runs: Sequence[ScaleRun], *, is_young: bool) -> None:
        """List results, newest first, in the language of now."""
        self._ids = [run.id for run in runs]
        has_one = len(scale.parts) == 1
        heads = [self.tr("Date"), *(part.name for part in scale.parts)]
        if has_one and not is_young:
            heads.append(self.tr("Range"))
        self.clear()
        self.setColumnCount(len(heads))
        self.setRowCount(len(runs))
        self.setHorizontalHeaderLabels(heads)
        for row, run in enumerate(runs):
            cells = [day(run.at)]
            for part in scale.parts:
                name = band_name(part, run, is_young=is_young)
                score = points(part, run)
                if has_one:
                    cells += [score, *([name] if not is_young else [])]
                else:
                    cells.append(f"{score}\n{name}" if name else score)
            for column, text in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(text))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete the selected result."""
        if event.key() == Qt.Key.Key_Delete and self.selected_id:
            self.delete_requested.emit(self.selected_id)
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        """As high as the rows need, up to a bound."""
        self.resizeRowsToContents()
        rows = min(self.rowCount(), SHOWN_ROWS)
        height = sum(self.rowHeight(row) for row in range(rows))
        self.setFixedHeight(height + self.horizontalHeader().sizeHint().height() + GRID)
