"""One scale on the list: what it asks about, how it was last time, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.scale import Scale, ScaleRun
from psylite_desktop.ui.pages.scales.shown import day, summary
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


@dataclass(frozen=True, slots=True)
class CardState:
    """What a card shows: the newest result, when it may be done again, whether answers wait.

    `again_at` is None where it may be done now.
    """

    newest: ScaleRun | None
    again_at: float | None
    is_waiting: bool
    is_young: bool


class ScaleCard(QFrame):
    """Texts are set anew by `show_scale`.

    Signals:
        start_requested: Fill it in; carries its id.
        paper_requested: Type in sums from paper; carries its id.
        results_requested: Show earlier results; carries its id.
    """

    start_requested = Signal(str)
    paper_requested = Signal(str)
    results_requested = Signal(str)

    def __init__(self, scale_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._id = scale_id
        self.name = PlainLabel("heading")
        self.full_name = PlainLabel("small")
        self.about = PlainLabel()
        self.status = PlainLabel("muted")
        self.start = plain_button()
        self.start.clicked.connect(self._on_start_clicked)
        self.anyway = quiet_button()
        self.anyway.clicked.connect(self._on_start_clicked)
        self.paper = plain_button()
        self.paper.clicked.connect(self._on_paper_clicked)
        self.results = quiet_button()
        self.results.clicked.connect(self._on_results_clicked)
        buttons = WrapLayout()
        for button in (self.start, self.anyway, self.paper, self.results):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        for label in (self.name, self.full_name, self.about, self.status):
            box.addWidget(label)
        box.addLayout(buttons)

    @property
    def first(self) -> QWidget:
        """The button that gets the keyboard."""
        offered = (self.start, self.anyway, self.paper, self.results)
        return next((button for button in offered if not button.isHidden()), self.start)

    def show_scale(self, scale: Scale, state: CardState) -> None:
        """Say everything in the language of now."""
        self.name.setText(scale.name)
        self.full_name.setText(scale.full_name)
        self.about.setText(scale.about if scale.is_open else f"{scale.about}\n{scale.reason}")
        lines = self._status(scale, state)
        self.status.setText("\n".join(lines))
        self.status.setVisible(bool(lines))
        may_start = state.again_at is None or state.is_waiting
        self.start.setText(self.tr("Go on") if state.is_waiting else self.tr("Fill it in"))
        self.anyway.setText(self.tr("Do it anyway"))
        self.paper.setText(self.tr("I filled it in on paper"))
        self.results.setText(self.tr("Earlier results"))
        self.start.setVisible(scale.is_open and may_start)
        self.anyway.setVisible(scale.is_open and not may_start)
        self.paper.setVisible(not scale.is_open)
        self.results.setVisible(state.newest is not None)
        for button in (self.start, self.anyway, self.paper, self.results):
            button.setAccessibleName(f"{button.text()}: {scale.name}")

    def _status(self, scale: Scale, state: CardState) -> list[str]:
        lines = []
        if state.newest is not None:
            said = summary(scale, state.newest, is_young=state.is_young)
            lines.append(
                self.tr("Last time, {day}: {score}").format(day=day(state.newest.at), score=said)
            )
        if state.again_at is not None and scale.is_open:
            lines.append(
                self.tr(
                    "It asks about {days} days, so it says something new from {day} on."
                ).format(days=scale.again_after_days, day=day(state.again_at))
            )
        if state.is_waiting:
            lines.append(self.tr("Some of your answers wait here."))
        return lines

    @Slot()
    def _on_start_clicked(self) -> None:
        self.start_requested.emit(self._id)

    @Slot()
    def _on_paper_clicked(self) -> None:
        self.paper_requested.emit(self._id)

    @Slot()
    def _on_results_clicked(self) -> None:
        self.results_requested.emit(self._id)
