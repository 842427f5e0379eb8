"""One assessor for all tests of the safety layer: it is immutable."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.guard import OutputGuard
from tests.fakes.floor import rules_alone

ASSETS = Path(__file__).parents[3] / "assets"


@pytest.fixture(scope="session")
def assessor() -> Assessor:
    return rules_alone()


@pytest.fixture(scope="session")
def guard() -> OutputGuard:
    return OutputGuard.load(ASSETS)
