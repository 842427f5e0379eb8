"""The list view of the history page."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from psylite_desktop.ui.pages.history.delegate import HistoryDelegate
from psylite_desktop.ui.pages.history.model import HistoryModel
from psylite_desktop.ui.pages.history.rows import Row, id_of, is_heading
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.row_list import RowList


class HistoryList(RowList):
    """Shows rows of `rows_model` and speaks of conversations by their ids.

    Signals:
        open_requested: A row was chosen with Enter or a double click; carries the row.
    """

    open_requested = Signal(object)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = HistoryModel(self)
        self.show_model(self.rows_model, HistoryDelegate(theme, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.row_activated.connect(self._on_row_activated)

    @property
    def selected_id(self) -> int:
        """The selected conversation, 0 for none."""
        row = self.selected
        return 0 if row is None else id_of(row)

    @property
    def selected(self) -> Row | None:
        """The selected row."""
        return cast("Row | None", self.selected_row)

    def select(self, conversation_id: int) -> None:
        """Select a conversation, or the first one where it is not listed."""
        at = self.rows_model.row_of(conversation_id)
        if at < 0:
            at = self.rows_model.first_place()
        if at >= 0:
            self.setCurrentIndex(self.rows_model.index(at))

    def edit_title(self) -> None:
        """Edit the title of the selected conversation in place."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(self.currentIndex())

    def _on_row_activated(self, row: object) -> None:
        if not is_heading(row):
            self.open_requested.emit(row)
