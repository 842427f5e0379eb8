"""What stands on the history page: ways, search, topics, the list, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.ui.pages.history.list_view import HistoryList
from psylite_desktop.ui.pages.history.topic_box import TopicBox
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

SIDE_BY_SIDE = 560
"""Pixels at 100 % from which search and topics have room for all their words."""


class BrowseView(QWidget):
    """The parts in their places; what they do is the page's."""

    def __init__(self, theme: ThemeSwitch, undo: NoticeBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = PlainLabel("title")
        self.memory = quiet_button()
        self.ratings = quiet_button()
        self.bin = quiet_button()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.topic = TopicBox()
        self.list = HistoryList(theme)
        self.empty = EmptyState()
        self.notice = NoticeBar()
        self.undo = undo
        self.open = primary_button()
        self.rename = plain_button()
        self.export = plain_button()
        self.delete = plain_button()
        self._stack = QStackedWidget()
        self._lay_out()
        theme.changed.connect(self._on_theme_changed)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.list.setFocus)

    @property
    def query(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def show_list(self, *, is_there: bool) -> None:
        """Show the list, or what stands in its place when it is empty."""
        self._stack.setCurrentIndex(0 if is_there else 1)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Earlier"))
        self.memory.setText(self.tr("What I remember"))
        self.ratings.setText(self.tr("How replies did"))
        self.bin.setText(self.tr("Deleted conversations"))
        self.search.setPlaceholderText(self.tr("Search in all you wrote"))
        self.search.setAccessibleName(self.tr("Search in all you wrote"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self.open.setText(self.tr("Open"))
        self.rename.setText(self.tr("Rename"))
        self.export.setText(self.tr("Export…"))
        self.delete.setText(self.tr("Delete"))
        self.list.rows_model.retranslate()

    def offer(self, *, has_row: bool, has_conversation: bool, can_rename: bool) -> None:
        """Offer what makes sense for the row that is selected."""
        self.open.setEnabled(has_row)
        self.export.setEnabled(has_conversation)
        self.delete.setEnabled(has_conversation)
        self.rename.setEnabled(has_conversation)
        self.rename.setVisible(can_rename)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The topics take less room where the search would have none for its words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self._column.width() < self._theme.sizes.px(SIDE_BY_SIDE)
        self.topic.fold(is_narrow=is_narrow)

    def _lay_out(self) -> None:
        ring = GRID // 2  # room for the focus ring around what stands at the edge
        actions = WrapLayout()
        for button in (self.open, self.rename, self.export, self.delete):
            actions.addWidget(button)
        found = QWidget()
        inside = QVBoxLayout(found)
        inside.setContentsMargins(ring, ring, ring, ring)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.list, 1)
        inside.addLayout(actions)
        self._stack.addWidget(found)
        self._stack.addWidget(self.empty)
        self._column = QWidget()
        box = QVBoxLayout(self._column)
        box.setContentsMargins(ring, ring, ring, ring)
        box.setSpacing(2 * GRID)
        ways = WrapLayout()
        for button in (self.memory, self.ratings, self.bin):
            ways.addWidget(button)
        asked = QHBoxLayout()
        asked.setSpacing(GRID)
        asked.addWidget(self.search, 1)
        asked.addWidget(self.topic)
        box.addWidget(self.title)
        box.addLayout(ways)
        box.addLayout(asked)
        box.addWidget(self.notice)
        box.addWidget(self._stack, 1)
        box.addWidget(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._column.setMaximumWidth(self._theme.sizes.column)
        self.list.doItemsLayout()
        self._fit()
