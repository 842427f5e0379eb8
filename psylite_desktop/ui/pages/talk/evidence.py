"""Which words brought help into view; kept in memory only, for whoever asks why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from psylite_desktop.domain.risk import Assessment, Level, RiskState


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text and what was read in it; `message_id` is None until the text is stored."""

    text: str
    assessment: Assessment
    message_id: int | None = None


class EvidenceKeeper:
    """Holds the gravest text since things were calm; of two that weigh the same, the newer one."""

    def __init__(self) -> None:
        self.current: Evidence | None = None
        self._is_of_this_turn = False

    def begin_turn(self) -> None:
        """Another message is sent; what was noted before is stored, or never will be."""
        self._is_of_this_turn = False

    def note(self, text: str, assessment: Assessment, state: RiskState) -> None:
        """A text was assessed; `state` is the state after it."""
        before = self.current.assessment.level if self.current is not None else Level.NONE
        if assessment.level > Level.NONE and assessment.level >= before:
            self.current = Evidence(text, assessment)
            self._is_of_this_turn = True
        elif assessment.level is Level.NONE and state.level is Level.NONE:
            self.forget()

    def note_stored(self, message_id: int) -> None:
        """The message of this turn is stored."""
        if self.current is not None and self._is_of_this_turn:
            self.current = replace(self.current, message_id=message_id)

    def forget(self) -> None:
        """The person has corrected it, or things are calm again."""
        self.current = None
        self._is_of_this_turn = False
