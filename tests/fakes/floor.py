"""One floor of the safety ladder for all tests of a process.

It is immutable, and its thousands of patterns are compiled as they are needed: made anew in every
module that listens, it cost each of them seconds.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from psylite_desktop.safety.assess import Assessor

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def floor() -> Assessor:
    """Rules and linear model: what always listens."""
    return Assessor.load(ROOT / "assets", ROOT / "model_store" / "risk")


@lru_cache(maxsize=1)
def rules_alone() -> Assessor:
    """The same rules without the linear model."""
    return Assessor(floor()._uncloaker, floor().rule_sets)
