"""The list of pages as a view."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from psylite_desktop.ui.pages.journal.delegate import EntryDelegate
from psylite_desktop.ui.pages.journal.rows import ROW_ROLE, EntriesModel, Row, id_of
from psylite_desktop.ui.theme.switch import ThemeSwitch


class EntriesList(QListView):
    """Speaks of pages by their ids.

    Signals:
        open_requested: A page was chosen with Enter or a double click; carries its id.
        delete_requested: The delete key was pressed.
        selection_changed: Another page, or none, is selected.
        end_reached: The last row came into view.
    """

    open_requested = Signal(int)
    delete_requested = Signal()
    selection_changed = Signal()
    end_reached = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = EntriesModel(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(EntryDelegate(theme, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.activated.connect(self._on_activated)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self.delete_requested)

    @property
    def selected_id(self) -> int:
        """The selected page, 0 for none."""
        indexes = self.selectionModel().selectedIndexes()
        return id_of(indexes[0].data(ROW_ROLE)) if indexes else 0

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

    def _on_activated(self, index: QModelIndex) -> None:
        entry_id = id_of(index.data(ROW_ROLE))
        if entry_id:
            self.open_requested.emit(entry_id)

    def _on_scrolled(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum():
            self.end_reached.emit()
