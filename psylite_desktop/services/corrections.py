"""When a person says "you misread me" or "this is not about me": why, what follows, what is kept.

Source: design note "Safety", section 2, point 6, and section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from psylite_desktop.domain.correction import Correction, Layer, Quote, Verdict
from psylite_desktop.domain.risk import Reason, RiskState
from psylite_desktop.domain.stores import CorrectionStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.screening import Screening

QUOTES = 3
"""Words that are shown at once: more would read like an accusation."""
LONGEST_QUOTE = 200
"""Characters of one quote; a layer that read a whole page is quoted with its beginning."""


class CorrectionService:
    """Takes corrections of one profile. Methods raise VaultError."""

    def __init__(self, store: CorrectionStore, screening: Screening, clock: Clock) -> None:
        self._store = store
        self._screening = screening
        self._clock = clock

    def give(self, correction: Correction) -> RiskState:
        """Lower the state as far as the rules allow, and keep the correction with the time of now.

        The state has moved even where a VaultError is raised.
        """
        state = self.lower(correction.verdict)
        self._store.add(replace(correction, at=self._clock.now()))
        return state

    def lower(self, verdict: Verdict) -> RiskState:
        """Lower the state and keep nothing, as for the second, explicit "I am safe"."""
        if verdict is Verdict.NOT_ABOUT_ME:
            return self._screening.take_not_about_me()
        return self._screening.take_misread()

    def count(self) -> int:
        """How many corrections are kept."""
        return self._store.count()

    def forget(self) -> None:
        """Delete all corrections."""
        self._store.clear()


def quotes(text: str, reasons: Iterable[Reason]) -> list[Quote]:
    """The words that led to an assessment of `text`, the weightiest first, at most `QUOTES`.

    Words inside words that are quoted already, or around them, are left out.
    """
    taken: list[tuple[int, int]] = []
    found = []
    for reason in reasons:
        start, end = max(reason.start, 0), min(reason.end, len(text))
        words = text[start:end].strip()
        if not words or any(_nested((start, end), other) for other in taken):
            continue
        taken.append((start, end))
        if len(words) > LONGEST_QUOTE:
            words = words[:LONGEST_QUOTE].rstrip() + "…"
        found.append(Quote(words, layer_of(reason.rule)))
        if len(found) == QUOTES:
            break
    return found


def layer_of(rule: str) -> Layer:
    """The layer that a rule id names; what is not known is one of the engine's."""
    if rule.startswith(("zh.", "en.")):
        return Layer.RULES
    if rule.startswith("scale."):
        return Layer.ANSWER
    return Layer.LINEAR if rule.startswith("model.linear.") else Layer.MEANING


def _nested(one: tuple[int, int], other: tuple[int, int]) -> bool:
    inside = other[0] <= one[0] and one[1] <= other[1]
    return inside or (one[0] <= other[0] and other[1] <= one[1])
