"""The place of suggestions on a page: at most one card, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.passage import Passage
from psylite_desktop.domain.suggestion import (
    Answer,
    GivenAnswer,
    Item,
    ItemKind,
    NoSuggestion,
    Source,
    Suggestion,
)
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.dialogs.text_dialog import TextDialog
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.suggestions.card import SuggestionCard
from psylite_desktop.ui.pages.suggestions.words import SuggestionWords
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import NoticeBar, announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


@dataclass(frozen=True, slots=True)
class _Known:
    """What is to be shown; nothing is suggested while the card is folded."""

    found: Suggestion | NoSuggestion | None
    is_folded: bool
    has_answers: bool


class SuggestionPlace(QWidget):
    """Reads when asked to, and keeps what the person says to a suggestion.

    Signals:
        open_requested: Lead to an item; carries it.
        source_requested: Lead to where something was said; carries the Source.
        answers_requested: Show what was turned off.
    """

    open_requested = Signal(Item)
    source_requested = Signal(Source)
    answers_requested = Signal()

    def __init__(
        self, context: PageContext, tasks: VaultTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.suggestions
        self._tasks = tasks
        self._words = SuggestionWords(self)
        self._known: _Known | None = None
        self._given: GivenAnswer | None = None
        self.card = SuggestionCard()
        self.none = PlainLabel("small")
        self.unfold = quiet_button()
        self.turned_off = quiet_button()
        self.answered = NoticeBar()
        self.notice = NoticeBar()
        self._connect()
        self._lay_out()
        self.retranslate()

    def reload(self) -> None:
        """Read what there is to suggest in the language of now."""
        service, lang = self._service, self._app.language.current.value

        def read() -> _Known:
            is_folded = service.is_folded
            found = None if is_folded else service.now_for(lang)
            return _Known(found, is_folded, bool(service.answers()))

        self._tasks.run(read, self._on_known, self._on_failed, self)

    def retranslate(self) -> None:
        """Texts in the language of now; the suggestion itself is read again."""
        self.unfold.setText(self.tr("Show a suggestion"))
        self.turned_off.setText(self.tr("About suggestions"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.answered.clear()
            self.retranslate()
            if self._known is not None:
                self.reload()

    def _on_known(self, known: _Known) -> None:
        self._known = known
        self.notice.clear()
        self._show()

    def _show(self) -> None:
        known = self._known
        found = known.found if known is not None else None
        is_answered = self.answered.isVisibleTo(self)
        if isinstance(found, Suggestion):
            self.card.show_suggestion(found)
        self.card.setVisible(isinstance(found, Suggestion) and not is_answered)
        if isinstance(found, NoSuggestion):
            self.none.setText(self._words.nothing(found.reason))
        self.none.setVisible(isinstance(found, NoSuggestion) and not is_answered)
        self.unfold.setVisible(known is not None and known.is_folded)
        self.turned_off.setVisible(known is not None)

    # -- what the person does

    @Slot(Item)
    def _on_opened(self, item: Item) -> None:
        suggestion, service = self.card.suggestion, self._service
        if suggestion is None:
            return
        self._tasks.run(
            lambda: service.note_opened(suggestion.offer), self._on_kept, self._on_failed, self
        )
        if item.kind is ItemKind.ARTICLE:
            lang = self._app.language.current.value
            self._tasks.run(
                lambda: service.read(item, lang), self._on_article, self._on_failed, self
            )
        else:
            self.open_requested.emit(item)

    def _on_article(self, passage: Passage | None) -> None:
        if passage is None:
            return
        parts = [passage.text.replace("\n", "\n\n"), passage.say, passage.source]
        text = "\n\n".join(part for part in parts if part)
        dialog = TextDialog(title=passage.title, shown=text, original=text, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot(Answer)
    def _on_answered(self, answer: Answer) -> None:
        suggestion, service = self.card.suggestion, self._service
        lang = self._app.language.current.value
        if suggestion is None:
            return

        def keep() -> tuple[GivenAnswer, str]:
            given = service.answer(suggestion, answer)
            return given, service.called(given, lang)

        self._tasks.run(keep, self._on_answer_kept, self._on_failed, self)

    def _on_answer_kept(self, kept: tuple[GivenAnswer, str]) -> None:
        self._given, called = kept
        self.answered.say(self._words.answered(self._given, called), action=self.tr("Take it back"))
        had_keyboard = self.card.isAncestorOf(self._app.theme.app.focusWidget() or self)
        self._show()
        if had_keyboard:
            self.answered.action.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_take_back_requested(self) -> None:
        given, service = self._given, self._service
        if given is not None:
            self._given = None
            self._tasks.run(
                lambda: service.take_back(given), self._on_taken_back, self._on_failed, self
            )

    def _on_taken_back(self, _nothing: None) -> None:
        self._show()
        self.card.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    @Slot()
    def _on_folded(self) -> None:
        self._fold(is_folded=True)

    @Slot()
    def _on_unfolded(self) -> None:
        self._fold(is_folded=False)

    def _fold(self, *, is_folded: bool) -> None:
        service = self._service
        self._tasks.run(
            lambda: service.fold(is_folded=is_folded), self._on_fold_kept, self._on_failed, self
        )

    def _on_fold_kept(self, _nothing: None) -> None:
        self.reload()
        self.turned_off.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self, _nothing: None) -> None:
        """The page it leads to is in front already."""

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
        announce(self, self.notice.label.text())

    def page_shown(self) -> None:
        """The page came into view: what was answered before needs no word any more."""
        self.answered.clear()
        self.reload()

    def _connect(self) -> None:
        self.card.opened.connect(self._on_opened)
        self.card.source_requested.connect(self.source_requested)
        self.card.answered.connect(self._on_answered)
        self.card.folded.connect(self._on_folded)
        self.unfold.clicked.connect(self._on_unfolded)
        self.turned_off.clicked.connect(self.answers_requested)
        self.answered.action_requested.connect(self._on_take_back_requested)

    def _lay_out(self) -> None:
        foot = WrapLayout()
        foot.addWidget(self.unfold)
        foot.addWidget(self.turned_off)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        for part in (self.notice, self.card, self.answered, self.none):
            box.addWidget(part)
        box.addLayout(foot)
