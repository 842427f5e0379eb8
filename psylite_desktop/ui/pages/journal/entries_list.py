"""The list of pages as a view."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.pages.journal.rows import EntriesModel, FoundRow, MonthRow, Row, id_of
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.row_delegate import RowDelegate
from psylite_desktop.ui.widgets.row_list import RowList


class EntriesList(RowList):
    """Speaks of pages by their ids.

    Signals:
        open_requested: A page was chosen with Enter or a double click; carries its id.
    """

    open_requested = Signal(int)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = EntriesModel(self)
        delegate = RowDelegate(
            theme,
            self,
            is_heading=lambda row: isinstance(row, MonthRow),
            lines=lambda row: 2 if isinstance(row, FoundRow) else 1,
        )
        self.show_model(self.rows_model, delegate)
        self.row_activated.connect(self._on_row_activated)

    @property
    def selected_id(self) -> int:
        """The selected page, 0 for none."""
        row = cast("Row | None", self.selected_row)
        return 0 if row is None else id_of(row)

    def show_rows(self, rows: list[Row]) -> None:
        """List these rows; the selection stays where it was, or goes to the first page."""
        if rows == self.rows_model.rows:
            self.doItemsLayout()
            return
        selected = self.selected_id
        self.rows_model.show_rows(rows)
        self.select(selected)

    def select(self, entry_id: int) -> None:
        """Select a page, or the first one where it is not listed."""
        at = self.rows_model.row_of(entry_id)
        if at < 0:
            rows = self.rows_model.rows
            at = next((place for place, row in enumerate(rows) if id_of(row)), -1)
        if at >= 0:
            self.setCurrentIndex(self.rows_model.index(at))
        self.selection_changed.emit()

    def _on_row_activated(self, row: object) -> None:
        entry_id = id_of(cast("Row", row))
        if entry_id:
            self.open_requested.emit(entry_id)
