"""Exercises: the gallery, one exercise before it begins, the player, what was written."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.exercise import Exercise, ExerciseRun
from psylite_desktop.domain.risk import CALM, Assessment, Level, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.exercises import Overview
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.exercises.detail_view import DetailView
from psylite_desktop.ui.pages.exercises.gallery_view import GalleryView
from psylite_desktop.ui.pages.exercises.keeper import RunKeeper
from psylite_desktop.ui.pages.exercises.player_view import PlayerView
from psylite_desktop.ui.pages.exercises.undo_bar import UndoBar
from psylite_desktop.ui.pages.exercises.written_view import WrittenView
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.pages.talk.crisis_surfaces import CrisisSurfaces, Surface
from psylite_desktop.ui.pages.talk.people_on_card import PeopleOnCard
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar

STEADYING = "five-senses"
"""The exercise that is offered where another one does not suit."""


class ExercisesPage(QWidget):
    """Works without engine and model; help comes as it does in a talk.

    Only words are assessed, each time they are new; choices and numbers are the app's own.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.exercises
        self._tasks = VaultTasks(context.session.vault, self)
        self._overview: Overview | None = None
        self._wanted = ""
        self._shown_lang = ""
        self.keeper = RunKeeper(
            session=context.session, engine=context.app.engine, tasks=self._tasks, parent=self
        )
        theme = context.app.theme
        self.notice = NoticeBar()
        self.pause_offer = NoticeBar()
        self.undo = UndoBar(self._service, self._tasks)
        self.gallery = GalleryView(theme)
        self.detail = DetailView(theme)
        self.player = PlayerView(self.keeper, theme, may_take_keyboard=self._is_keyboard_free)
        self.written = WrittenView(theme, guest=context.session.guest)
        self.stack = QStackedWidget()
        self._help_place = QVBoxLayout()
        self.crisis = CrisisSurfaces(
            context.app, self, self._help_place, evidence=self.keeper.corrector.evidence
        )
        PeopleOnCard(context.session, self.crisis.card.message)
        self._lay_out()
        self._connect()
        self._tasks.run(
            context.session.vault.settings.load, self.know_settings, self._on_failed, self
        )

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take private settings into use."""
        self.crisis.know_age(settings.age_band)

    def leave(self) -> None:
        """Keep what is not kept yet, and take the cover away."""
        self.player.hold()
        self.keeper.hear(is_last=True)
        self.keeper.save()
        self.undo.delete_for_good()
        self.crisis.close()

    def reload(self) -> None:
        """Read exercises and unfinished runs again, in the language of now."""
        service, lang = self._service, self._lang
        self._tasks.run(lambda: service.overview(lang), self._on_overview, self._on_failed, self)

    def open_exercise(self, exercise_id: str) -> None:
        """Show one exercise before it begins, also from another page."""
        self._wanted = exercise_id
        self.reload()

    # -- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language, in the middle of a run as well."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.crisis.refresh()
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep help within its room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again; bring help into step with what was said elsewhere."""
        super().showEvent(event)
        state = self._service.state()
        if state.level >= Level.WATCH and self.crisis.surface is Surface.NONE:
            self.crisis.resume(state)
        elif state.level is Level.NONE and self.crisis.surface is Surface.STRIP:
            self.crisis.take(CALM, state)
        self.crisis.page_shown()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page may come: keep everything, stop what runs."""
        self.player.hold()
        self.keeper.hear()
        self.keeper.save()
        self.undo.delete_for_good()
        self.crisis.page_hidden()
        super().hideEvent(event)

    # -- what the person does

    @Slot(Exercise)
    def _on_chosen(self, exercise: Exercise) -> None:
        self._show_detail(exercise)
        self._go(self.detail)

    @Slot()
    def _on_start_requested(self) -> None:
        if self.detail.exercise is not None:
            self.keeper.begin(self.detail.exercise)

    @Slot(ExerciseRun)
    def _on_resume_requested(self, run: ExerciseRun) -> None:
        if self.detail.exercise is not None:
            self.keeper.resume(run, self.detail.exercise)

    @Slot(ExerciseRun, Exercise)
    def _on_gallery_resume_requested(self, run: ExerciseRun, exercise: Exercise) -> None:
        self._show_detail(exercise)
        if self._service.suits_now(exercise):
            self.keeper.resume(run, exercise)
        else:
            self._go(self.detail)

    @Slot()
    def _on_other_requested(self) -> None:
        found = self._service.find(STEADYING, self._lang)
        if found is not None:
            self._on_chosen(found)

    @Slot()
    def _on_moved(self) -> None:
        if self.keeper.player is not None and not self.keeper.player.is_finished:
            self._go(self.player)

    @Slot()
    def _on_leave_requested(self) -> None:
        self.player.hold()
        self.keeper.close()
        self.pause_offer.clear()
        self._back_to_gallery()

    @Slot()
    def _on_finished(self) -> None:
        player = self.keeper.player
        if player is not None:
            self.keeper.save()
            self.written.show_run(player.run, player.exercise, is_new=True)
            self._go(self.written)
            self.pause_offer.clear()

    @Slot(ExerciseRun)
    def _on_run_chosen(self, run: ExerciseRun) -> None:
        if self.detail.exercise is not None:
            self.written.show_run(run, self.detail.exercise, is_new=False)
            self._go(self.written)

    @Slot()
    def _on_done_requested(self) -> None:
        self.keeper.close()
        self._back_to_gallery()

    @Slot(ExerciseRun)
    def _on_delete_requested(self, run: ExerciseRun) -> None:
        self.keeper.close()
        self.undo.remove(run.id)
        self._back_to_gallery()

    # -- what comes back

    def _on_overview(self, overview: Overview) -> None:
        left = tuple(run for run in overview.open_runs if run.id != self.undo.hidden_id)
        overview = replace(overview, open_runs=left)
        self._overview = overview
        self.gallery.show_overview(overview)
        by_id = {exercise.id: exercise for exercise in overview.exercises}
        shown = self.detail.exercise
        if shown is not None and shown.id in by_id:
            self._show_detail(by_id[shown.id])
        if overview.exercises and overview.exercises[0].lang != self._shown_lang:
            self._shown_lang = overview.exercises[0].lang
            self._translate(by_id)
        if self._wanted in by_id:
            wanted, self._wanted = self._wanted, ""
            self._on_chosen(by_id[wanted])

    def _translate(self, exercises: dict[str, Exercise]) -> None:
        """Say what is in view in the other language; a run goes on at the same step."""
        player = self.keeper.player
        if player is not None and player.exercise.id in exercises:
            self.keeper.translate(exercises[player.exercise.id])
        self.player.retranslate()
        self.written.translate(exercises)
        self.detail.retranslate()

    def _on_history(self, runs: list[ExerciseRun]) -> None:
        shown = self.detail.exercise
        if shown is not None:
            kept = [run for run in runs if run.id != self.undo.hidden_id]
            self.detail.show_history([run for run in kept if run.exercise_id == shown.id])

    @Slot(Assessment, RiskState)
    def _on_assessed(self, assessment: Assessment, state: RiskState) -> None:
        self.crisis.take(assessment, state)
        if max(assessment.level, state.level) >= Level.CRISIS and self.keeper.player is not None:
            self.player.hold()
            self.pause_offer.say(
                self.tr("This exercise can wait. What you wrote is kept."),
                action=self.tr("Leave it here"),
            )

    @Slot()
    def _on_crisis_closed(self) -> None:
        if self.stack.currentWidget() is self.player:
            self.player.take_keyboard()

    @Slot(str)
    def _on_correct_failed(self, code: str) -> None:
        self._on_failed(PsyLiteError(code))

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    # -- parts

    @property
    def _lang(self) -> str:
        return self._app.language.current.value

    def _is_keyboard_free(self) -> bool:
        """Help that has just come keeps the keyboard."""
        return self.crisis.surface < Surface.CARD

    def _show_detail(self, exercise: Exercise) -> None:
        runs = self._overview.open_runs if self._overview is not None else ()
        unfinished = next((run for run in runs if run.exercise_id == exercise.id), None)
        suits = self._service.suits_now(exercise)
        self.detail.show_exercise(exercise, unfinished=unfinished, suits=suits)
        service = self._service
        self._tasks.run(
            lambda: service.history(exercise.id), self._on_history, self._on_failed, self
        )

    def _back_to_gallery(self) -> None:
        shown = self.detail.exercise
        self._go(self.gallery)
        self.gallery.focus_card(shown.id if shown is not None else "")
        self.reload()

    def _go(self, view: QWidget) -> None:
        if self.stack.currentWidget() is view:
            return
        self.notice.clear()
        self.stack.setCurrentWidget(view)
        lead_focus(self, view)
        if view in (self.detail, self.written) and self.isVisible():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _fit(self) -> None:
        width = self._app.theme.sizes.column
        for part in (self.notice, self.pause_offer, self.undo):
            part.setMaximumWidth(width)
        self.crisis.set_width(width)
        self.crisis.set_room(self.height())

    def _lay_out(self) -> None:
        for view in (self.gallery, self.detail, self.player, self.written):
            self.stack.addWidget(view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._help_place)
        for bar in (self.notice, self.pause_offer):
            box.addLayout(centred(bar))
        box.addWidget(self.stack, 1)
        box.addLayout(centred(self.undo))
        self._help_place.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self.setProperty("role", "page")
        lead_focus(self, self.gallery)

    def _connect(self) -> None:
        self.gallery.chosen.connect(self._on_chosen)
        self.gallery.resume_requested.connect(self._on_gallery_resume_requested)
        self.detail.start_requested.connect(self._on_start_requested)
        self.detail.resume_requested.connect(self._on_resume_requested)
        self.detail.other_requested.connect(self._on_other_requested)
        self.detail.discard_requested.connect(self._on_delete_requested)
        self.detail.run_chosen.connect(self._on_run_chosen)
        self.detail.back_requested.connect(self._back_to_gallery)
        self.player.leave_requested.connect(self._on_leave_requested)
        self.player.finished.connect(self._on_finished)
        self.written.done_requested.connect(self._on_done_requested)
        self.written.delete_requested.connect(self._on_delete_requested)
        self.pause_offer.action_requested.connect(self._on_leave_requested)
        self.undo.undone.connect(self.reload)
        self.undo.failed.connect(self._on_failed)
        self.keeper.moved.connect(self._on_moved)
        self.keeper.assessed.connect(self._on_assessed)
        self.keeper.failed.connect(self._on_failed)
        corrector = self.keeper.corrector
        self.crisis.corrected.connect(corrector.correct)
        self.crisis.safe_confirmed.connect(corrector.confirm_safe)
        self.crisis.closed.connect(self._on_crisis_closed)
        corrector.failed.connect(self._on_correct_failed)
        self._app.theme.changed.connect(self._fit)
        for view, act in (
            (self.detail, self._back_to_gallery),
            (self.written, self._on_done_requested),
        ):
            escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), view, act)
            escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
