"""The history page: earlier conversations by day and topic, and a search through everything."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDateTime, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.found import FoundGroup
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.history.bin_view import ConversationBin
from psylite_desktop.ui.pages.history.browse_view import BrowseView
from psylite_desktop.ui.pages.history.rows import (
    ConversationRow,
    HitRow,
    id_of,
    local_time,
    rows_of_conversations,
    rows_of_groups,
)
from psylite_desktop.ui.widgets.bin_keeper import BinKeeper
from psylite_desktop.ui.widgets.first_focus import lead_focus

PAGE_LENGTH = 50
SEARCH_DELAY_MS = 250
SORT_DELAY_MS = 300
"""Between two goes at finding out what conversations are about."""


class HistoryPage(QWidget):
    """Finds, opens, renames, exports and deletes conversations, and finds everything else.

    Signals:
        open_conversation_requested: A conversation shall be opened in Talk; carries its id.
        found_requested: A place that was found shall be shown; carries the FoundText.
        export_requested: One conversation shall be exported; carries its id and title.
        conversation_deleted: A conversation lies in the bin; carries its id.
        talk_requested: There is nothing yet, and a first conversation shall begin.
        memory_requested: What is remembered of them shall be shown.
        ratings_requested: What was said of replies shall be shown.
    """

    open_conversation_requested = Signal(int)
    found_requested = Signal(object)
    export_requested = Signal(int, str)
    conversation_deleted = Signal(int)
    talk_requested = Signal()
    memory_requested = Signal()
    ratings_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._session = context.session
        self._tasks = VaultTasks(context.session.vault, self)
        self._conversations: list[Conversation] = []
        self._groups: list[FoundGroup] = []
        self._has_more = False
        self._is_read = False
        self._wanted = 0
        earlier = context.session.earlier
        self.bin = BinKeeper(
            ConversationBin(context.app.theme), earlier, self._tasks, self, erase=earlier.erase
        )
        self.view = BrowseView(context.app.theme, self.bin.undo)
        self.list, self.search, self.topic = self.view.list, self.view.search, self.view.topic
        self.stack = QStackedWidget()
        self._delay = QTimer(self)
        self._sorting = QTimer(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    @Slot()
    def reload(self, select: int = 0) -> None:
        """Read what is listed again, as far as it was read."""
        earlier, topic, lang = self._session.earlier, self.topic.topic, self._lang
        length = max(PAGE_LENGTH, len(self._conversations))
        self._wanted = select or self._wanted

        def on_loaded(found: tuple[list[Conversation], list[tuple[str, str]]]) -> None:
            self._conversations, topics = found
            self._is_read = True
            self._has_more = len(self._conversations) == length
            self.topic.offer(topics)
            self._show()

        self._tasks.run(
            lambda: (earlier.page(topic, limit=length), earlier.topics(lang)),
            on_loaded,
            self._on_failed,
            self,
        )
        if self.view.query:
            self._search()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was said meanwhile, and find out what it was about."""
        super().showEvent(event)
        self._go(self.view)
        self.reload()
        self._sorting.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody can undo what they do not see; the bin has it."""
        super().hideEvent(event)
        self._sorting.stop()
        self.bin.undo.clear()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.view.retranslate()
        self._show()

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lead_focus(self, self.search)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.bin.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.setProperty("role", "page")

    def _connect(self) -> None:
        view, rows = self.view, self.list
        view.memory.clicked.connect(self.memory_requested)
        view.ratings.clicked.connect(self.ratings_requested)
        view.bin.clicked.connect(self.bin.open)
        for timer, pause_ms, act in (
            (self._delay, SEARCH_DELAY_MS, self._search),
            (self._sorting, SORT_DELAY_MS, self._sort),
        ):
            timer.setSingleShot(True)
            timer.setInterval(pause_ms)
            timer.timeout.connect(act)
        self.search.textChanged.connect(lambda _text: self._delay.start())
        self.search.returnPressed.connect(self._search)
        self.topic.chosen.connect(self._on_topic_chosen)
        rows.open_requested.connect(self._on_open_requested)
        rows.delete_requested.connect(self._on_delete_clicked)
        rows.selection_changed.connect(self._on_selection_changed)
        rows.end_reached.connect(self._on_end_reached)
        rows.rows_model.rename_requested.connect(self._on_rename_requested)
        view.open.clicked.connect(self._on_open_clicked)
        view.rename.clicked.connect(rows.edit_title)
        view.export.clicked.connect(self._on_export_clicked)
        view.delete.clicked.connect(self._on_delete_clicked)
        view.empty.action_requested.connect(self._on_empty_action_requested)
        self.bin.opened.connect(self._go)
        self.bin.left.connect(self._on_bin_left)
        self.bin.deleted.connect(self._on_deleted)
        self.bin.restored.connect(self._on_restored)
        self.bin.failed.connect(self._on_failed)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self._on_escape),
        ):
            shortcut = QShortcut(keys, view)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- showing

    def _show(self) -> None:
        """List what is known now, and keep the selection where it was."""
        selected = self._wanted or self.list.selected_id
        self._wanted = 0
        view, is_search = self.view, bool(self.view.query)
        if is_search:
            rows = rows_of_groups(self._groups)
            view.empty.set_texts(self.tr("Nothing found for these words."), self.tr("Show all"))
        else:
            rows = rows_of_conversations(self._conversations, _today())
            view.empty.set_texts(
                self.tr("What you talk about will be found here."), self.tr("Talk")
            )
        self.list.rows_model.show_rows(rows)
        view.topic.setVisible(not is_search and view.topic.count() > 1)
        # Before it was read nobody knows that there is nothing.
        view.show_list(is_there=bool(rows) or not self._is_read)
        if not rows or self.list.selected is None or selected:
            self.list.select(selected)
        self._on_selection_changed()

    @Slot()
    def _search(self) -> None:
        self._delay.stop()
        query, finding, lang = self.view.query, self._session.finding, self._lang
        if not query:
            self._groups = []
            self._show()
            return

        def on_found(groups: list[FoundGroup]) -> None:
            if query == self.view.query:
                self._groups = groups
                self._show()

        self._tasks.run(lambda: finding.find(query, lang), on_found, self._on_failed, self)

    @Slot()
    def _sort(self) -> None:
        """Find out what some more conversations are about, while the page is in view."""
        if self._session.vault.is_read_only:  # what is found out could not be kept
            return
        earlier, lang = self._session.earlier, self._lang

        def on_sorted(found: tuple[bool, list[tuple[str, str]]]) -> None:
            goes_on, topics = found
            if goes_on:
                self.topic.offer(topics)
                self.topic.setVisible(not self.view.query and self.topic.count() > 1)
                if self.isVisible():
                    self._sorting.start()

        self._tasks.run(
            lambda: (earlier.sort_some(), earlier.topics(lang)), on_sorted, self._on_failed, self
        )

    @Slot()
    def _on_end_reached(self) -> None:
        if self.view.query or not self._has_more:
            return
        self._has_more = False
        earlier, topic, offset = self._session.earlier, self.topic.topic, len(self._conversations)

        def on_more(conversations: list[Conversation]) -> None:
            known = {conversation.id for conversation in self._conversations}
            fresh = [c for c in conversations if c.id not in known]
            self._conversations = [*self._conversations, *fresh]
            self._has_more = len(conversations) == PAGE_LENGTH
            self._show()

        self._tasks.run(
            lambda: earlier.page(topic, limit=PAGE_LENGTH, offset=offset),
            on_more,
            self._on_failed,
            self,
        )

    @Slot()
    def _on_selection_changed(self) -> None:
        self.view.offer(
            has_row=self.list.selected is not None,
            has_conversation=self.list.selected_id != 0,
            can_rename=not self.view.query,
        )

    @Slot(str)
    def _on_topic_chosen(self, _topic: str) -> None:
        self._conversations = []
        self.reload()

    # -- doing

    @Slot(object)
    def _on_open_requested(self, row: object) -> None:
        match row:
            case ConversationRow():
                self.open_conversation_requested.emit(row.conversation.id)
            case HitRow():
                self.found_requested.emit(row.found)

    @Slot()
    def _on_open_clicked(self) -> None:
        if self.list.selected is not None:
            self._on_open_requested(self.list.selected)

    @Slot()
    def _on_export_clicked(self) -> None:
        row = self.list.selected
        match row:
            case ConversationRow():
                self.export_requested.emit(row.conversation.id, row.conversation.title)
            case HitRow() if id_of(row):
                self.export_requested.emit(row.found.id, row.found.name)

    @Slot(int, str)
    def _on_rename_requested(self, conversation_id: int, title: str) -> None:
        history = self._session.history
        self._tasks.run(
            lambda: history.rename(conversation_id, title),
            lambda _nothing: self.reload(),
            self._on_failed,
            self,
        )

    @Slot()
    def _on_delete_clicked(self) -> None:
        if self.list.selected_id:
            self.bin.delete(self.list.selected_id)

    @Slot(int)
    def _on_deleted(self, conversation_id: int) -> None:
        self.conversation_deleted.emit(conversation_id)
        self.reload()

    @Slot(int)
    def _on_restored(self, conversation_id: int) -> None:
        self._go(self.view)
        self.reload(select=conversation_id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_bin_left(self) -> None:
        self._go(self.view)
        self.reload()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_empty_action_requested(self) -> None:
        if self.view.query:
            self._clear_search()
        else:
            self.talk_requested.emit()

    @Slot()
    def _on_escape(self) -> None:
        if self.view.query:
            self._clear_search()

    def _clear_search(self) -> None:
        self.search.clear()
        self._search()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QWidget)
    def _go(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        if view is self.bin.view:
            self.bin.view.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _lang(self) -> str:
        return self._app.language.current.value

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self.view.notice.say(error_text(error))


def _today() -> date:
    return local_time(QDateTime.currentSecsSinceEpoch()).date()
