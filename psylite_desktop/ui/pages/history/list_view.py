"""The list view of the history page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from psylite_desktop.ui.pages.history.delegate import HistoryDelegate
from psylite_desktop.ui.pages.history.model import ROW_ROLE, HistoryModel
from psylite_desktop.ui.pages.history.rows import Row, id_of, is_heading
from psylite_desktop.ui.theme.switch import ThemeSwitch


class HistoryList(QListView):
    """Shows rows of `rows_model` and speaks of conversations by their ids.

    Signals:
        open_requested: A row was chosen with Enter or a double click; carries the row.
        delete_requested: The delete key was pressed.
        selection_changed: Another conversation, or none, is selected.
        end_reached: The last row came into view.
    """

    open_requested = Signal(object)
    delete_requested = Signal()
    selection_changed = Signal()
    end_reached = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = HistoryModel(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(HistoryDelegate(theme, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
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
        """The selected conversation, 0 for none."""
        row = self.selected
        return 0 if row is None else id_of(row)

    @property
    def selected(self) -> Row | None:
        """The selected row."""
        indexes = self.selectionModel().selectedIndexes()
        return indexes[0].data(ROW_ROLE) if indexes else None

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

    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None and not is_heading(row):
            self.open_requested.emit(row)

    def _on_scrolled(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum():
            self.end_reached.emit()
