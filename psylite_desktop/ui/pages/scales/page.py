"""The Scales page: list, questions, sums from paper, results; help above all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import RiskState
from psylite_desktop.domain.scale import Answers, Scale, ScaleRun
from psylite_desktop.domain.settings import AgeBand, PrivateSettings
from psylite_desktop.services.scales import DAY_S, again_at, answered, without
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.scales.answer_help import AnswerHelp
from psylite_desktop.ui.pages.scales.list_view import ScaleListView
from psylite_desktop.ui.pages.scales.paper_view import PaperView
from psylite_desktop.ui.pages.scales.question_view import QuestionView
from psylite_desktop.ui.pages.scales.result_view import ResultView
from psylite_desktop.ui.pages.scales.scale_card import CardState
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel

UNDO_S = 8


class ScalesPage(QWidget):
    """Needs no engine. An answer that speaks of danger brings help before anything else.

    Signals:
        state_changed: An answer raised the risk state, or a correction lowered it; carries it.
    """

    state_changed = Signal(RiskState)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.scales
        self._tasks = VaultTasks(context.session.vault, self)
        self._runs: list[ScaleRun] = []
        self._waiting: dict[str, Answers] = {}
        self._shown = ""
        self._hidden = 0
        # Until the age is known, nobody gets a word for how severe something is.
        self._is_young = True
        self._is_saving = False
        theme = context.app.theme
        self.back = BackButton(theme)
        self.title = PlainLabel("title", wrap=False)
        self.notice = NoticeBar()
        self.undo = NoticeBar()
        self.list = ScaleListView(theme)
        self.questions = QuestionView(theme)
        self.paper = PaperView(theme)
        self.result = ResultView(theme)
        self.stack = QStackedWidget()
        self._help_place = QVBoxLayout()
        self.help = AnswerHelp(context, self, self._help_place, self._tasks)
        self.crisis = self.help.crisis
        self._lay_out()
        self._connect()
        self.retranslate()
        settings = context.session.vault.settings
        self._tasks.run(settings.load, self.know_settings, self._on_settings_failed, self)

    # -- what others ask

    def know_settings(self, settings: PrivateSettings) -> None:
        """Speak to this age."""
        self._is_young = settings.age_band is AgeBand.UNDER_18
        self.crisis.know_age(settings.age_band)
        self._show_all()

    def leave(self) -> None:
        """Do what the undo line still held back."""
        self._delete_hidden()
        self.crisis.close()

    def reload(self) -> None:
        """Read results and waiting answers again."""
        service, lang = self._service, self._lang
        self._tasks.run(
            lambda: (service.runs(), service.waiting(lang)), self._on_loaded, self._on_failed, self
        )

    def open_scale(self, scale_id: str) -> None:
        """Bring the card of a scale into view, also from another page; it is not begun."""
        if self.stack.currentWidget() is self.list and scale_id in self.list.cards:
            self.list.used = scale_id
            self.list.take_keyboard()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.crisis.card.call_way_back(self.tr("Back to the scales; help stays in view"))
        self._show_all()
        self.crisis.refresh()

    # -- Qt

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep help within its room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is there; help that is due elsewhere is in view here too."""
        super().showEvent(event)
        self.help.come_along()
        self.crisis.page_shown()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody can undo what they do not see."""
        self._delete_hidden()
        self.crisis.page_hidden()
        super().hideEvent(event)

    # -- what the person does

    @Slot(str)
    def _on_start_requested(self, scale_id: str) -> None:
        scale = self._scale(scale_id)
        if not scale.is_open:
            return
        self._shown = scale_id
        self.help.begin()
        none: Answers = (None,) * len(scale.items)
        self.questions.begin(scale, self._waiting.get(scale_id, none))
        self._go(self.questions)

    @Slot(str)
    def _on_paper_requested(self, scale_id: str) -> None:
        self._shown = scale_id
        self.paper.begin(self._scale(scale_id))
        self._go(self.paper)

    @Slot(str)
    def _on_results_requested(self, scale_id: str) -> None:
        self._shown = scale_id
        self._show_all()
        self._go(self.result)

    @Slot(int)
    def _on_answer_given(self, number: int) -> None:
        """Help first: the card comes before the next question, and keeps the keyboard."""
        scale, answers = self.questions.scale, self.questions.answers
        if scale is None:
            return
        # Only the answer of now: what was said before has brought help already.
        none: Answers = (None,) * len(answers)
        has_card = self.help.tell(scale, answered(none, number, answers[number - 1] or 0))
        self._waiting[scale.id] = answers
        service = self._service
        self._tasks.run(
            lambda: service.keep_progress(scale.id, answers), self._on_kept, self._on_failed, self
        )
        self.questions.go_on(take_keyboard=not has_card)

    @Slot()
    def _on_completed(self) -> None:
        scale, answers, service = self.questions.scale, self.questions.answers, self._service
        if scale is None or self._is_saving:
            return
        self.help.tell_once(scale, answers)
        self._is_saving = True
        self._tasks.run(
            lambda: service.finish(scale, answers), self._on_scored, self._on_not_kept, self
        )

    @Slot(dict)
    def _on_entered(self, sums: dict[str, int]) -> None:
        scale, service = self.paper.scale, self._service
        if scale is None or self._is_saving:
            return
        self._is_saving = True
        self._tasks.run(
            lambda: service.enter(scale, sums), self._on_scored, self._on_not_kept, self
        )

    @Slot()
    def _on_back(self) -> None:
        if self.stack.currentWidget() is not self.list:
            self._show_all()
            self._go(self.list)

    @Slot(int)
    def _on_delete_requested(self, run_id: int) -> None:
        self._delete_hidden()
        self._hidden = run_id
        self.undo.say(self.tr("Deleted."), action=self.tr("Undo"), seconds=UNDO_S)
        if not self._results():
            self._go(self.list)
        self._show_all()
        self.undo.action.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_undo_requested(self) -> None:
        self._hidden = 0
        self._show_all()
        self._go(self.result)

    @Slot(str)
    def _on_correct_failed(self, code: str) -> None:
        self.notice.say(error_text(code))

    # -- what the vault says

    def _on_loaded(self, found: tuple[list[ScaleRun], dict[str, Answers]]) -> None:
        self._runs, self._waiting = found
        self._show_all()

    def _on_kept(self, _nothing: None) -> None:
        """Nothing to say: answers are kept by themselves."""

    def _on_scored(self, run: ScaleRun) -> None:
        self._is_saving = False
        self._runs.append(run)
        self._waiting.pop(run.scale, None)
        self.notice.clear()
        self._show_all()
        if self._shown == run.scale and self.stack.currentWidget() is not self.list:
            self._go(self.result)

    def _on_not_kept(self, error: PsyLiteError) -> None:
        self._is_saving = False
        self._on_failed(error)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _on_settings_failed(self, _error: PsyLiteError) -> None:
        """Without settings the words for young people stay; they fit everybody."""

    def _delete_hidden(self) -> None:
        """Delete for good what is hidden."""
        gone, self._hidden = self._hidden, 0
        self.undo.clear()
        if gone:
            self._runs = without(self._runs, gone)
            service = self._service
            self._tasks.run(lambda: service.delete(gone), self._on_kept, self._on_failed, self)

    # -- parts

    @property
    def _lang(self) -> str:
        return self._app.language.current.value

    def _scale(self, scale_id: str) -> Scale:
        return self._service.texts.scale(scale_id, self._lang)

    def _results(self, scale_id: str = "") -> list[ScaleRun]:
        """What is there of a scale, oldest first, without what was just deleted."""
        wanted = scale_id or self._shown
        found = [run for run in without(self._runs, self._hidden) if run.scale == wanted]
        return sorted(found, key=lambda run: (run.at, run.id))

    def _card_state(self, scale: Scale) -> CardState:
        runs = self._results(scale.id)
        again = again_at(scale, runs)
        # A date to come counts from the day itself: nobody waits for an hour of a day.
        may = again is None or again - self._service.now() <= DAY_S / 2
        return CardState(
            newest=runs[-1] if runs else None,
            again_at=None if may else again,
            is_waiting=scale.is_open and scale.id in self._waiting,
            is_young=self._is_young,
        )

    def _show_all(self) -> None:
        """Say everything in the language and with the results of now."""
        self.list.show_scales(self._service.texts.scales(self._lang), self._card_state)
        asked = self.questions.scale
        if asked is not None and asked.lang != self._lang and self._scale(asked.id).is_open:
            self.questions.reword(self._scale(asked.id))
        if self.paper.scale is not None:
            self.paper.reword(self._scale(self.paper.scale.id))
        runs = self._results() if self._shown else []
        if runs:
            self.result.show_results(self._scale(self._shown), runs, is_young=self._is_young)
        self._show_title()

    def _show_title(self) -> None:
        is_list = self.stack.currentWidget() is self.list
        for part in (self.back, self.title):
            part.setVisible(not is_list)  # the list has its title in its own column
        self.list.title.setText(self.tr("Scales"))
        if not is_list:
            self.title.setText(self._scale(self._shown).name)

    def _go(self, view: QWidget) -> None:
        self.list.used = self._shown
        self.stack.setCurrentWidget(view)
        self._show_title()
        if not self.help.has_keyboard:
            self._take_keyboard()

    @Slot()
    def _take_keyboard(self) -> None:
        view = self.stack.currentWidget()
        if isinstance(view, ScaleListView | QuestionView | PaperView | ResultView):
            view.take_keyboard()

    @Slot()
    def _fit(self) -> None:
        self.crisis.set_width(self._app.theme.sizes.column)
        self.crisis.set_room(self.height())

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.addWidget(self.back)
        header.addWidget(self.title, 1)
        for view in (self.list, self.questions, self.paper, self.result):
            self.stack.addWidget(view)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(header)
        box.addLayout(self._help_place)
        box.addWidget(self.notice)
        box.addWidget(self.stack, 1)
        box.addWidget(self.undo)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever gives the keyboard to the page means what is in front on it."""
        super().focusInEvent(event)
        if not self.help.has_keyboard:
            self._take_keyboard()

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.list.start_requested.connect(self._on_start_requested)
        self.list.paper_requested.connect(self._on_paper_requested)
        self.list.results_requested.connect(self._on_results_requested)
        self.questions.answer_given.connect(self._on_answer_given)
        self.questions.completed.connect(self._on_completed)
        self.paper.entered.connect(self._on_entered)
        self.result.done_requested.connect(self._on_back)
        self.result.delete_requested.connect(self._on_delete_requested)
        self.undo.action_requested.connect(self._on_undo_requested)
        self.undo.expired.connect(self._delete_hidden)
        self.help.closed.connect(self._take_keyboard)
        self.help.state_changed.connect(self.state_changed)
        self.help.failed.connect(self._on_correct_failed)
        self._app.theme.changed.connect(self._fit)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_back)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
