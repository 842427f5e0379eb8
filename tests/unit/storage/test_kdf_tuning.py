from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.storage.kdf_tuning import (
    AIM_S,
    MOST_PASSES,
    TINY_COST,
    RunCost,
    is_thrifty,
    tuned_cost,
)
from psylite_desktop.storage.keyslots import MAX_PASSES, KdfCost


@given(st.floats(0.0001, 60.0))
def test_a_slower_machine_never_falls_below_the_floor(per_pass_s: float) -> None:
    cost = tuned_cost(free_mib=4096, derive_s=lambda cost: cost.passes * per_pass_s)
    floor = KdfCost()
    assert cost.memory_kib == floor.memory_kib
    assert floor.passes <= cost.passes <= MOST_PASSES < MAX_PASSES
    if floor.passes < cost.passes < MOST_PASSES:
        assert abs(cost.passes * per_pass_s - AIM_S) <= per_pass_s


def test_a_machine_without_memory_gets_less() -> None:
    assert tuned_cost(free_mib=300, derive_s=lambda _cost: 1 / 0) == TINY_COST


def test_it_measures_for_real() -> None:
    assert KdfCost().passes <= tuned_cost(free_mib=4096).passes <= MOST_PASSES


def test_a_run_measures_once() -> None:
    measured: list[KdfCost] = []

    def tuned() -> KdfCost:
        measured.append(KdfCost(passes=7))
        return measured[-1]

    cost = RunCost(tuned)
    assert [cost(), cost()] == [KdfCost(passes=7)] * 2
    assert len(measured) == 1


def test_only_the_cost_of_a_tiny_machine_is_thrifty() -> None:
    assert is_thrifty(TINY_COST)
    assert not is_thrifty(KdfCost())
