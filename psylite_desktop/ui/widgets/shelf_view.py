"""A list at the side and the words of what is chosen: earlier versions, and deleted pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

BESIDE = 44
"""Letters' widths from which list and words stand side by side."""


class ShelfView(QWidget):
    """What both have in common; a subclass says what is listed and what the buttons do.

    Signals:
        back_requested: Back to where the person came from.
        chosen_requested: The main button; carries the place in the list.
    """

    back_requested = Signal()
    chosen_requested = Signal(int)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: list[str] = []
        self.back = BackButton(theme)
        self.title = PlainLabel("title")
        self.lead = Paragraph(muted=True)
        self.list = QListWidget()
        self.list.setWordWrap(True)  # a long name takes two lines, not a bar to scroll sideways
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.choose: QPushButton = primary_button()
        self.drop: QPushButton = plain_button()
        self.drop_all: QPushButton = quiet_button()
        self.sure = NoticeBar()
        self.empty = EmptyState()
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.back.clicked.connect(self.back_requested)
        self.empty.action_requested.connect(self.back_requested)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.list.activated.connect(self._on_choose_clicked)
        theme.changed.connect(self._arrange)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def place(self) -> int:
        """The place in the list that is chosen, -1 for none."""
        return self.list.currentRow()

    def first(self) -> QWidget:
        """Where the keyboard belongs when the view comes."""
        return self.list if self._texts else self.empty.action

    def show_items(self, items: Sequence[tuple[str, str]]) -> None:
        """List names with the words behind them; the choice stays where it was."""
        place = max(self.place, 0)
        self._texts = [text for _name, text in items]
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([name for name, _text in items])
        self.list.blockSignals(False)
        self.sure.clear()
        self.empty.setVisible(not items)
        for part in (self.list, self.words, self.choose, self.drop, self.drop_all, self.lead):
            part.setVisible(bool(items))
        if items:
            self.list.setCurrentRow(min(place, len(items) - 1))
        self._on_row_changed(self.place)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def retranslate(self) -> None:
        """Set all texts anew."""
        raise NotImplementedError

    @Slot(int)
    def _on_row_changed(self, place: int) -> None:
        self.words.setPlainText(self._texts[place] if 0 <= place < len(self._texts) else "")

    @Slot()
    def _on_choose_clicked(self) -> None:
        if self.place >= 0:
            self.chosen_requested.emit(self.place)

    @Slot()
    def _arrange(self) -> None:
        sizes = self._theme.sizes
        is_wide = self.width() >= sizes.text * BESIDE
        direction = QBoxLayout.Direction
        self._split.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        self._column.setMaximumWidth(round(sizes.column * 1.4))

    def _lay_out(self) -> None:
        ring = GRID // 2
        ways = WrapLayout()
        for button in (self.choose, self.drop, self.drop_all):
            ways.addWidget(button)
        self._split.setSpacing(2 * GRID)
        self._split.addWidget(self.list, 2)
        self._split.addWidget(self.words, 3)
        self._column = QWidget()
        inside = QVBoxLayout(self._column)
        inside.setContentsMargins(ring, ring, ring, ring)
        inside.setSpacing(2 * GRID)
        inside.addWidget(self.title)
        inside.addWidget(self.lead)
        inside.addLayout(self._split, 1)
        inside.addWidget(self.sure)
        inside.addLayout(ways)
        inside.addWidget(self.empty, 1)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(0)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(row, 1)
        self._arrange()
