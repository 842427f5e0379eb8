"""Check-ins in SQL: one query however many there are, and damage is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlcipher3 import dbapi2

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.check_ins import SqlCheckIns
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.migrations import m004_check_ins

FIRST = date(2016, 1, 1)
DAYS = [(FIRST + timedelta(days=number)).isoformat() for number in range(3_653)]


@pytest.fixture
def connection() -> Connection:
    made = dbapi2.connect(":memory:", isolation_level=None)
    m004_check_ins(made)
    rows = [(100.0 + at, day, at % 5 + 1, '["calm"]', '["睡眠"]') for at, day in enumerate(DAYS)]
    made.executemany(
        "INSERT INTO check_ins (at, day, mood, feelings, tags, note, backfilled, level)"
        " VALUES (?, ?, ?, ?, ?, '', 0, 0)",
        rows,
    )
    return made


def test_ten_years_of_days_are_read_in_one_query(connection: Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    found = SqlCheckIns(connection).between(DAYS[0], DAYS[-1])
    assert [one.day for one in found] == DAYS
    assert len(asked) == 1
    asked.clear()
    assert SqlCheckIns(connection).tags() == ["睡眠"]
    assert len(asked) == 1


def test_a_stretch_of_days_is_found_by_the_index(connection: Connection) -> None:
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM check_ins WHERE day BETWEEN ? AND ? ORDER BY day, at, id",
        (DAYS[0], DAYS[13]),
    ).fetchall()
    assert "USING COVERING INDEX check_ins_by_day" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


@pytest.mark.parametrize("broken", ["feelings = '[1]'", "tags = 'x'", "level = 9"])
def test_damage_is_told_without_words(connection: Connection, broken: str) -> None:
    connection.execute(f"UPDATE check_ins SET {broken} WHERE id = 7")
    with pytest.raises(VaultError) as caught:
        SqlCheckIns(connection).between(DAYS[0], DAYS[-1])
    assert caught.value.code == "vault_damaged"
