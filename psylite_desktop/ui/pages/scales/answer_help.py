"""Brings help above the scales when an answer speaks of danger."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import CALM, Level, RiskState
from psylite_desktop.domain.scale import Answers, Scale
from psylite_desktop.services.scales import assessment_of
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.corrector import Corrector
from psylite_desktop.ui.pages.talk.crisis_surfaces import CrisisSurfaces, Surface
from psylite_desktop.ui.pages.talk.people_on_card import PeopleOnCard


class AnswerHelp(QObject):
    """The card is shown here and now; the state is stored beside it.

    Signals:
        state_changed: An answer raised the risk state, or a correction lowered it; carries it.
        failed: The vault did not take a correction; carries the error's code.
        closed: The card gave way; the page may have the keyboard again.
    """

    state_changed = Signal(RiskState)
    failed = Signal(str)
    closed = Signal()

    def __init__(
        self, context: PageContext, page: QWidget, place: QVBoxLayout, tasks: VaultTasks
    ) -> None:
        """`place` is the part of `page` above the scales."""
        super().__init__(page)
        self._service = context.session.scales
        self._screening = context.session.screening
        self._tasks = tasks
        self._is_told = False
        self.corrector = Corrector(
            session=context.session, tasks=tasks, is_sending=lambda: False, parent=self
        )
        self.crisis = CrisisSurfaces(context.app, page, place, evidence=self.corrector.evidence)
        PeopleOnCard(context.session, self.crisis.card.message)
        self.crisis.corrected.connect(self.corrector.correct)
        self.crisis.safe_confirmed.connect(self.corrector.confirm_safe)
        self.crisis.closed.connect(self.closed)
        self.corrector.corrected.connect(self._on_corrected)
        self.corrector.failed.connect(self.failed)

    @property
    def has_keyboard(self) -> bool:
        """Whether a card is in view, which must not lose the keyboard to something else."""
        return self.crisis.surface >= Surface.CARD

    def begin(self) -> None:
        """A scale is begun; nothing of it was told yet."""
        self._is_told = False

    def come_along(self) -> None:
        """Show help that came into view elsewhere; never less than what is here."""
        if self.crisis.surface <= Surface.STRIP:
            self.crisis.resume(self._screening.state)

    def tell(self, scale: Scale, answers: Answers) -> bool:
        """Bring help where answers speak of danger; whether a card was shown."""
        assessment, words = assessment_of(scale, answers)
        if assessment.level is Level.NONE:
            return False
        self._is_told = True
        state = self._service.preview(assessment)
        self.corrector.keeper.begin_turn()
        self.corrector.keeper.note(words, assessment, state)
        self.crisis.take(assessment, state)
        service = self._service
        self._tasks.run(
            lambda: service.take(assessment), self._on_raised, self._on_raise_failed, self
        )
        return self.has_keyboard

    def tell_once(self, scale: Scale, answers: Answers) -> None:
        """As `tell`, for answers that were given at another time and are scored now."""
        if not self._is_told:
            self.tell(scale, answers)

    def _on_raised(self, state: RiskState) -> None:
        self.state_changed.emit(state)

    def _on_raise_failed(self, _error: PsyLiteError) -> None:
        """Help is in view already; the vault is closed or closing."""

    @Slot(RiskState)
    def _on_corrected(self, state: RiskState) -> None:
        self.crisis.take(CALM, state)
        self.state_changed.emit(state)
