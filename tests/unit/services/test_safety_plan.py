"""The plan: what changed is kept with its time, the rest stays."""

from __future__ import annotations

from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.safety_plan import SafetyPlanService
from tests.fakes.memory_vault import MemoryVault


def test_only_what_changed_is_kept_anew() -> None:
    vault = MemoryVault()
    now = [10.0]
    plan = SafetyPlanService(vault.safety_plan, Clock(lambda: now[0]))
    assert plan.load() == {}
    plan.save({PlanStep.ALONE: "walk", PlanStep.REASON: "my cat"})
    now[0] = 20.0
    plan.save({PlanStep.ALONE: "a longer walk", PlanStep.PEOPLE: ""})
    assert plan.load() == {PlanStep.REASON: "my cat", PlanStep.ALONE: "a longer walk"}
    assert vault.safety_plan.entries() == [
        PlanEntry(PlanStep.REASON, "my cat", 10.0),
        PlanEntry(PlanStep.ALONE, "a longer walk", 20.0),
    ]
    plan.save({PlanStep.REASON: ""})
    assert list(plan.load()) == [PlanStep.ALONE]
