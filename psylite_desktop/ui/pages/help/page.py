"""Help now (F1): works before unlocking, without engine and without vault."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.risk import CALM
from psylite_desktop.services.session import Session
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.help.grounding import StepView
from psylite_desktop.ui.pages.help.line_view import LineView
from psylite_desktop.ui.pages.help.people_view import PeopleView
from psylite_desktop.ui.pages.help.plan_view import ShownPlanView
from psylite_desktop.ui.pages.help.region_picker import RegionPicker
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class HelpPage(QWidget):
    """The emergency number first, then the lines of the chosen region, then something to do.

    Signals:
        plan_requested: Show the person's plan.
        protocol_requested: Show how the app listens for danger.
    """

    plan_requested = Signal()
    protocol_requested = Signal()

    def __init__(
        self,
        app: AppContext,
        *,
        has_profile: bool = False,
        session: Session | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """The plan is offered where a profile is open; it stands in its vault.

        With a `session` the people of the plan are shown here, too. Without one, `shown_plan`
        takes what somebody chose to be read before unlocking.
        """
        super().__init__(parent)
        self.people = PeopleView(session)
        self.shown_plan = ShownPlanView(lambda: app.plan, app.language)
        self._app = app
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.region_label = PlainLabel()
        self.region = RegionPicker()
        self.region_label.setBuddy(self.region)
        self.region.picked.connect(self._on_region_picked)
        self.danger_title = PlainLabel("heading")
        self.emergency = QVBoxLayout()
        self.danger = QFrame()
        self.danger.setProperty("role", "urgent")
        self.lines_title = PlainLabel("heading")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(3 * GRID)
        self.views: list[LineView] = []
        self.notice = Paragraph()
        self.grounding_title = PlainLabel("heading")
        self.grounding = StepView()
        self.plan = plain_button()
        self.plan.clicked.connect(self.plan_requested)
        if not has_profile:
            self.plan.hide()
        self.protocol = plain_button()
        self.protocol.clicked.connect(self.protocol_requested)
        self.note = PlainLabel("small")
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lead_focus(self, self.region)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("Help now"))
        self.intro.setText(
            self.tr(
                "These are people, not programs. You do not need a special reason to call, and "
                "you may also call because you are worried about somebody else."
            )
        )
        self.region_label.setText(self.tr("Region"))
        self.danger_title.setText(self.tr("If you or somebody else is in danger now"))
        self.lines_title.setText(self.tr("Talk to someone"))
        self.grounding_title.setText(self.tr("Something to do right now"))
        self.plan.setText(self.tr("My plan"))
        self.protocol.setText(self.tr("How I listen for danger"))
        self.note.setText(
            self.tr(
                "PsyLite works offline: it cannot call, write to or alert anyone. Numbers and "
                "hours can change; each one shows the date on which it was checked."
            )
        )
        self.show_region()

    def show_region(self) -> None:
        """Show the lines of the region that is chosen now."""
        region = self._app.plain.current.region
        lang = self._app.language.current.value
        card = self._app.help.card(CALM, lang=lang, region=region)
        lines = self._app.help.lines(region, lang)
        self.region.choose(region)
        self.notice.setText(self._app.help.notice(lang))
        self.notice.setVisible(not lines)
        urgent = [line for line in lines if line.use == "emergency"]
        others = [line for line in lines if line.use != "emergency"]
        for view in self.views:
            view.hide()
            view.deleteLater()
        self.views = self._views(urgent, self.emergency) + self._views(others, self.lines)
        self.danger.setVisible(bool(urgent))
        self.lines_title.setVisible(bool(others))
        self.grounding.show_steps(card.grounding)
        self.grounding.setVisible(bool(card.grounding))
        self.grounding_title.setVisible(bool(card.grounding))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _views(self, lines: Sequence[Hotline], place: QVBoxLayout) -> list[LineView]:
        """Show lines one below the other, the first of them largest."""
        views = []
        for number, line in enumerate(lines):
            view = LineView(self._app.theme, is_first=number == 0)
            view.show_line(line, lang=self._app.language.current.value)
            place.addWidget(view)
            views.append(view)
        return views

    @Slot(str)
    def _on_region_picked(self, region: str) -> None:
        # Without a file it holds for this run, and a number matters more than the file.
        with contextlib.suppress(OSError):
            self._app.plain.change(region=region)
        self.show_region()

    def _lay_out(self) -> None:
        column = ReadingColumn(self._app.theme, share=1.1)
        inside = QVBoxLayout(self.danger)
        inside.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        inside.addWidget(self.danger_title)
        self.emergency.setSpacing(2 * GRID)
        inside.addLayout(self.emergency)
        for widget in (
            self.title,
            self.intro,
            self.region_label,
            self.region,
            self.notice,
            self.danger,
        ):
            column.body.addWidget(widget)
        column.body.addWidget(self.shown_plan)
        column.body.addWidget(self.people)
        column.body.addWidget(self.lines_title)
        column.body.addLayout(self.lines)
        column.body.addWidget(self.grounding_title)
        column.body.addWidget(self.grounding)
        more = WrapLayout()
        more.addWidget(self.plan)
        more.addWidget(self.protocol)
        column.body.addLayout(more)
        column.body.addWidget(self.note)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column)
