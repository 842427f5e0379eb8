"""Hears words that could not be stored: what they say of danger must stand all the same."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.chat import clean
from psylite_desktop.services.screening import Screening
from psylite_desktop.ui.bridge.engine_thread import EngineThread


class UnkeptWords(QObject):
    """All layers hear them, on the engine thread.

    Signals:
        heard: There is danger; carries the assessment and the state after it.
    """

    heard = Signal(Assessment, RiskState)

    def __init__(self, screening: Screening, engine: EngineThread, parent: QObject) -> None:
        super().__init__(parent)
        self._screening = screening
        self._engine = engine

    def hear(self, text: str) -> None:
        """Move the state by a text that stays in the editor."""
        words = clean(text)
        self._engine.run(lambda: self._screening.take(words), self._on_taken, self._on_failed, self)

    def _on_taken(self, taken: tuple[Assessment, RiskState]) -> None:
        if max(taken[0].level, taken[1].level) >= Level.CRISIS:
            self.heard.emit(*taken)

    def _on_failed(self, _error: PsyLiteError) -> None:
        """The card came at Enter already."""
