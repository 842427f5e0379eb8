"""Which steps of the plan may be read before unlocking, and what that means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.content.plan import StepText
from psylite_desktop.domain.safety_plan import Obstacle, PlanStep
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.check_line import CheckLine
from psylite_desktop.ui.widgets.text import PlainLabel


class ShownChoice(QWidget):
    """One switch a step, all of them off until the person turns one on.

    Signals:
        switched: A step may be read before unlocking, or not any more; carries PlanStep and bool.
    """

    switched = Signal(PlanStep, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._obstacle: Obstacle | None = None
        self.heading = PlainLabel("strong")
        self.note = PlainLabel("small")
        self.lines = {step: CheckLine() for step in PlanStep}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.heading)
        box.addWidget(self.note)
        for step, line in self.lines.items():
            line.setEnabled(False)  # until the choice of before was read
            line.switched.connect(partial(self._on_switched, step))
            box.addWidget(line)
        self.retranslate()

    def show_steps(self, steps: Iterable[StepText]) -> None:
        """Name the switches after the steps."""
        for step in steps:
            self.lines[step.id].set_text(step.title)

    def show_chosen(self, chosen: Iterable[PlanStep]) -> None:
        """Set the switches as they are stored."""
        stored = frozenset(chosen)
        for step, line in self.lines.items():
            line.box.setChecked(step in stored)
            line.setEnabled(True)

    def show_obstacle(self, obstacle: Obstacle | None) -> None:
        """Where nothing is shown before unlocking, say why; guests need not hear of it."""
        self._obstacle = obstacle
        for line in self.lines.values():
            line.setVisible(obstacle is None)
        self.setVisible(obstacle is not Obstacle.GUEST)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.heading.setText(self.tr("On the help page, before unlocking"))
        if self._obstacle is Obstacle.DISCREET:
            said = self.tr(
                "The start shows no list of spaces, so nothing of a plan is shown there either."
            )
        elif self._obstacle is Obstacle.STICK:
            said = self.tr(
                "PsyLite runs from a folder that moves between computers, so nothing of a plan is "
                "shown before unlocking."
            )
        elif self._obstacle is Obstacle.UNKNOWN:
            said = self.tr(
                "PsyLite runs without its settings now, or could not read them, so nothing of a "
                "plan is shown before unlocking."
            )
        else:
            said = self.tr(
                "What you tick here is also stored outside your encrypted space, in clear: anyone "
                "at this computer can read it, without your passphrase."
            )
        self.note.setText(said)
        for line in self.lines.values():
            line.box.setAccessibleDescription(said)

    def _on_switched(self, step: PlanStep, is_on: bool) -> None:
        self.switched.emit(step, is_on)
