"""The history page: earlier conversations by day, and a search through every message."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.conversation import Conversation, SearchHit
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.help.wrap_layout import WrapLayout
from psylite_desktop.ui.pages.history.list_view import HistoryList
from psylite_desktop.ui.pages.history.rows import rows_of_conversations, rows_of_hits
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel

PAGE_LENGTH = 50
SEARCH_DELAY_MS = 250
UNDO_S = 8


class HistoryPage(QWidget):
    """Finds, opens, renames and deletes conversations.

    A deleted conversation is hidden at once and deleted for good when the undo line goes.

    Signals:
        open_conversation_requested: A conversation shall be opened in Talk; carries its id.
        conversation_deleted: A conversation is gone for good; carries its id.
        talk_requested: There is nothing yet, and a first conversation shall begin.
        memory_requested: What is remembered of them shall be shown.
        ratings_requested: What was said of replies shall be shown.
    """

    open_conversation_requested = Signal(int)
    conversation_deleted = Signal(int)
    talk_requested = Signal()
    memory_requested = Signal()
    ratings_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = context.session.history
        self._tasks = VaultTasks(context.session.vault, self)
        self._theme = context.app.theme
        self._conversations: list[Conversation] = []
        self._hits: list[SearchHit] = []
        self._has_more = False
        self._hidden = 0
        self.title = PlainLabel("title")
        self.memory = quiet_button()
        self.ratings = quiet_button()
        self.search = QLineEdit()
        self.list = HistoryList(self._theme)
        self.empty = EmptyState()
        self.notice = NoticeBar()
        self.undo = NoticeBar()
        self.open = primary_button()
        self.rename = plain_button()
        self.delete = plain_button()
        self._stack = QStackedWidget()
        self._delay = QTimer(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def reload(self) -> None:
        """Read the newest conversations again."""
        self._tasks.run(
            lambda: self._history.page(limit=PAGE_LENGTH), self._on_loaded, self._on_failed, self
        )

    def leave(self) -> None:
        """Do what the undo line still held back."""
        self._delete_hidden()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was said meanwhile."""
        self.reload()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody can undo what they do not see."""
        self._delete_hidden()
        super().hideEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Earlier conversations"))
        self.memory.setText(self.tr("What I remember"))
        self.ratings.setText(self.tr("How replies did"))
        self.search.setPlaceholderText(self.tr("Search in everything said"))
        self.search.setAccessibleName(self.tr("Search in everything said"))
        self.list.setAccessibleName(self.tr("Conversations"))
        self.open.setText(self.tr("Open"))
        self.rename.setText(self.tr("Rename"))
        self.delete.setText(self.tr("Delete"))
        self._show()

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lead_focus(self, self.search)
        ring = GRID // 2  # room for the focus ring around what stands at the edge
        actions = QHBoxLayout()
        actions.setSpacing(GRID)
        actions.addStretch(1)
        actions.addWidget(self.delete)
        actions.addWidget(self.rename)
        actions.addWidget(self.open)
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
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        ways = WrapLayout()
        ways.addWidget(self.memory)
        ways.addWidget(self.ratings)
        box.addLayout(head)
        box.addLayout(ways)
        box.addWidget(self.search)
        box.addWidget(self.notice)
        box.addWidget(self._stack, 1)
        box.addWidget(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        self._on_theme_changed()

    def _connect(self) -> None:
        self._theme.changed.connect(self._on_theme_changed)
        self.memory.clicked.connect(self.memory_requested)
        self.ratings.clicked.connect(self.ratings_requested)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SEARCH_DELAY_MS)
        self._delay.timeout.connect(self._on_delay_timeout)
        self.search.textEdited.connect(lambda _text: self._delay.start())
        self.search.returnPressed.connect(self._on_delay_timeout)
        self.list.open_requested.connect(self.open_conversation_requested)
        self.list.delete_requested.connect(self._on_delete_clicked)
        self.list.selection_changed.connect(self._on_selection_changed)
        self.list.end_reached.connect(self._on_end_reached)
        self.list.rows_model.rename_requested.connect(self._on_rename_requested)
        self.open.clicked.connect(self._on_open_clicked)
        self.rename.clicked.connect(self._on_rename_clicked)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self.undo.action_requested.connect(self._on_undo_requested)
        self.undo.expired.connect(self._delete_hidden)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.list.setFocus)

    @property
    def _query(self) -> str:
        return self.search.text().strip()

    def _show(self) -> None:
        """List what is known now, and keep the selection where it was."""
        selected = self.list.selected_id
        shown = [c for c in self._conversations if c.id != self._hidden]
        if self._query:
            titles = {conversation.id: conversation.title for conversation in shown}
            hits = [hit for hit in self._hits if hit.conversation_id != self._hidden]
            self.list.rows_model.show_rows(rows_of_hits(hits, titles))
            self.empty.set_texts(self.tr("Nothing found for these words."), self.tr("Show all"))
        else:
            self.list.rows_model.show_rows(rows_of_conversations(shown))
            self.empty.set_texts(
                self.tr("What you talk about will be found here."), self.tr("Talk")
            )
        self._stack.setCurrentIndex(0 if self.list.rows_model.rowCount() else 1)
        self.list.select(selected)
        self._on_selection_changed()

    def _on_theme_changed(self) -> None:
        self._column.setMaximumWidth(self._theme.sizes.column)
        self.list.doItemsLayout()

    def _on_loaded(self, conversations: list[Conversation]) -> None:
        self._conversations = conversations
        self._has_more = len(conversations) == PAGE_LENGTH
        self._show()

    def _on_more_loaded(self, conversations: list[Conversation]) -> None:
        known = {conversation.id for conversation in self._conversations}
        self._conversations += [c for c in conversations if c.id not in known]
        self._has_more = len(conversations) == PAGE_LENGTH
        self._show()

    def _on_end_reached(self) -> None:
        if self._query or not self._has_more:
            return
        self._has_more = False
        offset = len(self._conversations)
        self._tasks.run(
            lambda: self._history.page(limit=PAGE_LENGTH, offset=offset),
            self._on_more_loaded,
            self._on_failed,
            self,
        )

    def _on_delay_timeout(self) -> None:
        self._delay.stop()
        query = self._query
        self._tasks.run(
            lambda: self._history.search(query), self._on_searched, self._on_failed, self
        )

    def _on_searched(self, hits: list[SearchHit]) -> None:
        self._hits = hits
        self._show()

    def _on_selection_changed(self) -> None:
        for button in (self.open, self.rename, self.delete):
            button.setEnabled(self.list.selected_id != 0)
        self.rename.setVisible(not self._query)

    def _on_open_clicked(self) -> None:
        if self.list.selected_id:
            self.open_conversation_requested.emit(self.list.selected_id)

    def _on_rename_clicked(self) -> None:
        self.list.edit_title()

    def _on_rename_requested(self, conversation_id: int, title: str) -> None:
        self._tasks.run(
            lambda: self._history.rename(conversation_id, title),
            lambda _nothing: self.reload(),
            self._on_failed,
            self,
        )

    def _on_delete_clicked(self) -> None:
        selected = self.list.selected_id
        if not selected:
            return
        self._delete_hidden()
        self._hidden = selected
        self._show()
        self.undo.say(self.tr("Deleted."), action=self.tr("Undo"), seconds=UNDO_S)

    def _on_undo_requested(self) -> None:
        brought_back, self._hidden = self._hidden, 0
        self._show()
        self.list.select(brought_back)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete_hidden(self) -> None:
        """Delete for good what is hidden."""
        gone, self._hidden = self._hidden, 0
        self.undo.clear()
        if not gone:
            return
        self._conversations = [c for c in self._conversations if c.id != gone]
        self._hits = [hit for hit in self._hits if hit.conversation_id != gone]
        self._tasks.run(
            lambda: self._history.delete(gone),
            lambda _nothing: self.conversation_deleted.emit(gone),
            self._on_failed,
            self,
        )

    def _on_empty_action_requested(self) -> None:
        if self._query:
            self.search.clear()
            self._show()
        else:
            self.talk_requested.emit()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
