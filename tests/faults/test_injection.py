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
from tests.faults.conftest import Count
from tests.faults.copy_cases import Kept, case, keep
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
    counts["calls that write"] = len(points)
    for point, fault in chosen(points):
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
@pytest.mark.parametrize("name", NAMES)
def test_a_fault_at_every_call_that_writes_loses_nothing(
    prepared: Prepared, injector: Injector, tmp_path: Path, name: str, figures: Count
) -> None:
    faults = list(FAULTS)
    for case in cases(prepared, tmp_path / "copy", name):
        every = [(point, fault) for point in injector.points(case.order())[0] for fault in faults]
        counts = inject(injector, case, lambda _points, every=every: every)
        figures("fault injection", counts, operations=1)
        # The other ways of the same operation: a medium that stays bad is no other case for them.
        faults = ["kill", "ENOSPC", "EIO"]


@pytest.mark.parametrize("name", COPY_STEPS)
def test_a_fault_while_copies_and_keys_change_loses_nothing(
    kept: Kept, injector: Injector, tmp_path: Path, name: str, figures: Count
) -> None:
    rng = random.Random(name)
    counts = inject(
        injector,
        case(kept, tmp_path / "copy", name),
        lambda points: [(rng.choice(points), fault) for fault in FAULTS],
    )
    figures("faults, copies and keys", counts)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", COPY_STEPS)
def test_a_fault_at_every_call_while_copies_and_keys_change_loses_nothing(
    kept: Kept, injector: Injector, tmp_path: Path, name: str, figures: Count
) -> None:
    counts = inject(
        injector,
        case(kept, tmp_path / "copy", name),
        lambda points: [(point, fault) for point in points for fault in FAULTS],
    )
    figures("faults, copies and keys", counts, operations=1)
