"""The journal: all pages, one page to write on, its earlier versions, and the bin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.checkin.help_in_view import HelpInView
from psylite_desktop.ui.pages.journal.bin_view import PageBin, erasing
from psylite_desktop.ui.pages.journal.editor_view import EditorView
from psylite_desktop.ui.pages.journal.entries_view import EntriesView
from psylite_desktop.ui.pages.journal.keeper import EntryKeeper
from psylite_desktop.ui.pages.journal.mirror_keeper import MirrorKeeper
from psylite_desktop.ui.pages.journal.prompt_keeper import PromptKeeper
from psylite_desktop.ui.pages.journal.sheet import Kept
from psylite_desktop.ui.pages.journal.version_keeper import VersionKeeper
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.bin_keeper import BinKeeper
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.shelf_view import ShelfView


class JournalPage(QWidget):
    """Needs no engine. Help that comes while somebody writes leaves them the keyboard."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.journal
        self._tasks = VaultTasks(context.session.vault, self)
        self._remembers = False
        self._has_failed = False
        theme = context.app.theme
        self.entries = EntriesView(theme, self._service, self._tasks)
        self.editor = EditorView(theme, guest=context.session.guest)
        self.versions = VersionKeeper(theme, self._service, self._tasks, self)
        self.prompts = PromptKeeper(
            self.editor, self._service, self._tasks, lang=lambda: self._lang, parent=self
        )
        self.mirror = MirrorKeeper(context, self.editor, self._tasks, self)
        self.bin = BinKeeper(
            PageBin(theme), self._service, self._tasks, self, erase=erasing(self._service)
        )
        self.notice = NoticeBar()
        self.stack = QStackedWidget()
        self.keeper = EntryKeeper(
            session=context.session,
            engine=context.app.engine,
            tasks=self._tasks,
            read=self.editor.sheet,
            parent=self,
        )
        self._help_place = QVBoxLayout()
        self.help = HelpInView(
            context,
            self,
            self._help_place,
            tasks=self._tasks,
            is_hearing=lambda: self.keeper.is_hearing,
        )
        self._lay_out()
        self._connect()
        self._name_way_back()
        settings = context.session.vault.settings
        self._tasks.run(settings.load, self.know_settings, self._on_failed, self)

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.help.know_settings(settings)
        self._remembers = settings.on_this_day
        self._remember()

    def leave(self) -> None:
        """Keep what is not kept yet, and take the cover away."""
        self.keeper.leave()
        self.help.close()

    def open_entry(self, entry_id: int) -> None:
        """Open one page, also from another screen."""
        service = self._service
        self._tasks.run(lambda: service.entry(entry_id), self._on_opened, self._on_failed, self)

    @Slot()
    def open_new(self) -> None:
        """Open an empty page of today."""
        self._show_page(None)

    # -- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep help within its room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what may be another one meanwhile."""
        super().showEvent(event)
        self.help.page_shown()
        self.entries.reload()
        self._remember()
        self._offer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keyboard on. A proxy would catch Tab before it reaches the title."""
        super().focusInEvent(event)
        self._take_keyboard()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page may come: keep everything, and take away what covers the window."""
        self.keeper.hear()
        self.keeper.save()
        self.bin.undo.clear()
        self.help.page_hidden()
        super().hideEvent(event)

    # -- opening and leaving a page

    def _on_opened(self, entry: JournalEntry | None) -> None:
        if entry is None:
            self.entries.reload()
        else:
            self._show_page(entry)

    def _show_page(self, entry: JournalEntry | None) -> None:
        self.keeper.close()
        self.bin.undo.clear()
        self.editor.editor.use_language(self._lang)
        self._show(entry)
        self.keeper.begin(entry)
        self._offer()
        self._go(self.editor)

    def _show(self, entry: JournalEntry | None) -> None:
        prompt = self.prompts.find(entry.prompt_id) if entry is not None else None
        today = self._service.today().isoformat()
        self.editor.show_entry(entry, today=today, prompt=prompt)

    @Slot()
    def _on_back_requested(self) -> None:
        """From the page to all pages."""
        entry = self.keeper.entry
        self.keeper.close()
        self._go(self.entries)
        self.entries.reload()
        self._remember()
        self.entries.take_keyboard(entry.id if entry is not None else 0)

    @Slot()
    def _on_find_requested(self) -> None:
        if self.stack.currentWidget() is self.editor:
            self._on_back_requested()
        self._go(self.entries)
        self.entries.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.entries.search.selectAll()

    @Slot()
    def _on_list_escape(self) -> None:
        if self.entries.query:
            self.entries.clear_search()
            self.entries.take_keyboard()

    @Slot()
    def _on_prompt_changed(self) -> None:
        self.notice.clear()
        self.keeper.note_change()
        self._offer()
        self._take_keyboard()

    @Slot()
    def _on_prompts_run_out(self) -> None:
        if self._service.state().level < Level.CRISIS:
            self.notice.say(self.tr("No other prompt for now; the page is free."))

    # -- earlier versions, deleting

    @Slot()
    def _on_versions_requested(self) -> None:
        if self.keeper.entry is not None:
            self.keeper.save()
            self.versions.open(self.keeper.entry.id)

    @Slot(JournalEntry)
    def _on_taken_back(self, entry: JournalEntry) -> None:
        if self.keeper.entry is not None and self.keeper.entry.id == entry.id:
            self._show(entry)
            self.keeper.take(entry)
            self._go(self.editor)

    @Slot()
    def _on_versions_left(self) -> None:
        self._go(self.editor)

    @Slot()
    def _on_delete_requested(self) -> None:
        """From the page itself."""
        if self.editor.sheet().is_blank and self.keeper.entry is None:
            self._on_back_requested()
            return
        self.keeper.delete(self.bin.offer_undo)
        self._go(self.entries)

    @Slot()
    def _on_deleted(self) -> None:
        self.entries.reload()

    @Slot(int)
    def _on_restored(self, entry_id: int) -> None:
        self._go(self.entries)
        self.entries.reload(select=entry_id)

    # -- help

    @Slot(str, Assessment, RiskState)
    def _on_assessed(self, words: str, assessment: Assessment, state: RiskState) -> None:
        """Bring help into view; who is writing goes on writing, unless it covers the window."""
        focused = QApplication.focusWidget()
        is_writing = focused is not None and self.isAncestorOf(focused)
        self.help.take(words, assessment, state)
        if self.help.crisis.surface is Surface.CARD and is_writing and focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
            self.help.crisis.tell_of_key()
        self._offer()

    @Slot()
    def _on_heard(self) -> None:
        self.help.corrector.release()
        self._offer()

    @Slot()
    def _on_help_closed(self) -> None:
        self._take_keyboard()

    @Slot(RiskState)
    def _on_corrected(self, state: RiskState) -> None:
        self.keeper.note_corrected(state)
        self._offer()

    @Slot()
    def _on_mirror_requested(self) -> None:
        self.keeper.save()
        self.mirror.look(self.keeper.entry)

    # -- parts

    @property
    def _lang(self) -> str:
        return self._app.language.current.value

    @Slot()
    def _offer(self) -> None:
        """Offer what makes sense for the page as it stands."""
        self.editor.offer(
            look=self.mirror.may_look(self.keeper.entry),
            versions=self.keeper.entry is not None,
            prompt=max(self._service.state().level, self.help.crisis.told_level) < Level.CRISIS,
        )

    @Slot(bool)
    def _on_lock_requested(self, locked: bool) -> None:
        self.keeper.lock(locked=locked)
        self._offer()

    @Slot(Kept)
    def _on_kept(self, kept: Kept) -> None:
        self.editor.show_kept(kept)
        if kept is Kept.SAVED and self._has_failed:
            self._has_failed = False
            self.notice.clear()

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        """What was written still stands in the window."""
        self._has_failed = True
        self.notice.say(error_text(error))

    def _remember(self) -> None:
        """Offer pages of this day in earlier years, where the person wants that."""
        service = self._service
        if self._remembers:
            self._tasks.run(service.on_this_day, self.entries.show_memories, self._on_failed, self)
        else:
            self.entries.show_memories([])

    def _retranslate(self) -> None:
        """Say what is in view in the other language; what was written stays as it is."""
        self.entries.retranslate()
        self.prompts.retranslate()
        self._name_way_back()
        self.help.crisis.refresh()

    def _name_way_back(self) -> None:
        self.help.crisis.card.call_way_back(
            self.tr("Back to your page; help stays in view"),
            key=self.tr("F6 leads here, and back to your page."),
        )

    def _take_keyboard(self) -> None:
        if not self.isVisible() or self.help.crisis.surface is Surface.COVER:
            return
        view = self.stack.currentWidget()
        if isinstance(view, EntriesView | EditorView | ShelfView):
            view.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QWidget)
    def _go(self, view: QWidget) -> None:
        if self.stack.currentWidget() is not view:
            self.notice.clear()
            self.stack.setCurrentWidget(view)
        self._take_keyboard()

    @Slot()
    def _fit(self) -> None:
        width = self._app.theme.sizes.column
        for part in (self.notice, self.bin.undo):
            part.setMaximumWidth(width)
        self.help.fit()

    def _lay_out(self) -> None:
        for view in (self.entries, self.editor, self.versions.view, self.bin.view):
            self.stack.addWidget(view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, GRID)
        box.setSpacing(0)
        self._help_place.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        box.addLayout(self._help_place)
        box.addLayout(centred(self.notice))
        box.addWidget(self.stack, 1)
        box.addLayout(centred(self.bin.undo))
        self.setProperty("role", "page")

    def _connect(self) -> None:
        entries, editor, keeper = self.entries, self.editor, self.keeper
        entries.new_requested.connect(self.open_new)
        entries.open_requested.connect(self.open_entry)
        entries.delete_requested.connect(self.bin.delete)
        entries.bin_requested.connect(self.bin.open)
        entries.failed.connect(self._on_failed)
        editor.edited.connect(self._on_edited)
        editor.editor.typing.connect(keeper.note_typing)
        editor.back_requested.connect(self._on_back_requested)
        editor.lock_requested.connect(self._on_lock_requested)
        editor.versions_requested.connect(self._on_versions_requested)
        editor.delete_requested.connect(self._on_delete_requested)
        editor.mirror_requested.connect(self._on_mirror_requested)
        self.prompts.changed.connect(self._on_prompt_changed)
        self.prompts.run_out.connect(self._on_prompts_run_out)
        self.prompts.failed.connect(self._on_failed)
        self.versions.opened.connect(self._go)
        self.versions.left.connect(self._on_versions_left)
        self.versions.taken_back.connect(self._on_taken_back)
        self.versions.failed.connect(self._on_failed)
        self.mirror.failed.connect(self._on_failed)
        self.bin.opened.connect(self._go)
        self.bin.left.connect(self._on_bin_left)
        self.bin.deleted.connect(self._on_deleted)
        self.bin.restored.connect(self._on_restored)
        self.bin.failed.connect(self._on_failed)
        keeper.kept.connect(self._on_kept)
        keeper.changed.connect(self._offer)
        keeper.assessed.connect(self._on_assessed)
        keeper.failed.connect(self._on_failed)
        keeper.heard.connect(self._on_heard)
        self.help.closed.connect(self._on_help_closed)
        self.help.corrector.corrected.connect(self._on_corrected)
        self._app.theme.changed.connect(self._fit)
        for keys, owner, act in (
            ("Ctrl+N", self, self.open_new),
            ("Ctrl+F", self, self._on_find_requested),
            ("Escape", self.entries, self._on_list_escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @Slot()
    def _on_edited(self) -> None:
        self.keeper.note_change(ends_sentence=self.editor.editor.ends_sentence)

    @Slot()
    def _on_bin_left(self) -> None:
        self._go(self.entries)
        self.entries.reload()
