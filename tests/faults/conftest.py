"""Fixtures of the fault tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.figures import PROPERTY

Count = Callable[..., None]
Most = Callable[[int], int]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Count:
    """Hand in figures: `figures("kill", rounds=10)`; they are added up over all tests."""

    def count(subject: str, counts: dict[str, int] | None = None, **more: int) -> None:
        record_property(PROPERTY, {subject: {**(counts or {}), **more}})

    return count


@pytest.fixture
def at_most(request: pytest.FixtureRequest) -> Most:
    """How many rounds a long test takes: as many as it wants, or fewer by `--rounds N`."""
    most = request.config.getoption("--rounds", default=0)
    return lambda wanted: min(wanted, most) if most else wanted
