"""The gate on talks written by others; each set judged once before it helped to find families.

Only the floor listens here; `psylite evaluate humor` plays the same talks with all layers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.cli.json_lines import read_json_lines
from psylite_desktop.content.guided import LANGS, GuidedReplies
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.risk import RiskState
from psylite_desktop.evaluation.humor import Case, parse_case
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.state import advance
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.humor import HumorGate
from tests.fakes.floor import floor as shared_floor
from tests.fakes.memory_vault import MemoryVault
from tests.unit.services.conftest import ASSETS, SIGNS

CASES = Path(__file__).parents[3] / "psylite_desktop" / "forge" / "texts" / "humor"
GUIDED = GuidedReplies.load(ASSETS)
NOW = 1_790_000_000.0
NAMES = [
    f"{number}_{lang}"
    for number in ("first", "second", "third", "fourth", "fifth")
    for lang in LANGS
]


@pytest.fixture(scope="module")
def floor() -> Assessor:
    """Rules and linear model: what always listens."""
    return shared_floor()


def cases(name: str) -> list[Case]:
    with (CASES / f"{name}.jsonl").open("rb") as stream:
        return read_json_lines(stream, parse_case)


def last_sign(assessor: Assessor, case: Case) -> str:
    """`shown`, `offered` or nothing after the last message of a talk."""
    if SIGNS.sign(case.texts, case.lang) is None:
        return ""
    vault = MemoryVault()
    for number in range(2):
        earlier = vault.conversations.start(float(number))
        vault.conversations.append(earlier, Message(Role.USER, "…"))
    gate = HumorGate(
        signs=SIGNS,
        situations=GUIDED,
        conversations=vault.conversations,
        asides=vault.asides,
        is_on=lambda: True,
        look=assessor.assess,
        clock=Clock(lambda: NOW, lambda: 0.0),
    )
    state = RiskState()
    for text in case.texts:
        found = assessor.assess(text)
        state = advance(state, found, now=NOW)
    why = gate.sign(case.texts, found, state, lang=case.lang)
    return "" if why is None else ("shown" if why.certain else "offered")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_shown_where_it_must_not_be(floor: Assessor, name: str) -> None:
    wrong = [case for case in cases(name) if not case.humor_ok]
    came = {case.id: last_sign(floor, case) for case in wrong}
    assert [name for name, how in came.items() if how == "shown"] == []
    assert sum(how == "offered" for how in came.values()) <= 4


@pytest.mark.parametrize("name", NAMES)
def test_it_comes_where_it_is_welcome(floor: Assessor, name: str) -> None:
    welcome = [case for case in cases(name) if case.humor_ok]
    assert sum(bool(last_sign(floor, case)) for case in welcome) >= 0.7 * len(welcome)
