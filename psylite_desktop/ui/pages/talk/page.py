"""The Talk page: puts the parts together and passes on what they ask for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import (
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.chat_events import Finished, Progressed
from psylite_desktop.domain.conversation import Role
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.clock import Clock
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.beside_reply import BesideReply
from psylite_desktop.ui.pages.talk.bubble import BubbleDelegate
from psylite_desktop.ui.pages.talk.bubble_layout import column_width
from psylite_desktop.ui.pages.talk.closer import TalkCloser
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.pages.talk.composer import Composer
from psylite_desktop.ui.pages.talk.crisis_surfaces import CrisisSurfaces, Surface
from psylite_desktop.ui.pages.talk.disclosure import Disclosure
from psylite_desktop.ui.pages.talk.drafts import DraftKeeper
from psylite_desktop.ui.pages.talk.message_view import MessageView
from psylite_desktop.ui.pages.talk.model_name import model_name
from psylite_desktop.ui.pages.talk.off_the_record import OffTheRecordBar
from psylite_desktop.ui.pages.talk.opening import OpeningView
from psylite_desktop.ui.pages.talk.presenter import TalkPresenter
from psylite_desktop.ui.pages.talk.reading_ahead import ReadingAhead
from psylite_desktop.ui.pages.talk.reminders import TalkReminders
from psylite_desktop.ui.pages.talk.status_line import StatusLine
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import OneLine

PLACE = "talk"
"""Name the unsent text of this page is stored under."""


class TalkPage(QWidget):
    """A conversation with help always in reach."""

    def __init__(
        self, context: PageContext, parent: QWidget | None = None, *, clock: Clock | None = None
    ) -> None:
        super().__init__(parent)
        self._app = context.app
        self._screening = context.session.screening
        tasks = self._tasks = VaultTasks(context.session.vault, self)
        self.presenter = TalkPresenter(
            session=context.session,
            engine=context.app.engine,
            bridge=context.app.chat_bridge,
            tasks=tasks,
            model_name=lambda: model_name(context.app),
            parent=self,
        )
        self.title = OneLine("heading")
        self.new = IconButton(context.app.theme, "add")
        self.record = OffTheRecordBar()
        self.disclosure = Disclosure()
        self.view = MessageView(self.presenter.messages)
        self.delegate = BubbleDelegate(context.app.theme, context.app.language, self.view)
        self.view.setItemDelegate(self.delegate)
        self.opening = OpeningView()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.composer = Composer()
        typed = self.composer.text
        self.beside = BesideReply(context, tasks, self.view, is_typing=lambda: bool(typed()))
        self.drafts = DraftKeeper(
            place=PLACE,
            store=context.session.vault.drafts,
            tasks=tasks,
            read=self.composer.text,
            parent=self,
        )
        self.closer = TalkCloser(
            session=context.session,
            engine=context.app.engine,
            tasks=tasks,
            presenter=self.presenter,
            gives_way=(self.composer, self.status),
            parent=self,
        )
        self.reminders = TalkReminders(
            session=context.session,
            presenter=self.presenter,
            offer=self.closer.offer,
            say_facts=self.disclosure.say_facts,
            may_speak=lambda: not self.composer.text() and not self.closer.is_open,
            clock=clock or Clock(),
            parent=self,
        )
        self.ahead = ReadingAhead(context, self.presenter, self.composer, self)
        self._help_place = QVBoxLayout()
        self.crisis = CrisisSurfaces(
            context.app, self, self._help_place, evidence=self.presenter.corrector.evidence
        )
        self._lay_out()
        self._connect()
        self._begin(context)

    def _begin(self, context: PageContext) -> None:
        """What this is comes first, then what was left here."""
        self.retranslate()
        self.disclosure.say_facts()
        self.crisis.resume(context.session.screening.state)
        settings = context.session.vault.settings
        self._tasks.run(settings.load, self.know_settings, self._on_settings_failed, self)
        self.drafts.restore()
        self.presenter.open_newest()

    def open_conversation(self, conversation_id: int) -> None:
        """Open a stored conversation."""
        self._end_talk()
        self.presenter.open_conversation(conversation_id)

    def open_message(self, conversation_id: int, message_id: int) -> None:
        """Open a stored conversation where a message stands."""
        self.view.await_message(message_id)
        self.open_conversation(conversation_id)

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.crisis.know_age(settings.age_band)
        self.opening.length.show_minutes(settings.session_minutes)
        self.reminders.set_minutes(settings.session_minutes)

    def forget_conversation(self, conversation_id: int) -> None:
        """Start afresh where the open conversation is gone."""
        if self.presenter.conversation_id == conversation_id:
            self._end_talk()
            self.presenter.begin_new()

    def leave(self) -> None:
        """Stop the reply, keep the draft, take the cover away."""
        self.presenter.stop()
        self.drafts.save()
        self.crisis.close()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.new.set_name(self.tr("New conversation"))
        self.presenter.messages.retranslate()
        self._show_title()
        self.closer.retranslate()
        self.crisis.refresh()

    def _on_settings_failed(self, _error: PsyLiteError) -> None:
        """Help for everybody is shown; it needs no settings."""

    # -- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred and help within its room."""
        super().resizeEvent(event)
        self._fit()
        self.crisis.set_room(self.height())
        self.beside.set_room(self.height())
        self.closer.set_room(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Bring a cover back, and help that another page has brought into view."""
        super().showEvent(event)
        if self.crisis.surface is Surface.NONE:
            self.crisis.resume(self._screening.state)
        self.crisis.page_shown()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft; another page may come."""
        self.drafts.save()
        self.crisis.page_hidden()
        super().hideEvent(event)

    # -- what the person does

    @Slot()
    def _on_send_requested(self) -> None:
        if self.presenter.send(self.composer.text(), self.composer.replaces):
            self.beside.clear()
            self.status.show_sending()
            self.view.follow()

    @Slot()
    def _on_stop_requested(self) -> None:
        if self.closer.is_open:
            self.closer.back()
        elif self.presenter.is_busy:
            self.presenter.stop()
        else:
            self.composer.end_edit(was_sent=False)

    @Slot()
    @Slot(int)
    def _on_edit_requested(self, message_id: int = 0) -> None:
        messages = self.presenter.messages
        message = messages.by_id(message_id) if message_id else messages.last(Role.USER)
        if message is not None and message.id and not self.presenter.is_busy:
            self.composer.begin_edit(message.id, message.text)

    @Slot()
    def _on_regenerate_requested(self) -> None:
        self.beside.clear()
        self.presenter.regenerate()

    @Slot()
    def _on_bring_back_requested(self) -> None:
        self.beside.clear()
        self.presenter.bring_back()

    @Slot(int, int)
    def _on_version_requested(self, message_id: int, step: int) -> None:
        if key := self.presenter.step_version(message_id, step):
            self.beside.clear()
            self.view.await_message(key)

    @Slot()
    def _on_closing_opened(self) -> None:
        self.beside.clear()
        self._on_changed()
        lead_focus(self, self.closer.view)

    @Slot()
    def _on_closing_closed(self) -> None:
        lead_focus(self, self.composer)
        self.composer.setFocus()

    def _end_talk(self) -> None:
        """Another talk begins; unsent words of one off the record do not go over into it."""
        self.beside.clear()
        self.composer.end_edit(was_sent=False)
        if self.presenter.is_off_record:
            self.composer.put("")

    @Slot(bool)
    def _on_record_switched(self, off: bool) -> None:
        self.presenter.switch_record(off=off)

    @Slot()
    def _on_new_clicked(self) -> None:
        self._end_talk()
        self.presenter.begin_new()
        self.composer.setFocus()

    @Slot(str)
    def _on_opener_chosen(self, text: str) -> None:
        self.composer.put(text)
        self.composer.setFocus()

    # -- what the presenter says

    @Slot()
    def _on_changed(self) -> None:
        presenter, messages = self.presenter, self.presenter.messages
        if not presenter.is_answering:
            self.status.show_idle()
        self.composer.show_busy(busy=presenter.is_answering)
        is_idle = not presenter.is_answering and not messages.is_empty()
        self.status.show_actions(
            regenerate=is_idle and messages.last(Role.USER) is not None,
            edit=is_idle and messages.last(Role.USER) is not None,
            why=is_idle and self.beside.has_reason,
            bring_back=is_idle and presenter.versions.has_other,
        )
        self.stack.setCurrentWidget(self.opening if messages.is_empty() else self.view)
        self.record.show_state(
            can_switch=presenter.can_switch_record, is_off=presenter.is_off_record
        )
        self.drafts.pause(is_paused=presenter.is_off_record)
        self._show_title()

    @Slot(Progressed)
    def _on_progressed(self, event: Progressed) -> None:
        self.status.show_phase(event.phase, event.fraction)

    @Slot(str)
    def _on_stored(self, text: str) -> None:
        self.composer.end_edit(was_sent=True)
        self.composer.take_back(text)
        self.drafts.save()
        self.disclosure.clear()

    @Slot(Finished)
    def _on_replied(self, event: Finished) -> None:
        self.beside.take(event)
        codes = event.why.split()
        wrong = [code for code in codes if code.startswith(("engine_", "model_", "vault_"))]
        if wrong:
            self.status.show_error(wrong[0])
        if event.reply.text:
            announce(self.view, self.tr("The reply is complete."))

    @Slot(str, bool)
    def _on_failed(self, code: str, is_unsent: bool) -> None:
        self.status.show_error(code, is_unsent=is_unsent)
        announce(self.status, self.status.label.text())

    @Slot(str)
    def _on_draft_restored(self, text: str) -> None:
        if not self.composer.text():
            self.composer.put(text)

    # -- parts

    def _show_title(self) -> None:
        title = self.presenter.title or self.tr("Talk")
        self.title.setText(title)

    @Slot()
    def _fit(self) -> None:
        """Give everything around the conversation the width of its column."""
        lang = self._app.language.current.value
        width = column_width(self.width(), self.font(), lang, self._app.theme.sizes)
        for part in (self.beside, self.status, self.composer, self.disclosure, self.record):
            part.setMaximumWidth(width)
        self.crisis.set_width(width)
        self.closer.set_width(width)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self.title, 1)
        header.addWidget(self.record.button)
        header.addWidget(self.closer.end)
        header.addWidget(self.new)
        self.stack.addWidget(self.opening)
        self.stack.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(header)
        box.addLayout(centred(self.disclosure))
        box.addLayout(centred(self.record))
        box.addLayout(self._help_place)
        box.addLayout(centred(self.closer.strip))
        box.addWidget(self.stack, 1)
        box.addLayout(centred(self.beside))
        box.addLayout(centred(self.closer.offer))
        box.addLayout(centred(self.status))
        box.addLayout(centred(self.composer))
        box.addLayout(centred(self.closer.view))
        self.setProperty("role", "page")
        lead_focus(self, self.composer)

    def _connect(self) -> None:
        presenter, composer, view = self.presenter, self.composer, self.view
        presenter.assessed.connect(self.crisis.take)
        presenter.changed.connect(self._on_changed)
        presenter.progressed.connect(self._on_progressed)
        presenter.stored.connect(self._on_stored)
        presenter.replied.connect(self._on_replied)
        presenter.failed.connect(self._on_failed)
        composer.send_requested.connect(self._on_send_requested)
        composer.stop_requested.connect(self._on_stop_requested)
        composer.text_changed.connect(self.drafts.note_change)
        self.drafts.restored.connect(self._on_draft_restored)
        view.edit_requested.connect(self._on_edit_requested)
        view.regenerate_requested.connect(self._on_regenerate_requested)
        view.version_requested.connect(self._on_version_requested)
        self._app.chat_bridge.engine_changed.connect(self.status.show_engine)
        self.status.engine_ready.connect(self.ahead.note_ready)
        self.delegate.open_requested.connect(view.open_as_text)
        self.status.edit_requested.connect(self._on_edit_requested)
        self.status.regenerate_requested.connect(self._on_regenerate_requested)
        self.status.bring_back_requested.connect(self._on_bring_back_requested)
        self.status.why_requested.connect(self.beside.say_why)
        self.beside.rater.failed.connect(self.status.show_error)
        self.opening.opener_chosen.connect(self._on_opener_chosen)
        self.opening.length.chosen.connect(self.reminders.choose_minutes)
        self.reminders.failed.connect(self.status.show_error)
        self.closer.opened.connect(self._on_closing_opened)
        self.closer.closed.connect(self._on_closing_closed)
        self.closer.new_requested.connect(self._on_new_clicked)
        self.crisis.corrected.connect(presenter.corrector.correct)
        self.crisis.safe_confirmed.connect(presenter.corrector.confirm_safe)
        self.crisis.closed.connect(self.composer.setFocus)
        self.crisis.room_taken.connect(self.disclosure.give_way)
        self.new.clicked.connect(self._on_new_clicked)
        self.record.switched.connect(self._on_record_switched)
        self._app.theme.changed.connect(self._fit)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._on_stop_requested)
