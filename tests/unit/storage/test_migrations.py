from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.storage import migrations
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import create_database, open_database, schema_version

KEY = bytearray(range(32))


def test_steps_are_named_by_their_numbers() -> None:
    for number, step in enumerate(migrations.MIGRATIONS, start=1):
        assert step.__name__.startswith(f"m{number:03d}_")
    assert len(migrations.MIGRATIONS) == migrations.LATEST


def test_failed_step_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vault.db"
    create_database(path, KEY).close()

    def m002_half(connection: Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")
        raise RuntimeError

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m002_half))
    monkeypatch.setattr(migrations, "LATEST", 2)
    with pytest.raises(RuntimeError):
        open_database(path, KEY)
    monkeypatch.undo()
    connection = open_database(path, KEY)
    assert schema_version(connection) == 1
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall()
    assert tables == []
    connection.close()


def test_next_step_is_applied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vault.db"
    create_database(path, KEY).close()

    def m002_more(connection: Connection) -> None:
        connection.execute("CREATE TABLE more (id INTEGER)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m002_more))
    monkeypatch.setattr(migrations, "LATEST", 2)
    monkeypatch.setattr("psylite_desktop.storage.database.LATEST", 2)
    for _ in range(2):
        connection = open_database(path, KEY)
        assert schema_version(connection) == 2
        connection.close()
