"""Lived time is kept in the vault, without waiting for it and without words."""

from __future__ import annotations

import pytest

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.clock_trust import DAY_S
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.services.lived_time import PLACE, LivedTime
from tests.fakes.memory_vault import MemoryVault

NOW = 1_795_000_000.0


class Wall:
    """A clock on the wall."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def test_the_next_opening_goes_on_where_the_last_one_was() -> None:
    vault, wall = MemoryVault(), Wall()
    assert LivedTime(vault, wall).lived() == NOW
    for day in range(1, 6):
        wall.now = NOW + day * DAY_S
        assert LivedTime(vault, wall).lived() == pytest.approx(wall.now)
    wall.now = NOW + 400 * DAY_S
    life = LivedTime(vault, wall)
    assert life.lived() == pytest.approx(NOW + 5 * DAY_S)
    assert life.shown(life.lived()) == pytest.approx(wall.now)


@pytest.mark.parametrize("text", ["", "no numbers", "{}", '{"lived": "x", "stretches": []}'])
def test_what_cannot_be_read_begins_anew_where_the_vault_stands(text: str) -> None:
    vault, wall = MemoryVault(), Wall()
    vault.check_ins.add(CheckIn(NOW, "2026-11-18", 3))
    vault.drafts.save(PLACE, text)
    wall.now = NOW + 70 * 365 * DAY_S
    assert LivedTime(vault, wall).lived() == NOW


def test_damage_in_one_part_of_a_vault_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(**_limits: int) -> list[object]:
        raise VaultError("vault_damaged")

    vault, wall = MemoryVault(), Wall()
    vault.check_ins.add(CheckIn(NOW, "2026-11-18", 3))
    monkeypatch.setattr(vault.conversations, "conversations", damaged)
    wall.now = NOW + 70 * 365 * DAY_S
    assert LivedTime(vault, wall).lived() == NOW
    vault.drafts.save(PLACE, "")
    monkeypatch.setattr(vault.journal, "entries", damaged)
    monkeypatch.setattr(vault.check_ins, "latest", damaged)
    assert LivedTime(vault, wall).lived() == pytest.approx(wall.now)


def test_it_is_kept_now_and_then_and_holds_no_words() -> None:
    vault, wall = MemoryVault(), Wall()
    life = LivedTime(vault, wall)
    first = vault.drafts.load(PLACE)
    assert not set(first) - set('0123456789.[]{}",:eE+-adefhilorstvc')
    wall.now += 60.0
    life.lived()
    assert vault.drafts.load(PLACE) == first
    wall.now += 3600.0
    life.lived()
    assert vault.drafts.load(PLACE) != first


def test_a_vault_that_was_closed_is_no_reason_to_complain() -> None:
    vault, wall = MemoryVault(), Wall()
    life = LivedTime(vault, wall)
    vault.close()
    wall.now += DAY_S
    assert life.lived() == pytest.approx(wall.now)
