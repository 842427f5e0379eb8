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


def test_work_of_others_is_what_this_process_did_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    # seconds: now, busy on all cores, used by this process
    looks = iter([(0.0, 0.0, 0.0), (60.0, 90.0, 0.0), (60.5, 91.0, 0.25)])
    monkeypatch.setattr(module, "_times", lambda: next(looks))
    others = OtherWork()
    others.begin()
    assert others.busy_cores() == pytest.approx(1.5)


class Machine:
    """A clock, and others who keep cores busy."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now, self.busy, self.begun = 100.0, 0.0, 0
        patch.setattr(module.time, "monotonic", lambda: self.now)
        patch.setattr(module, "usable_cores", lambda: 2)
        patch.setattr(OtherWork, "busy_cores", lambda _self: self.busy)
        patch.setattr(OtherWork, "begin", lambda _self: self._begin())
        self.budget = ThreadBudget(Threads(2, 2))

    def _begin(self) -> None:
        self.begun += 1

    def work(self, seconds: float, *, step: float = 0.01) -> list[Threads]:
        """Pieces of work one after another; the changes."""
        changes = []
        for _ in range(round(seconds / step)):
            changes.append(self.budget.changed())
            self.now += step
            self.budget.worked()
        return [one for one in changes if one is not None]


@pytest.mark.parametrize("step", [0.002, 0.05, 0.4])
def test_the_budget_follows_the_work_of_others(
    monkeypatch: pytest.MonkeyPatch, step: float
) -> None:
    machine = Machine(monkeypatch)
    assert machine.work(2, step=step) == []
    machine.busy = 1.6
    assert machine.work(2, step=step) == [Threads(1, 1)]
    machine.busy = 0.0
    assert machine.work(2, step=step) == [Threads(2, 2)]
    assert machine.begun == 1


def test_what_others_did_in_a_pause_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    machine.work(1)
    machine.now += 60
    machine.busy = 1.6
    assert machine.work(0.09) == []
    assert machine.begun == 2
    assert machine.work(0.1) == [Threads(1, 1)]


def test_the_budget_looks_at_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    machine.work(0.2)  # the first look
    machine.busy = 1.6
    assert machine.work(0.3) == []
    assert machine.work(0.3) == [Threads(1, 1)]
