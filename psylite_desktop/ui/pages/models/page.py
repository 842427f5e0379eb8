"""Models: what fits this machine and why; bring, try, choose, measure, unload, take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.model_files import Unfinished
from psylite_desktop.host.model_jobs import RunningJob
from psylite_desktop.services.model_library import Brought, ShelvedModel
from psylite_desktop.ui.bridge.model_jobs import ModelJobs, Start
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.models.bring_view import BringView
from psylite_desktop.ui.pages.models.engine_choice import EngineChoice
from psylite_desktop.ui.pages.models.model_card import ModelCard, Situation
from psylite_desktop.ui.pages.models.model_remover import ModelRemover
from psylite_desktop.ui.pages.models.model_work import ModelWork
from psylite_desktop.ui.pages.models.offers_view import OffersView
from psylite_desktop.ui.pages.models.problems import problem_text
from psylite_desktop.ui.pages.models.shelf_reader import ShelfReader
from psylite_desktop.ui.pages.models.words import model_name
from psylite_desktop.ui.pages.models.written_card import WrittenCard
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.working_line import WorkingLine


class ModelsPage(QWidget):
    """Everything about language models. Nothing here needs the vault or the network.

    Signals:
        back_requested: Back to where the person came from.
    """

    back_requested = Signal()

    def __init__(
        self, context: PageContext, *, start: Start = RunningJob, parent: QWidget | None = None
    ) -> None:
        """`start` makes the process of a job."""
        super().__init__(parent)
        self._app = context.app
        self._library = context.app.library
        self._tasks = VaultTasks(context.session.vault, self)
        self._after_notice: Callable[[], None] | None = None
        self._focus_after: Path | None = None
        self._is_to_resume = False
        self.back = BackButton(context.app.theme)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.notice = NoticeBar()
        self.working = WorkingLine()
        self.here = PlainLabel("heading")
        self.empty = PlainLabel("muted")
        self.cards: dict[Path, ModelCard] = {}
        self.written = WrittenCard()
        self._list = QVBoxLayout()
        self._list.setSpacing(2 * GRID)
        self.bring = BringView(context.app.theme, context.app.language)
        self.offers = OffersView(context.app.theme, context.app.language)
        self.choice = EngineChoice(context.app, self._tasks, self)
        self.remover = ModelRemover(context.app, self._library, self._tasks, self.choice, self)
        self.reader = ShelfReader(self._library, self._tasks, self)
        self.work = ModelWork(
            self._library,
            self._tasks,
            ModelJobs(self._tasks, self, start=start),
            self.working,
            tuning=self._library.tuning,
            parent=self,
        )
        self._lay_out()
        self._connect()
        self.retranslate()
        # A window that was killed could not delete what had been taken away before.
        self._run(self._library.clear_aside, lambda _none: None)

    def leave(self) -> None:
        """Stop what runs; a copy goes on another time. What was taken away is deleted for good."""
        self.choice.watch(is_watched=False)
        self.work.leave()
        self.remover.clear()

    def use_file(self, path: Path) -> None:
        """Look at a file that the person wants to bring."""
        self._say("")
        self._tasks.run(
            partial(self._library.examine, path),
            self.bring.show_brought,
            partial(self._on_bad_file, path),
            self,
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is here now."""
        super().showEvent(event)
        self.choice.watch(is_watched=True)
        self.reader.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was taken away can come back only while the page is in view."""
        self.choice.watch(is_watched=False)
        self.remover.clear()
        super().hideEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Models"))
        self.intro.setText(
            self.tr(
                "A language model is one large file. It runs on this computer alone, and nobody "
                "needs one: replies are written beforehand until you choose one. Which one is good "
                "depends on the memory that is free."
            )
        )
        self.here.setText(self.tr("On this computer"))
        self.empty.setText(self.tr("There is no model here yet. Bring one, or go on without."))
        self.work.retranslate()

    # -- what is here

    @Slot()
    def _on_read(self) -> None:
        models = self.reader.models
        paths = {model.path for model in models}
        for gone in [path for path in self.cards if path not in paths]:
            card = self.cards.pop(gone)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, model in enumerate(models):
            card = self.cards.get(model.path) or self._new_card(model)
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
                card.show()
        self.empty.setVisible(not models)
        self._show_situation()
        self.offers.show_offers(self.reader.offers)
        self.bring.show_unfinished(self.reader.unfinished)
        self._give_focus()

    def _new_card(self, model: ShelvedModel) -> ModelCard:
        card = ModelCard(self._app.theme, self._app.language)
        card.try_requested.connect(self._on_try_requested)
        card.use_requested.connect(self._on_use_requested)
        card.measure_requested.connect(self._on_measure_requested)
        card.unload_requested.connect(self._on_unload_requested)
        card.remove_requested.connect(self._on_remove_requested)
        card.careful_requested.connect(self._on_careful_requested)
        self.cards[model.path] = card
        return card

    def _show_situation(self) -> None:
        chosen = self.choice.chosen()
        is_busy = self.work.is_running
        self.written.show_chosen(is_chosen=self.choice.is_written, is_busy=is_busy)
        for model in self.reader.models:
            card = self.cards.get(model.path)
            if card is not None:
                is_chosen = model.path == chosen
                running = self.choice.running if is_chosen else 0
                card.show_model(model, Situation(is_chosen, running, is_busy))
        self.bring.show_busy(is_busy=is_busy)

    def _give_focus(self) -> None:
        """To the card that something was just done with."""
        card = self.cards.get(self._focus_after) if self._focus_after is not None else None
        if self.work.is_running:
            return
        if card is not None:
            self._focus_after = None
            card.take_focus()
        elif self._is_to_resume and self.bring.lines:
            self.bring.lines[0].resume.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_to_resume = False

    # -- bringing one

    def _on_bad_file(self, path: Path, error: PsyLiteError) -> None:
        reason = problem_text(error)
        self._say(self.tr("{file}: {reason}").format(file=shown(path.name), reason=reason))
        self.bring.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(Brought)
    def _on_copy_requested(self, brought: Brought) -> None:
        self._say("")
        self.work.copy(brought.found.path, expected=brought.expected)

    @Slot(Unfinished)
    def _on_resume_requested(self, one: Unfinished) -> None:
        self._say("")
        begin = partial(self._on_expected, one.source)
        self._run(partial(self._library.expected_of, one.source), begin)

    def _on_expected(self, source: Path, expected: str) -> None:
        if not self.work.is_running:
            self.work.copy(source, expected=expected)

    @Slot(Unfinished)
    def _on_discard_requested(self, one: Unfinished) -> None:
        self._run(partial(self._library.discard, one), lambda _none: self._on_discarded())

    def _on_discarded(self) -> None:
        self.bring.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reader.look()

    @Slot(Brought)
    def _on_reference_requested(self, brought: Brought) -> None:
        self._run(partial(self._library.refer, brought.found.path), self._on_referred)

    def _on_referred(self, model: ShelvedModel) -> None:
        self._focus_after = model.path
        self._say(self.tr("It is on the list now. Try it before you use it."))
        self.reader.look()

    @Slot(Path, str)
    def _on_copied(self, path: Path, text: str) -> None:
        self._focus_after = path
        self._say(text)
        self.reader.look()

    @Slot(str)
    def _on_differs(self, text: str) -> None:
        self._say(text, self.tr("Keep it all the same"), self.work.copy_all_the_same)
        self.reader.look()

    # -- trying, measuring

    @Slot()
    def _on_begun(self) -> None:
        self._show_situation()
        self.working.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(ShelvedModel, bool)
    def _on_try_requested(self, model: ShelvedModel, anyway: bool) -> None:
        self._say("")
        self.choice.stop_engine()  # two models at once may be one too many
        self._focus_after = model.path
        self.work.try_model(model, anyway=anyway)

    @Slot(Path, str)
    def _on_tried(self, path: Path, text: str) -> None:
        self._focus_after = path
        card = self.cards.get(path)
        if card is not None:
            card.unfold()
        self._say(text)
        self.choice.renew(path)
        self.reader.look()

    @Slot(ShelvedModel)
    def _on_measure_requested(self, model: ShelvedModel) -> None:
        self._say("")
        self.choice.stop_engine()
        self._focus_after = model.path
        self.work.measure(model)

    @Slot(str)
    def _on_ended(self, text: str) -> None:
        self._is_to_resume = True
        self._say(text)
        self._show_situation()
        self.reader.look()

    # -- choosing, taking away

    @Slot(ShelvedModel)
    def _on_use_requested(self, model: ShelvedModel) -> None:
        self._focus_after = model.path
        self.choice.use(model, self._name(model))

    @Slot()
    def _on_written_requested(self) -> None:
        self._focus_after = self.choice.chosen() or next(iter(self.cards), None)
        self._say(self.tr("Replies are written beforehand from now on."))
        self.choice.choose_written()

    @Slot()
    def _on_unload_requested(self) -> None:
        self._focus_after = self.choice.chosen()
        self.choice.unload()

    @Slot(ShelvedModel)
    def _on_careful_requested(self, model: ShelvedModel) -> None:
        self.choice.choose_carefully(model.path)
        self._run(partial(self._library.note, model.path, anyway=False), self._on_noted)

    def _on_noted(self, model: ShelvedModel) -> None:
        self._focus_after = model.path
        self.reader.look()

    @Slot(ShelvedModel)
    def _on_remove_requested(self, model: ShelvedModel) -> None:
        self.remover.remove(model, self._name(model))

    @Slot(str)
    def _on_removed(self, text: str) -> None:
        self._say(text, self.tr("Undo"), self.remover.undo)
        self.reader.look()
        self.notice.action.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(Path)
    def _on_brought_back(self, path: Path) -> None:
        self._focus_after = path
        self.reader.look()

    @Slot()
    def _on_choice_changed(self) -> None:
        """How things fit changes with what is loaded."""
        self._show_situation()
        self.reader.look()

    def _name(self, model: ShelvedModel) -> str:
        return model_name(model, self._app.language.current.value)

    # -- parts

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._tasks.run(work, done, self._on_failed, self)

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self._say(error_text(error))

    @Slot(str)
    def _say(self, text: str, action: str = "", after: Callable[[], None] | None = None) -> None:
        self._after_notice = after
        if text:
            self.notice.say(text, action=action)
        else:
            self.notice.clear()

    @Slot()
    def _on_notice_action(self) -> None:
        if self._after_notice is not None:
            self._after_notice()

    def _lay_out(self) -> None:
        column = ReadingColumn(self._app.theme)
        for part in (self.title, self.intro, self.notice, self.working, self.here, self.empty):
            column.body.addWidget(part)
        column.body.addWidget(self.written)
        column.body.addLayout(self._list)
        column.body.addWidget(self.bring)
        column.body.addWidget(self.offers)
        column.body.addStretch(1)
        self.empty.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
        lead_focus(self, self.bring.choose)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.notice.action_requested.connect(self._on_notice_action)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.choice.changed.connect(self._on_choice_changed)
        self.choice.said.connect(self._say)
        self.remover.removed.connect(self._on_removed)
        self.remover.brought_back.connect(self._on_brought_back)
        self.remover.failed.connect(self._say)
        self.remover.expired.connect(self.notice.clear)
        self.written.use_requested.connect(self._on_written_requested)
        self.bring.file_chosen.connect(self.use_file)
        self.bring.copy_requested.connect(self._on_copy_requested)
        self.bring.reference_requested.connect(self._on_reference_requested)
        self.bring.resume_requested.connect(self._on_resume_requested)
        self.bring.discard_requested.connect(self._on_discard_requested)
        self.work.begun.connect(self._on_begun)
        self.work.copied.connect(self._on_copied)
        self.work.tried.connect(self._on_tried)
        self.work.ended.connect(self._on_ended)
        self.work.differs.connect(self._on_differs)
