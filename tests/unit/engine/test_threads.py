import pytest

from psylite_desktop.engine import threads as module
from psylite_desktop.engine.threads import (
    OtherWork,
    ThreadBudget,
    Threads,
    choose_threads,
    machine_threads,
)


@pytest.mark.parametrize(
    ("physical", "logical", "expected"),
    [
        (1, 1, Threads(1, 1)),
        (1, 2, Threads(1, 2)),
        (2, 2, Threads(2, 2)),
        (2, 4, Threads(2, 3)),
        (4, 4, Threads(3, 3)),
        (4, 8, Threads(4, 7)),
        (8, 16, Threads(8, 15)),
        (0, 0, Threads(1, 1)),
    ],
)
def test_threads_leave_the_window_a_core(physical: int, logical: int, expected: Threads) -> None:
    assert choose_threads(physical=physical, logical=logical) == expected


def test_a_busy_machine_gets_fewer_threads() -> None:
    assert Threads(4, 7).within(2.4) == Threads(2, 2)
    assert Threads(4, 7).within(-1.0) == Threads(1, 1)
    assert Threads(4, 7).within(16) == Threads(4, 7)


def test_this_machine_can_be_asked() -> None:
    threads = machine_threads()
    assert 1 <= threads.generate <= threads.read
    assert OtherWork().busy_cores() >= 0.0


def test_the_budget_follows_the_work_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1, 100))
    busy = iter([0.0, 1.6, 1.6, 0.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(module, "usable_cores", lambda: 2)
    budget = ThreadBudget(Threads(2, 2))
    monkeypatch.setattr(OtherWork, "busy_cores", lambda _self: next(busy))
    changes = [budget.changed() for _ in range(4)]
    assert changes == [None, Threads(1, 1), None, Threads(2, 2)]


def test_the_budget_is_not_asked_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = ThreadBudget(Threads(2, 2))
    budget.changed()
    monkeypatch.setattr(OtherWork, "busy_cores", lambda _self: 99.0)
    assert budget.changed() is None
