"""Check-ins in SQL: one query however many there are, and damage is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.check_ins import SqlCheckIns
from psylite_desktop.storage.database import open_guest_database

FIRST = date(2016, 1, 1)
DAYS = [(FIRST + timedelta(days=number)).isoformat() for number in range(3_653)]


@pytest.fixture
def connection() -> Any:
    """Ten years with a check-in a day."""
    made: Any = open_guest_database()
    rows = [(100.0 + at, day, at % 5 + 1, '["calm"]', '["睡眠"]') for at, day in enumerate(DAYS)]
    made.executemany(
        "INSERT INTO check_ins (at, day, mood, feelings, tags, note, backfilled, level)"
        " VALUES (?, ?, ?, ?, ?, '', 0, 0)",
        rows,
    )
    yield made
    made.close()


def test_ten_years_of_days_are_read_in_one_query(connection: Any) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    found = SqlCheckIns(connection).between(DAYS[0], DAYS[-1])
    assert [one.day for one in found] == DAYS
    assert len(asked) == 1
    asked.clear()
    assert SqlCheckIns(connection).tags() == ["睡眠"]
    assert len(asked) == 1


def test_a_stretch_of_days_is_found_by_the_index(connection: Any) -> None:
    plan = connection.execute(
        "EXPLAIN QUERY PLAN"
        " SELECT note FROM check_ins WHERE day BETWEEN ? AND ? ORDER BY day, at, id",
        (DAYS[0], DAYS[13]),
    ).fetchall()
    assert "USING INDEX check_ins_by_day" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE check_ins SET feelings = '[1]' WHERE id = 7",
        "UPDATE check_ins SET tags = 'x' WHERE id = 7",
        "UPDATE check_ins SET level = 9 WHERE id = 7",
    ],
)
def test_damage_is_told_without_words(connection: Any, damage: str) -> None:
    connection.execute(damage)
    with pytest.raises(VaultError) as caught:
        SqlCheckIns(connection).between(DAYS[0], DAYS[-1])
    assert caught.value.code == "vault_damaged"
