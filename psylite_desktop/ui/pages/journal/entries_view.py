"""All pages, month by month, with a field to find one by a word."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import JournalEntry, JournalHit
from psylite_desktop.services.journal import PAGE, JournalService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.journal.entries_list import EntriesList
from psylite_desktop.ui.pages.journal.rows import FoundRow, rows_of_entries
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

SEARCH_DELAY_MS = 250


class EntriesView(QWidget):
    """Finds pages; what happens to one of them is the page's matter.

    Signals:
        new_requested: A new page shall be written.
        open_requested: A page shall be opened; carries its id.
        delete_requested: A page shall go into the bin; carries its id.
        bin_requested: What was deleted shall be shown.
        failed: The vault could not be read; carries the error.
    """

    new_requested = Signal()
    open_requested = Signal(int)
    delete_requested = Signal(int)
    bin_requested = Signal()
    failed = Signal(PsyLiteError)

    def __init__(
        self,
        theme: ThemeSwitch,
        service: JournalService,
        tasks: VaultTasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._service = service
        self._tasks = tasks
        self._entries: list[JournalEntry] = []
        self._hits: list[JournalHit] | None = None
        self._memories: list[JournalEntry] = []
        self._has_more = False
        self._is_known = False
        self._wanted = 0
        self.title = PlainLabel("title")
        self.new = primary_button()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.memory = NoticeBar()
        self.list = EntriesList(theme)
        self.empty = EmptyState()
        self.bin = quiet_button()
        self.delete = plain_button()
        self.open = plain_button()
        self._stack = QStackedWidget()
        self._delay = QTimer(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def query(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    @property
    def is_known(self) -> bool:
        """Whether the pages were read."""
        return self._is_known

    def reload(self, *, select: int = 0) -> None:
        """Read the newest pages again, and what the search finds now; `select` takes a page."""
        service = self._service
        self._wanted = select
        wanted = max(len(self._entries), PAGE)
        self._tasks.run(
            lambda: service.entries(limit=wanted), self._on_loaded, self.failed.emit, self
        )
        if self.query:
            self._on_delay_timeout()

    def show_memories(self, entries: list[JournalEntry]) -> None:
        """Offer pages of this day in earlier years; the newest of them first."""
        self._memories = entries
        self._offer_memory()

    def take_keyboard(self, entry_id: int = 0) -> None:
        """Give the keyboard to a page of the list, else to where a new one begins."""
        if entry_id and self.list.rows_model.row_of(entry_id) >= 0:
            self.list.select(entry_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """Where the keyboard belongs when the view comes: where a page begins."""
        return self.new if self.new.isVisibleTo(self) else self.empty.action

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Journal"))
        self.new.setText(self.tr("New page"))
        self.new.setToolTip(self.tr("New page (Ctrl+N)"))
        self.search.setPlaceholderText(self.tr("Search in your pages"))
        self.search.setAccessibleName(self.tr("Search in your pages"))
        self.list.setAccessibleName(self.tr("Your pages"))
        self.bin.setText(self.tr("Deleted pages"))
        self.delete.setText(self.tr("Delete"))
        self.open.setText(self.tr("Open"))
        self._offer_memory()
        self._show()

    def _show(self) -> None:
        if self._hits is not None:
            self.list.show_rows([FoundRow(hit) for hit in self._hits])
            self.empty.set_texts(self.tr("Nothing found for these words."), self.tr("Show all"))
        else:
            self.list.show_rows(rows_of_entries(self._entries))
            self.empty.set_texts(
                self.tr("Nothing written yet. A page can be one line long."),
                self.tr("Write a first page"),
            )
        has_rows = self.list.rows_model.rowCount() > 0
        self._stack.setCurrentIndex(0 if has_rows or not self._is_known else 1)
        is_new_here = self._is_known and not has_rows and self._hits is None
        had_keyboard = self.new.hasFocus()
        for part in (self.new, self.search):  # one thing to do where there is nothing yet
            part.setVisible(not is_new_here)
        for button in (self.open, self.delete):
            button.setVisible(has_rows)
        if is_new_here and had_keyboard:
            self.empty.action.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_selection_changed()
        if self._wanted and self.list.rows_model.row_of(self._wanted) >= 0:
            wanted, self._wanted = self._wanted, 0
            self.take_keyboard(wanted)

    def _offer_memory(self) -> None:
        if not self._memories:
            self.memory.clear()
            return
        entry = self._memories[0]
        said = self.tr("On this day in {year}: {words}")
        words = self.list.rows_model.title_of(entry)
        self.memory.say(said.format(year=entry.day[:4], words=words), action=self.tr("Open it"))

    def _on_loaded(self, entries: list[JournalEntry]) -> None:
        self._is_known = True
        self._has_more = len(entries) >= max(len(self._entries), PAGE)
        self._entries = entries
        self._show()

    def _on_more_loaded(self, entries: list[JournalEntry]) -> None:
        known = {entry.id for entry in self._entries}
        self._entries = [*self._entries, *(one for one in entries if one.id not in known)]
        self._has_more = len(entries) == PAGE
        self._show()

    @Slot()
    def _on_end_reached(self) -> None:
        if self._hits is not None or not self._has_more:
            return
        self._has_more = False
        service, offset = self._service, len(self._entries)
        self._tasks.run(
            lambda: service.entries(limit=PAGE, offset=offset),
            self._on_more_loaded,
            self.failed.emit,
            self,
        )

    @Slot()
    def _on_delay_timeout(self) -> None:
        self._delay.stop()
        query, service = self.query, self._service
        if not query:
            self._hits = None
            self._show()
            return

        def on_searched(hits: list[JournalHit]) -> None:
            if query == self.query:
                self._hits = hits
                self._show()

        self._tasks.run(lambda: service.search(query), on_searched, self.failed.emit, self)

    @Slot()
    def _on_selection_changed(self) -> None:
        for button in (self.open, self.delete):
            button.setEnabled(self.list.selected_id != 0)

    @Slot()
    def _on_return_pressed(self) -> None:
        self._on_delay_timeout()
        self._enter_list()

    @Slot()
    def _enter_list(self) -> None:
        if self._stack.currentIndex() == 0:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear_search(self) -> None:
        """Show all pages."""
        self.search.clear()
        self._on_delay_timeout()

    @Slot()
    def _on_open_clicked(self) -> None:
        if self.list.selected_id:
            self.open_requested.emit(self.list.selected_id)

    @Slot()
    def _on_delete_clicked(self) -> None:
        if self.list.selected_id:
            self.delete_requested.emit(self.list.selected_id)

    @Slot()
    def _on_empty_action_requested(self) -> None:
        if self._hits is not None:
            self.clear_search()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new_requested.emit()

    @Slot()
    def _on_memory_requested(self) -> None:
        if self._memories:
            self.open_requested.emit(self._memories[0].id)

    @Slot()
    def _fit(self) -> None:
        self._column.setMaximumWidth(self._theme.sizes.column)
        self.list.doItemsLayout()

    def _lay_out(self) -> None:
        ring = GRID // 2  # room for the focus ring around what stands at the edge
        ways = WrapLayout()
        for button in (self.open, self.delete, self.bin):
            ways.addWidget(button)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.new)
        self._column = QWidget()
        box = QVBoxLayout(self._column)
        box.setContentsMargins(ring, ring, ring, ring)
        box.setSpacing(2 * GRID)
        box.addLayout(head)
        box.addWidget(self.search)
        box.addWidget(self.memory)
        box.addWidget(self._stack, 1)
        box.addLayout(ways)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, GRID)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        self._fit()

    def _connect(self) -> None:
        self._theme.changed.connect(self._fit)
        self._delay.setSingleShot(True)
        self._delay.setInterval(SEARCH_DELAY_MS)
        self._delay.timeout.connect(self._on_delay_timeout)
        self.search.textChanged.connect(lambda _text: self._delay.start())
        self.search.returnPressed.connect(self._on_return_pressed)
        self.new.clicked.connect(self.new_requested)
        self.list.open_requested.connect(self.open_requested)
        self.list.delete_requested.connect(self._on_delete_clicked)
        self.list.selection_changed.connect(self._on_selection_changed)
        self.list.end_reached.connect(self._on_end_reached)
        self.memory.action_requested.connect(self._on_memory_requested)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self.bin.clicked.connect(self.bin_requested)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.open.clicked.connect(self._on_open_clicked)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._enter_list)
