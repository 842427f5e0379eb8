"""Every system call that writes is made to fail, or kills the process: nothing is lost.

For each operation the calls are counted first. Then each of them in turn kills the process, or
fails for lack of space, or fails because of the medium, once and for good. Afterwards the vault
is opened and compared with the fake that did the same.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.cases import NAMES, REFUSALS, Case, Prepared, cases, prepare
from tests.faults.conftest import Count, Most
from tests.faults.copy_cases import Kept, copy_case, keep
from tests.faults.copy_steps import COPY_STEPS
from tests.faults.injection import FAULTS, Injector, Point, missing

REASON = missing()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON or "can be done here")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("prepared") / "profiles")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return keep(tmp_path_factory.mktemp("kept") / "profiles")


@pytest.fixture(scope="module")
def injector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Injector]:
    made = Injector(tmp_path_factory.mktemp("strace"))
    yield made
    made.close()


def inject(
    injector: Injector, case: Case, chosen: Callable[[list[Point]], list[tuple[Point, str]]]
) -> Counter[str]:
    """Hit the chosen points of a case with the chosen faults; return what was counted."""
    counts: Counter[str] = Counter()
    points, untouched = injector.points(case.order())
    case.judge(untouched)
    hits = chosen(points)
    if "kill" in {fault for _point, fault in hits}:
        counts["calls that write"] = len(points)  # once an operation, not once a fault
    counts["acknowledged operations lost"] = 0  # `judge` asserts it
    for point, fault in hits:
        outcome = injector.hit(case.order(), point, fault)
        where = f"{fault} at {point}: {outcome}"
        assert outcome.hit, where
        assert outcome.status == (-9 if fault == "kill" else 0), where
        for said in outcome.tries.values():
            assert said["state"] != "failed", where
            assert said.get("code") in {None, *REFUSALS, *case.refusals}, where
        try:
            case.judge(outcome)
        except BaseException as error:
            error.add_note(where)
            raise
        counts["faults injected"] += 1
        counts[f"{fault}, {outcome.first['state']}"] += 1
    return counts


def every(fault: str, at_most: Most) -> Callable[[list[Point]], list[tuple[Point, str]]]:
    """A fault at all points, or spread evenly over them where a short run is asked for."""

    def chosen(points: list[Point]) -> list[tuple[Point, str]]:
        step = -(-len(points) // at_most(len(points)))
        return [(point, fault) for point in points[::step]]

    return chosen


@pytest.mark.parametrize("name", NAMES[::3])
def test_a_fault_at_a_call_that_writes_loses_nothing(
    prepared: Prepared, injector: Injector, tmp_path: Path, name: str, figures: Count
) -> None:
    rng = random.Random(name)
    case = next(cases(prepared, tmp_path / "copy", name))
    counts = inject(
        injector, case, lambda points: [(rng.choice(points), fault) for fault in FAULTS]
    )
    figures("fault injection", counts)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_fault_at_every_call_that_writes_loses_nothing(
    prepared: Prepared,
    injector: Injector,
    tmp_path: Path,
    name: str,
    fault: str,
    figures: Count,
    at_most: Most,
) -> None:
    chosen = list(cases(prepared, tmp_path / "copy", name))
    if fault == "EIO from then on":
        chosen = chosen[:1]  # the other ways of the same operation are no other case for it
    for case in chosen:
        counts = inject(injector, case, every(fault, at_most))
        figures("fault injection", counts, operations=int(fault == "kill"))


@pytest.mark.parametrize("name", COPY_STEPS)
def test_a_fault_while_copies_and_keys_change_loses_nothing(
    kept: Kept, injector: Injector, tmp_path: Path, name: str, figures: Count
) -> None:
    rng = random.Random(name)
    counts = inject(
        injector,
        copy_case(kept, tmp_path / "copy", name),
        lambda points: [(rng.choice(points), fault) for fault in FAULTS],
    )
    figures("faults, copies and keys", counts)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", COPY_STEPS)
def test_a_fault_at_every_call_while_copies_and_keys_change_loses_nothing(
    kept: Kept,
    injector: Injector,
    tmp_path: Path,
    name: str,
    fault: str,
    figures: Count,
    at_most: Most,
) -> None:
    case = copy_case(kept, tmp_path / "copy", name)
    counts = inject(injector, case, every(fault, at_most))
    figures("faults, copies and keys", counts, operations=int(fault == "kill"))
