"""The plan: what changed is kept with its time; steps that were chosen can be read outside."""

from __future__ import annotations

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.safety_plan import Obstacle, PlanEntry, PlanStep
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.safety_plan import SafetyPlanService
from tests.fakes.memory_vault import MemoryVault


def plan_of(
    vault: MemoryVault, now: list[float] | None = None, obstacles: list[Obstacle] | None = None
) -> SafetyPlanService:
    time = now or [10.0]
    return SafetyPlanService(
        vault.safety_plan,
        Clock(lambda: time[0]),
        settings=vault.settings,
        shown=vault.shown_plan,
        obstacle=lambda: obstacles[0] if obstacles else None,
    )


def shown(vault: MemoryVault) -> dict[PlanStep, str]:
    return {entry.step: entry.text for entry in vault.shown_plan.entries}


def test_only_what_changed_is_kept_anew() -> None:
    vault = MemoryVault()
    now = [10.0]
    plan = plan_of(vault, now)
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


def test_nothing_is_shown_unless_somebody_chose_it() -> None:
    vault = MemoryVault()
    plan = plan_of(vault)
    plan.save({PlanStep.ALONE: "walk", PlanStep.REASON: "my cat"})
    assert plan.chosen() == frozenset()
    assert shown(vault) == {}
    plan.choose(PlanStep.ALONE, is_shown=True)
    assert shown(vault) == {PlanStep.ALONE: "walk"}
    plan.save({PlanStep.ALONE: "a longer walk", PlanStep.SIGNS: "nights"})
    assert shown(vault) == {PlanStep.ALONE: "a longer walk"}
    plan.choose(PlanStep.ALONE, is_shown=False)
    assert shown(vault) == {}
    assert plan.load()[PlanStep.ALONE] == "a longer walk"


def test_a_chosen_step_that_is_empty_shows_nothing_until_it_is_written() -> None:
    vault = MemoryVault()
    plan = plan_of(vault)
    plan.choose(PlanStep.PEOPLE, is_shown=True)
    assert shown(vault) == {}
    plan.add_person("my sister")
    assert shown(vault) == {PlanStep.PEOPLE: "my sister"}
    plan.save({PlanStep.PEOPLE: " \n"})
    assert shown(vault) == {}


def test_the_vault_is_the_truth_at_unlocking() -> None:
    vault = MemoryVault()
    plan = plan_of(vault)
    plan.save({PlanStep.ALONE: "walk"})
    plan.choose(PlanStep.ALONE, is_shown=True)
    vault.shown_plan.entries = (PlanEntry(PlanStep.REASON, "of another day"),)
    plan.tidy()
    assert shown(vault) == {PlanStep.ALONE: "walk"}


@pytest.mark.parametrize("obstacle", Obstacle)
def test_an_obstacle_takes_it_away_and_the_choice_stays(obstacle: Obstacle) -> None:
    vault = MemoryVault()
    obstacles: list[Obstacle] = []
    plan = plan_of(vault, obstacles=obstacles)
    plan.save({PlanStep.ALONE: "walk"})
    plan.choose(PlanStep.ALONE, is_shown=True)
    obstacles.append(obstacle)
    assert plan.obstacle is obstacle
    plan.tidy()
    assert shown(vault) == {}
    plan.save({PlanStep.ALONE: "a longer walk"})
    plan.choose(PlanStep.REASON, is_shown=True)
    assert shown(vault) == {}
    obstacles.clear()
    plan.tidy()
    assert shown(vault) == {PlanStep.ALONE: "a longer walk"}


def test_a_disk_that_refuses_keeps_nobody_out() -> None:
    vault = MemoryVault()
    plan = plan_of(vault)
    plan.save({PlanStep.ALONE: "walk"})
    plan.choose(PlanStep.ALONE, is_shown=True)
    vault.failure = VaultError("vault_disk_full")
    plan.tidy()
    with pytest.raises(VaultError):
        plan.save({PlanStep.ALONE: "run"})
