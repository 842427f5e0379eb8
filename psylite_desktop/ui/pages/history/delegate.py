"""Rows of the history, whose titles can be edited in place."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QObject, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from psylite_desktop.ui.pages.history.rows import HitRow, is_heading
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.row_delegate import Index, RowDelegate, row_rect


class HistoryDelegate(RowDelegate):
    """A title with a small line under it, two where words were found."""

    def __init__(self, theme: ThemeSwitch, parent: QObject) -> None:
        super().__init__(theme, parent, is_heading=is_heading, lines=_lines)

    def createEditor(
        self, parent: QWidget | None, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A line for the title."""
        edit = QLineEdit(parent)
        edit.setAccessibleName(self.tr("Title of the conversation"))
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the title there is."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the new title over."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The editor takes the row."""
        rect = row_rect(option)
        height = min(editor.sizeHint().height(), rect.height())
        editor.setGeometry(QRect(rect.left(), rect.top(), rect.width(), height))


def _lines(row: object) -> int:
    return 2 if isinstance(row, HitRow) and row.found.snippet else 1
