"""The person's plan for hard moments: read it, keep it. Nothing in it is assessed or sent on."""

from __future__ import annotations

from collections.abc import Mapping

from psylite_desktop.domain.ports import SafetyPlanStore
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.services.clock import Clock


class SafetyPlanService:
    """The plan of one profile. Methods raise VaultError."""

    def __init__(self, store: SafetyPlanStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def load(self) -> dict[PlanStep, str]:
        """What stands in each step; steps that hold nothing are left out."""
        return {entry.step: entry.text for entry in self._store.entries()}

    def save(self, changed: Mapping[PlanStep, str]) -> None:
        """Keep these steps, all or none; an empty text removes a step, others stay."""
        now = self._clock.now()
        self._store.save([PlanEntry(step, text, now) for step, text in changed.items()])

    def add_person(self, line: str) -> None:
        """Put somebody at the end of "people I can ask", unless they stand there already."""
        text = self.load().get(PlanStep.PEOPLE, "")
        if line and line not in text.splitlines():
            self.save({PlanStep.PEOPLE: f"{text.rstrip()}\n{line}".lstrip("\n")})

    def people(self) -> str:
        """Whom the person can ask, in their own words; empty where nobody stands there."""
        return self.load().get(PlanStep.PEOPLE, "").strip()
