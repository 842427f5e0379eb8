"""The person's plan for hard moments: read it, keep it. Nothing in it is assessed or sent on.

Some of its steps may be read before unlocking, if the person chose them one by one. The choice
stands in the vault, and what can be read outside is made from the vault, never the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import PrivateSettingsStore
from psylite_desktop.domain.safety_plan import Obstacle, PlanEntry, PlanStep
from psylite_desktop.domain.stores import SafetyPlanStore, ShownPlan
from psylite_desktop.services.clock import Clock


class SafetyPlanService:
    """The plan of one profile. Methods raise VaultError."""

    def __init__(
        self,
        store: SafetyPlanStore,
        clock: Clock,
        *,
        settings: PrivateSettingsStore,
        shown: ShownPlan,
        obstacle: Callable[[], Obstacle | None],
    ) -> None:
        """`obstacle` says why nothing may be read before unlocking, or that something may."""
        self._store = store
        self._clock = clock
        self._settings = settings
        self._shown = shown
        self._obstacle = obstacle

    def load(self) -> dict[PlanStep, str]:
        """What stands in each step; steps that hold nothing are left out."""
        return {entry.step: entry.text for entry in self._store.entries()}

    def save(self, changed: Mapping[PlanStep, str]) -> None:
        """Keep these steps, all or none; an empty text removes a step, others stay."""
        now = self._clock.now()
        self._store.save([PlanEntry(step, text, now) for step, text in changed.items()])
        self.renew_shown()

    def add_person(self, line: str) -> None:
        """Put somebody at the end of "people I can ask", unless they stand there already."""
        text = self.load().get(PlanStep.PEOPLE, "")
        if line and line not in text.splitlines():
            self.save({PlanStep.PEOPLE: f"{text.rstrip()}\n{line}".lstrip("\n")})

    def people(self) -> str:
        """Whom the person can ask, in their own words; empty where nobody stands there."""
        return self.load().get(PlanStep.PEOPLE, "").strip()

    @property
    def obstacle(self) -> Obstacle | None:
        """Why no step may be read before unlocking now, whatever was chosen."""
        return self._obstacle()

    def chosen(self) -> frozenset[PlanStep]:
        """Steps that the person chose to be read before unlocking."""
        names = self._settings.load().plan_shown
        return frozenset(step for step in PlanStep if step.value in names)

    def choose(self, step: PlanStep, *, is_shown: bool) -> None:
        """Let a step be read before unlocking, or not any more."""
        chosen = self.chosen() | {step} if is_shown else self.chosen() - {step}
        names = tuple(str(one) for one in PlanStep if one in chosen)
        self._settings.save(replace(self._settings.load(), plan_shown=names))
        self.renew_shown()

    def renew_shown(self) -> None:
        """Make what can be read before unlocking anew from the vault."""
        if self._obstacle() is not None:
            self._shown.keep([])
            return
        chosen = self.chosen()
        entries = self._store.entries() if chosen else []
        self._shown.keep([one for one in entries if one.step in chosen and one.text.strip()])

    def tidy(self) -> None:
        """As `renew_shown`, at unlocking: a disk that refuses it must not keep anybody out."""
        with suppress(VaultError):
            self.renew_shown()
