"""The list of messages: follows new text only at the bottom, works by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QPushButton, QWidget

from psylite_desktop.domain.conversation import Role
from psylite_desktop.services.ratings import is_ratable
from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.dialogs.text_dialog import TextDialog
from psylite_desktop.ui.pages.talk.messages import MessageModel, MessageRow
from psylite_desktop.ui.pages.talk.plain_text import broken
from psylite_desktop.ui.theme.tokens import GRID

NEAR = 24
"""Pixels from the bottom that still count as being there."""


class MessageView(QListView):
    """Shows a `MessageModel`.

    Signals:
        edit_requested: Put a message of the person's back into the editor; carries its id.
        regenerate_requested: Another reply, please.
        rate_requested: Give marks to a reply; carries its id.
        version_requested: Show another version; carries the id of this one, and -1 or 1.
    """

    edit_requested = Signal(int)
    regenerate_requested = Signal()
    rate_requested = Signal(int)
    version_requested = Signal(int, int)

    def __init__(self, messages: MessageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._awaited = 0
        self._follows = True
        self._is_moving = False
        self.setModel(messages)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would change the width of every row.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # The same margin on the other side, so that the column stands under the editor's.
        self.setViewportMargins(self.verticalScrollBar().sizeHint().width(), 0, 0, 0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(False)
        self.new_text = QPushButton(self)
        self.new_text.hide()
        self.new_text.clicked.connect(self.follow)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        # Its room is kept, so that words do not jump; what has nothing to scroll shows no bar.
        bar.rangeChanged.connect(lambda first, last: bar.setEnabled(last > first))
        bar.setEnabled(False)
        bar.rangeChanged.connect(self._on_range_changed)
        messages.modelReset.connect(self._on_reset)
        messages.rowsInserted.connect(self._on_rows_inserted)
        messages.dataChanged.connect(self._on_text_came)
        self.retranslate()

    @property
    def messages(self) -> MessageModel:
        """What is shown."""
        return self._messages

    @property
    def is_following(self) -> bool:
        """Whether new text is scrolled into view."""
        return self._follows

    @Slot()
    def follow(self) -> None:
        """Go to the newest text and stay there."""
        self._follows = True
        self.new_text.hide()
        self._to_bottom()

    @Slot(QModelIndex)
    def await_message(self, message_id: int) -> None:
        """Scroll to a message once the conversation that holds it is shown."""
        self._awaited = message_id

    def _show_message(self, message_id: int) -> bool:
        """Scroll to a message and mark it as current; False where it is not here."""
        row = self._messages.reveal(message_id)
        if row < 0:
            return False
        self._follows = False
        self.doItemsLayout()
        index = self._messages.index(row)
        self._is_moving = True
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._is_moving = False
        return True

    def open_as_text(self, index: QModelIndex) -> None:
        """Show a message in a window of its own, to select and to read aloud."""
        row = self._messages.row_at(index)
        if row is None:
            return
        is_own = row.message.role is Role.USER
        dialog = TextDialog(
            title=self.tr("Your message") if is_own else self.tr("Reply"),
            shown=broken(row.message.text),
            original=row.message.text,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def copy(self, index: QModelIndex) -> None:
        """Copy a message as it was written."""
        row = self._messages.row_at(index)
        if row is not None:
            copy_privately(row.message.text)

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.setAccessibleName(self.tr("Conversation"))
        enter = self.tr("Press Enter on a message to open it as text.")
        arrows = self.tr("Alt with the left or right arrow shows its other versions.")
        self.setAccessibleDescription(f"{enter} {arrows}")
        self.new_text.setText(self.tr("New text below"))
        self._place_button()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change, lay out anew on a font change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the newest text in view and the button in its place."""
        super().resizeEvent(event)
        self._place_button()
        if self._follows:
            self._to_bottom()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the newest message."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._messages.rowCount():
            self._is_moving = True  # taking the focus must not scroll
            self.setCurrentIndex(self._messages.index(self._messages.rowCount() - 1))
            self._is_moving = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a message as text, Ctrl+C copies it, F2 edits one's own, R rates a reply.

        Alt with the arrows to the sides goes through the versions of a message.
        """
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_as_text(index)
        elif index.isValid() and event.matches(QKeySequence.StandardKey.Copy):
            self.copy(index)
        elif index.isValid() and event.key() == Qt.Key.Key_F2:
            self._edit(index)
        elif index.isValid() and event.key() == Qt.Key.Key_R and not event.modifiers():
            self._rate(index)
        elif index.isValid() and _version_step(event):
            self._step_version(index, _version_step(event))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the message under the pointer, or the current one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self._messages.row_at(index) if index.isValid() else None
        if row is not None:
            menu = self._menu(index, row)
            menu.exec(event.globalPos())
            menu.deleteLater()

    def _menu(self, index: QModelIndex, row: MessageRow) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Copy"), lambda: self.copy(index))
        menu.addAction(self.tr("Open as text"), lambda: self.open_as_text(index))
        if row.streaming:
            return menu
        if row.message.role is Role.USER and row.message.id:
            is_last = row.message == self._messages.last(Role.USER)
            words = self.tr("Edit") if is_last else self.tr("Edit, and go on from here")
            menu.addAction(words, lambda: self._edit(index))
        elif row.message == self._messages.last(Role.ASSISTANT):
            menu.addAction(self.tr("Another reply"), self.regenerate_requested.emit)
        if is_ratable(row.message):
            menu.addAction(self.tr("Rate this reply"), lambda: self._rate(index))
        number, count = row.version
        if number > 1:
            menu.addAction(self.tr("Earlier version"), lambda: self._step_version(index, -1))
        if number < count:
            menu.addAction(self.tr("Later version"), lambda: self._step_version(index, 1))
        return menu

    def _step_version(self, index: QModelIndex, step: int) -> None:
        row = self._messages.row_at(index)
        if row is not None and not row.streaming and 1 <= row.version[0] + step <= row.version[1]:
            self.version_requested.emit(row.message.id, step)

    def _rate(self, index: QModelIndex) -> None:
        row = self._messages.row_at(index)
        if row is not None and not row.streaming and is_ratable(row.message):
            self.rate_requested.emit(row.message.id)

    def _edit(self, index: QModelIndex) -> None:
        row = self._messages.row_at(index)
        if row is not None and row.message.role is Role.USER and row.message.id:
            self.edit_requested.emit(row.message.id)

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if self._is_moving:
            return
        bar = self.verticalScrollBar()
        self._follows = value >= bar.maximum() - NEAR
        if self._follows:
            self.new_text.hide()
        if value <= bar.minimum() and bar.maximum() > bar.minimum():
            self._reveal_older()

    @Slot(int, int)
    def _on_range_changed(self, _minimum: int, _maximum: int) -> None:
        if self._follows:
            self._to_bottom()

    @Slot()
    def _on_reset(self) -> None:
        if self._messages.is_empty():
            self.follow()
            return
        awaited, self._awaited = self._awaited, 0
        if not awaited or not self._show_message(awaited):
            self.follow()

    @Slot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, _last: int) -> None:
        if first > 0:
            self._on_text_came()

    @Slot()
    def _on_text_came(self) -> None:
        if not self._follows:
            self._place_button()
            self.new_text.show()
            self.new_text.raise_()

    def _reveal_older(self) -> None:
        """Bring older messages in above, with what is read now staying where it is."""
        bar = self.verticalScrollBar()
        before = bar.maximum()
        self._is_moving = True
        if self._messages.reveal_older():
            self.doItemsLayout()
            bar.setValue(bar.value() + bar.maximum() - before)
        self._is_moving = False

    def _to_bottom(self) -> None:
        self._is_moving = True
        self.scrollToBottom()
        self._is_moving = False

    def _place_button(self) -> None:
        self.new_text.adjustSize()
        left = (self.viewport().width() - self.new_text.width()) // 2
        self.new_text.move(left, self.height() - self.new_text.height() - GRID)


def _version_step(event: QKeyEvent) -> int:
    """-1 or 1 where a key asks for another version, else 0."""
    keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return keys.get(Qt.Key(event.key()), 0) if held == Qt.KeyboardModifier.AltModifier else 0
