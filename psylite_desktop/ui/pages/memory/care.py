"""Reads what is written on the memory page for danger, and brings help into view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import CALM, Assessment, Level, RiskState
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.corrector import Corrector
from psylite_desktop.ui.pages.talk.crisis_surfaces import CrisisSurfaces
from psylite_desktop.ui.pages.talk.people_on_card import PeopleOnCard


class Care(QObject):
    """The same help as in Talk, for words that are written to be remembered.

    Signals:
        failed: The vault did not take a correction; carries the error's code.
    """

    failed = Signal(str)

    def __init__(
        self, context: PageContext, page: QWidget, place: QVBoxLayout, tasks: VaultTasks
    ) -> None:
        """Help stands in `place`, a part of `page`."""
        super().__init__(page)
        self._engine = context.app.engine
        self._screening = context.session.screening
        self._is_reading = False
        self._corrector = Corrector(
            session=context.session, tasks=tasks, is_sending=lambda: self._is_reading, parent=self
        )
        self.surfaces = CrisisSurfaces(context.app, page, place, evidence=self._corrector.evidence)
        PeopleOnCard(context.session, self.surfaces.card.message)
        self.surfaces.corrected.connect(self._corrector.correct)
        self.surfaces.safe_confirmed.connect(self._corrector.confirm_safe)
        self._corrector.corrected.connect(self._on_corrected)
        self._corrector.failed.connect(self.failed)

    def lets_pass(self, text: str) -> bool:
        """Look at words before they are kept; false where help comes into view instead.

        Calm words move nothing: a note is no turn of a talk.
        """
        assessment = self._screening.look(text)
        if assessment.level < Level.CRISIS:
            return True
        assessment, state = self._screening.preview(text)
        self._corrector.keeper.begin_turn()
        self._corrector.keeper.note(text, assessment, state)
        self.surfaces.take(assessment, state)
        self._is_reading = True
        screening = self._screening
        # All layers read it and the state is stored where a talk would do that.
        self._engine.run(lambda: screening.take(text), self._on_taken, self._on_not_taken, self)
        return False

    def _on_taken(self, heard: tuple[Assessment, RiskState]) -> None:
        assessment, state = heard
        self._is_reading = False
        if max(assessment.level, state.level) > self.surfaces.told_level:
            self.surfaces.take(assessment, state)
        self._corrector.release()

    def _on_not_taken(self, _error: PsyLiteError) -> None:
        """Help is in view already."""
        self._is_reading = False
        self._corrector.release()

    @Slot(RiskState)
    def _on_corrected(self, state: RiskState) -> None:
        self.surfaces.take(CALM, state)
