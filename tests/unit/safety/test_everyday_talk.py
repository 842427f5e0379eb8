"""Everyday talk by a hand that nobody learnt from: the floor leaves it in peace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.safety.assess import Assessor

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def floor() -> Assessor:
    return Assessor.load(ROOT / "assets", ROOT / "model_store" / "risk")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_left_in_peace(floor: Assessor, lang: str) -> None:
    lines = (ROOT / "tests" / "data" / "quiet" / f"{lang}.jsonl").read_text("utf-8").splitlines()
    found = [floor.assess(json.loads(line)["text"]) for line in lines]
    assert len(found) == 150
    assert sum(one.level >= Level.CRISIS for one in found) <= 1
    assert sum(one.level >= Level.WATCH for one in found) <= 12
    assert sum(one.request is not Request.NONE for one in found) <= 4
