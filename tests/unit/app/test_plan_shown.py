"""No step of a plan stands in clear where it is not known whether discreet was chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import AppPaths, find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.domain.safety_plan import Obstacle, PlanEntry, PlanStep
from psylite_desktop.services.session import Session
from tests.fakes.floor import floor
from tests.fakes.memory_vault import MemoryVault


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return find_paths(tmp_path / "data")


@pytest.fixture
def vault() -> MemoryVault:
    """A vault with a plan of which one step was chosen."""
    vault = MemoryVault()
    vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, "my sister", 1.0)])
    vault.settings.save(replace(vault.settings.load(), plan_shown=(str(PlanStep.PEOPLE),)))
    return vault


def opened(paths: AppPaths, vault: MemoryVault) -> Session:
    services = build_services(paths)
    services.assessor = floor()
    try:
        return open_session(services, vault, guest=False, language=lambda: "en")
    finally:
        services.host.close()


def stored(paths: AppPaths, text: str) -> None:
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("text", [None, "{}", '{"discreet": false}'])
def test_what_was_chosen_is_shown(paths: AppPaths, vault: MemoryVault, text: str | None) -> None:
    if text is not None:
        stored(paths, text)
    assert opened(paths, vault).plan.obstacle is None
    assert [entry.text for entry in vault.shown_plan.entries] == ["my sister"]


def test_not_for_somebody_who_chose_discreet(paths: AppPaths, vault: MemoryVault) -> None:
    stored(paths, '{"discreet": true}')
    assert opened(paths, vault).plan.obstacle is Obstacle.DISCREET
    assert not vault.shown_plan.entries


def test_not_in_a_safe_start(paths: AppPaths, vault: MemoryVault) -> None:
    stored(paths, '{"discreet": true}')
    assert opened(replace(paths, is_safe=True), vault).plan.obstacle is Obstacle.UNKNOWN
    assert not vault.shown_plan.entries


@pytest.mark.parametrize("text", ["", '{"discreet": tr', "[]", '{"discreet": 1}', "\0" * 40])
def test_not_where_the_settings_cannot_be_read(
    paths: AppPaths, vault: MemoryVault, text: str
) -> None:
    stored(paths, text)
    assert opened(paths, vault).plan.obstacle is Obstacle.UNKNOWN
    assert not vault.shown_plan.entries


def test_not_after_another_setting_was_stored_over_it(paths: AppPaths, vault: MemoryVault) -> None:
    stored(paths, "{")
    services = build_services(paths)
    services.plain.change(region="hk")
    assert opened(paths, vault).plan.obstacle is Obstacle.UNKNOWN
    services.plain.change(discreet=False)
    assert opened(paths, vault).plan.obstacle is None
