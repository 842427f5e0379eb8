"""My plan: six steps for hard moments, kept as they are written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import CALM
from psylite_desktop.domain.safety_plan import PlanStep
from psylite_desktop.domain.settings import AgeBand, PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.plan.card_view import CardView
from psylite_desktop.ui.pages.plan.keeper import Plan, PlanKeeper
from psylite_desktop.ui.pages.plan.line_suggestions import LineSuggestions
from psylite_desktop.ui.pages.plan.shown_choice import ShownChoice
from psylite_desktop.ui.pages.plan.step_field import StepField
from psylite_desktop.ui.printing.plan_card import CardText, PlanCard
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class PlanPage(QWidget):
    """Needs no engine. A number to call stays in view above the plan.

    Signals:
        back_requested: Back to where the person came from, which may be the crisis card.
    """

    back_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._session = context.session
        self._is_young = False
        self.back = BackButton(context.app.theme)
        self.back.clicked.connect(self.back_requested)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.number = QFrame()
        self.number.setProperty("role", "notice")
        self.number_label = PlainLabel()
        self.notice = NoticeBar()
        self.fields = {step: StepField() for step in PlanStep}
        self.lines = LineSuggestions()
        self.kept = PlainLabel("small")
        self._tasks = VaultTasks(context.session.vault, self)
        self.card = CardView(self._app, self._tasks, self._plan_card)
        self.shown = ShownChoice()
        self.keeper = PlanKeeper(
            service=context.session.plan, tasks=self._tasks, read=self._read, parent=self
        )
        self._lay_out()
        self._connect()
        self.retranslate()
        settings = context.session.vault.settings
        self._tasks.run(settings.load, self.know_settings, self._on_settings_failed, self)

    def leave(self) -> None:
        """Keep what is not kept yet."""
        self.keeper.save()

    def know_settings(self, settings: PrivateSettings) -> None:
        """Offer lines for this age."""
        self._is_young = settings.age_band is AgeBand.UNDER_18
        self.show_region()

    def show_region(self) -> None:
        """Name the number and offer the lines of the region that is chosen now."""
        lang = self._app.language.current.value
        region = self._app.plain.current.region
        card = self._app.help.card(CALM, lang=lang, region=region, young=self._is_young)
        said = []
        if card.emergency is not None:
            said.append(self.tr("In danger now: {number}").format(number=card.emergency.number))
        if card.lines:
            line = card.lines[0]
            talk = self.tr("To talk to a person: {number} ({name})")
            said.append(talk.format(number=line.number, name=line.name.get(lang, "")))
        self.number_label.setText("\n".join(said) or self._app.help.notice(lang))
        self.lines.show_lines(card.lines, lang)
        before: QWidget = self.fields[PlanStep.PROFESSIONALS].editor
        for button in self.lines.buttons.values():  # made anew, so last in the order of Tab
            self.setTabOrder(before, button)
            before = button

    def retranslate(self) -> None:
        """Texts in the language of now."""
        lang = self._app.language.current.value
        head = self._app.plan.head(lang)
        self.title.setText(head.title)
        self.intro.setText(head.intro)
        steps = self._app.plan.steps(lang)
        for step in steps:
            self.fields[step.id].show_step(step)
        self.shown.show_steps(steps)
        if self._session.guest:
            self.kept.setText(self.tr("You are here as a guest: the plan goes when you leave."))
        else:
            self.kept.setText(
                self.tr("Kept as you write, in your encrypted space on this computer.")
            )
        self.show_region()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the plan where that has not been done, and the region of now."""
        super().showEvent(event)
        self.show_region()
        self._load_shown()
        if not self.keeper.is_loaded:
            self.keeper.load()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is not kept yet; another page may come."""
        self.keeper.save()
        super().hideEvent(event)

    def _read(self) -> Plan:
        return {step: field.editor.text() for step, field in self.fields.items()}

    def _plan_card(self, how: str) -> PlanCard:
        """What stands in the window now, on five panels; empty steps leave their title out."""
        lang = self._app.language.current.value
        titles = {step.id: step.title for step in self._app.plan.steps(lang)}
        texts = self._read()

        def panel(*steps: PlanStep) -> tuple[CardText, ...]:
            return tuple(CardText(titles[s], texts[s].strip()) for s in steps if texts[s].strip())

        first = CardText("", self.number_label.text())
        return PlanCard(
            (
                (*panel(PlanStep.REASON), first),
                panel(PlanStep.SIGNS, PlanStep.ALONE),
                panel(PlanStep.DISTRACTION, PlanStep.PEOPLE),
                panel(PlanStep.PROFESSIONALS),
                panel(PlanStep.SURROUNDINGS),
            ),
            how,
        )

    @Slot(dict)
    def _on_loaded(self, plan: Plan) -> None:
        self.notice.clear()
        for step, field in self.fields.items():
            field.begin(plan.get(step, ""))

    def _load_shown(self) -> None:
        service = self._session.plan
        self.shown.show_obstacle(service.obstacle)
        self._tasks.run(service.chosen, self.shown.show_chosen, self._on_failed, self)

    @Slot(PlanStep, bool)
    def _on_shown_switched(self, step: PlanStep, is_shown: bool) -> None:
        service = self._session.plan
        self.keeper.save()  # first, so that what is shown is what stands in the window

        def on_failed(error: PsyLiteError) -> None:
            self._on_failed(error)
            self._tasks.run(service.chosen, self.shown.show_chosen, self._on_failed, self)

        self._tasks.run(
            lambda: service.choose(step, is_shown=is_shown),
            lambda _nothing: self.notice.clear(),
            on_failed,
            self,
        )

    @Slot(PsyLiteError)
    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _on_settings_failed(self, _error: PsyLiteError) -> None:
        """Lines for everybody are offered; they need no settings."""

    @Slot()
    def _on_professionals_changed(self) -> None:
        self.lines.leave_out(self.fields[PlanStep.PROFESSIONALS].editor.toPlainText())

    @Slot(str)
    def _on_line_chosen(self, line: str) -> None:
        field = self.fields[PlanStep.PROFESSIONALS]
        if self.keeper.is_loaded:
            field.add_line(line)
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.number)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.addWidget(self.number_label)
        column = ReadingColumn(self._app.theme, share=1.1)
        for widget in (self.title, self.number, self.intro, self.notice, *self.fields.values()):
            column.body.addWidget(widget)
        self.fields[PlanStep.PROFESSIONALS].place.addWidget(self.lines)
        column.body.addWidget(self.kept)
        column.body.addWidget(self.shown)
        column.body.addWidget(self.card)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
        lead_focus(self, self.fields[PlanStep.REASON].editor)

    def _connect(self) -> None:
        for field in self.fields.values():
            field.changed.connect(self.keeper.note_change)
        self.fields[PlanStep.PROFESSIONALS].changed.connect(self._on_professionals_changed)
        self.lines.chosen.connect(self._on_line_chosen)
        self.shown.switched.connect(self._on_shown_switched)
        self.keeper.loaded.connect(self._on_loaded)
        self.keeper.saved.connect(self.notice.clear)
        self.keeper.failed.connect(self._on_failed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
