"""A list of rows that knows its end, its selection, and the key that deletes."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QWidget

from psylite_desktop.ui.widgets.row_delegate import ROW_ROLE


class RowList(QListView):
    """What is listed is for the model to say, how it looks for the delegate.

    Signals:
        row_activated: A row was chosen with Enter or a double click; carries the row.
        delete_requested: The delete key was pressed.
        selection_changed: Another row, or none, is selected.
        end_reached: The last row came into view.
    """

    row_activated = Signal(object)
    delete_requested = Signal()
    selection_changed = Signal()
    end_reached = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.activated.connect(self._on_activated)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self.delete_requested)

    def show_model(self, model: QAbstractItemModel, delegate: QStyledItemDelegate) -> None:
        """List the rows of a model, painted by a delegate."""
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    @property
    def selected_row(self) -> object:
        """The selected row, None for none."""
        indexes = self.selectionModel().selectedIndexes()
        return indexes[0].data(ROW_ROLE) if indexes else None

    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.row_activated.emit(row)

    def _on_scrolled(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum():
            self.end_reached.emit()
