"""The Talk page: puts the parts together and passes on what they ask for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import (
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.aside import AsideRating
from psylite_desktop.domain.chat_events import Finished, Progressed
from psylite_desktop.domain.conversation import Role
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.aside_view import AsideView
from psylite_desktop.ui.pages.talk.bubble import BubbleDelegate
from psylite_desktop.ui.pages.talk.bubble_layout import column_width
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.pages.talk.composer import Composer
from psylite_desktop.ui.pages.talk.crisis_surfaces import CrisisSurfaces, Surface
from psylite_desktop.ui.pages.talk.drafts import DraftKeeper
from psylite_desktop.ui.pages.talk.message_view import MessageView
from psylite_desktop.ui.pages.talk.opening import OpeningView
from psylite_desktop.ui.pages.talk.presenter import TalkPresenter
from psylite_desktop.ui.pages.talk.reply_reason import ReplyReason
from psylite_desktop.ui.pages.talk.status_line import StatusLine
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import IconButton
from psylite_desktop.ui.widgets.notice import NoticeBar, announce
from psylite_desktop.ui.widgets.text import PlainLabel

PLACE = "talk"
"""Name the unsent text of this page is stored under."""


class TalkPage(QWidget):
    """A conversation with help always in reach."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._asides = context.session.asides
        self._screening = context.session.screening
        tasks = self._tasks = VaultTasks(context.session.vault, self)
        self.presenter = TalkPresenter(
            session=context.session,
            engine=context.app.engine,
            bridge=context.app.chat_bridge,
            tasks=tasks,
            model_name=self._model_name,
            parent=self,
        )
        self.title = PlainLabel("heading", wrap=False)
        self.new = IconButton(context.app.theme, "add")
        self.disclosure = NoticeBar()
        self.view = MessageView(self.presenter.messages)
        self.delegate = BubbleDelegate(context.app.theme, context.app.language, self.view)
        self.view.setItemDelegate(self.delegate)
        self.opening = OpeningView()
        self.stack = QStackedWidget()
        self.aside = AsideView()
        self.reason = NoticeBar()
        self._reasons = ReplyReason(self)
        self._last: Finished | None = None
        self.status = StatusLine()
        self.composer = Composer()
        self.drafts = DraftKeeper(
            place=PLACE,
            store=context.session.vault.drafts,
            tasks=tasks,
            read=self.composer.text,
            parent=self,
        )
        self._help_place = QVBoxLayout()
        self.crisis = CrisisSurfaces(
            context.app, self, self._help_place, evidence=self.presenter.corrector.evidence
        )
        self._lay_out()
        self._connect()
        self.retranslate()
        self._say_what_this_is()
        self.crisis.resume(context.session.screening.state)
        settings = context.session.vault.settings
        self._tasks.run(settings.load, self._on_settings_loaded, self._on_settings_failed, self)
        self.drafts.restore()
        self.presenter.open_newest()

    def open_conversation(self, conversation_id: int) -> None:
        """Open a stored conversation."""
        self._forget_turn()
        self.composer.end_edit(was_sent=False)
        self.presenter.open_conversation(conversation_id)

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.crisis.know_age(settings.age_band)

    def forget_conversation(self, conversation_id: int) -> None:
        """Start afresh where the open conversation is gone."""
        if self.presenter.conversation_id == conversation_id:
            self._forget_turn()
            self.composer.end_edit(was_sent=False)
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
        if self.disclosure.isVisibleTo(self):
            self._say_what_this_is()
        self._show_title()
        self.crisis.refresh()

    def _on_settings_loaded(self, settings: PrivateSettings) -> None:
        self.know_settings(settings)

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
        self.aside.set_room(self.height())

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
            self._forget_turn()
            self.status.show_sending()
            self.view.follow()

    @Slot()
    def _on_stop_requested(self) -> None:
        if self.presenter.is_busy:
            self.presenter.stop()
        else:
            self.composer.end_edit(was_sent=False)

    @Slot()
    def _on_edit_requested(self) -> None:
        message = self.presenter.messages.last(Role.USER)
        if message is not None and message.id and not self.presenter.is_busy:
            self.composer.begin_edit(message.id, message.text)

    @Slot()
    def _on_regenerate_requested(self) -> None:
        self._forget_turn()
        self.presenter.regenerate()

    @Slot()
    def _on_why_requested(self) -> None:
        if self._last is not None:
            self.reason.say(self._reasons.text(self._last), action=self.tr("Understood"))

    @Slot(int, object)
    def _on_aside_rated(self, aside_id: int, rating: object) -> None:
        asides, kept = self._asides, rating if isinstance(rating, AsideRating) else None
        self._tasks.run(
            lambda: asides.rate(aside_id, kept), self._on_rated, self._on_rating_failed, self
        )

    def _on_rated(self, _nothing: None) -> None:
        """The button shows it already."""

    def _on_rating_failed(self, error: PsyLiteError) -> None:
        self.status.show_error(error.code)

    def _forget_turn(self) -> None:
        """What stood beside the last reply goes with it."""
        self._last = None
        self.aside.clear()
        self.reason.clear()

    @Slot()
    def _on_new_clicked(self) -> None:
        self._forget_turn()
        self.composer.end_edit(was_sent=False)
        self.presenter.begin_new()
        self.composer.setFocus()

    @Slot(str)
    def _on_opener_chosen(self, text: str) -> None:
        self.composer.put(text)
        self.composer.setFocus()

    @Slot()
    def _on_crisis_closed(self) -> None:
        self.composer.setFocus()

    # -- what the presenter says

    @Slot(Assessment, RiskState)
    def _on_assessed(self, assessment: Assessment, state: RiskState) -> None:
        self.crisis.take(assessment, state)

    @Slot()
    def _on_changed(self) -> None:
        presenter, messages = self.presenter, self.presenter.messages
        if not presenter.is_busy:
            self.status.show_idle()
        self.composer.show_busy(busy=presenter.is_busy)
        is_idle = not presenter.is_busy and not messages.is_empty()
        self.status.show_actions(
            regenerate=is_idle and messages.last(Role.USER) is not None,
            edit=is_idle and messages.last(Role.USER) is not None,
            why=is_idle and self._last is not None,
        )
        self.stack.setCurrentWidget(self.opening if messages.is_empty() else self.view)
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
        self._last = event if event.reply.text else None
        self.aside.offer(event.aside)
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

    def _say_what_this_is(self) -> None:
        self.disclosure.say(
            self.tr(
                "This is a program and can be wrong. It is not emergency care; it works offline "
                "and cannot alert anyone."
            ),
            action=self.tr("Understood"),
        )

    def _show_title(self) -> None:
        title = self.presenter.title or self.tr("Talk")
        self.title.setText(title)

    def _model_name(self) -> str:
        """Name of the model in use, as its replies are signed."""
        chosen = self._app.plain.current.model
        lang = self._app.language.current.value
        for entry in self._app.models.catalogue:
            if entry.id == chosen or Path(entry.file).name == Path(chosen).name:
                return entry.name.get(lang, entry.id)
        return Path(chosen).stem

    @Slot()
    def _fit(self) -> None:
        """Give everything around the conversation the width of its column."""
        lang = self._app.language.current.value
        width = column_width(self.width(), self.font(), lang, self._app.theme.sizes)
        for part in (self.aside, self.reason, self.status, self.composer, self.disclosure):
            part.setMaximumWidth(width)
        self.crisis.set_width(width)

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self.title, 1)
        header.addWidget(self.new)
        self.stack.addWidget(self.opening)
        self.stack.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(header)
        box.addLayout(centred(self.disclosure))
        box.addLayout(self._help_place)
        box.addWidget(self.stack, 1)
        box.addLayout(centred(self.aside))
        box.addLayout(centred(self.reason))
        box.addLayout(centred(self.status))
        box.addLayout(centred(self.composer))
        self.setProperty("role", "page")
        self.setFocusProxy(self.composer)

    def _connect(self) -> None:
        presenter, composer, view = self.presenter, self.composer, self.view
        presenter.assessed.connect(self._on_assessed)
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
        self.delegate.open_requested.connect(view.open_as_text)
        self.status.edit_requested.connect(self._on_edit_requested)
        self.status.regenerate_requested.connect(self._on_regenerate_requested)
        self.status.why_requested.connect(self._on_why_requested)
        self.aside.rated.connect(self._on_aside_rated)
        self.opening.opener_chosen.connect(self._on_opener_chosen)
        self.crisis.corrected.connect(presenter.corrector.correct)
        self.crisis.safe_confirmed.connect(presenter.corrector.confirm_safe)
        self.crisis.closed.connect(self._on_crisis_closed)
        self.new.clicked.connect(self._on_new_clicked)
        self._app.theme.changed.connect(self._fit)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._on_stop_requested)
