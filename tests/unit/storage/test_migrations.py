from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import database, migrations
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import create_database, open_database, schema_version
from psylite_desktop.storage.drafts import SqlDrafts

KEY = bytearray(range(32))


def test_steps_are_named_by_their_numbers() -> None:
    for number, step in enumerate(migrations.MIGRATIONS, start=1):
        assert step.__name__.startswith(f"m{number:03d}_")
    assert len(migrations.MIGRATIONS) == migrations.LATEST


def _released(monkeypatch: pytest.MonkeyPatch, step: Callable[[Connection], None]) -> int:
    """Pretend that one more step was released; returns its number."""
    number = migrations.LATEST + 1
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr(migrations, "LATEST", number)
    monkeypatch.setattr(database, "LATEST", number)
    return number


def _with_a_draft(folder: Path) -> Path:
    path = folder / "vault.db"
    connection = create_database(path, KEY)
    SqlDrafts(connection).save("talk", "not sent yet")
    connection.close()
    return path


def _files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def _more(connection: Connection) -> None:
    connection.execute("CREATE TABLE more (id INTEGER)")


def test_failed_step_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _with_a_draft(tmp_path)

    def half(connection: Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")
        raise RuntimeError

    _released(monkeypatch, half)
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        open_database(path, KEY)
    assert path.read_bytes() == before
    assert _files(tmp_path) == ["vault.db"]
    monkeypatch.undo()
    connection = open_database(path, KEY)
    assert schema_version(connection) == migrations.LATEST
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall()
    assert tables == []
    connection.close()


def test_next_step_is_applied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _with_a_draft(tmp_path)
    number = _released(monkeypatch, _more)
    for _ in range(2):
        connection = open_database(path, KEY)
        assert schema_version(connection) == number
        assert SqlDrafts(connection).load("talk") == "not sent yet"
        connection.close()
        assert _files(tmp_path) == ["vault.db"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_step_that_loses_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _with_a_draft(tmp_path)
    _released(monkeypatch, lambda connection: connection.execute("DELETE FROM drafts") and None)
    before = path.read_bytes()
    with pytest.raises(VaultError) as caught:
        open_database(path, KEY)
    assert caught.value.facts["cause"] == "upgrade"
    assert path.read_bytes() == before
    assert _files(tmp_path) == ["vault.db"]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE drafts SET text = 'not sent yeT'",
        "UPDATE drafts SET text = ''",
    ],
)
def test_a_step_that_changes_words_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    path = _with_a_draft(tmp_path)
    _released(monkeypatch, lambda connection: connection.execute(spoil) and None)
    before = path.read_bytes()
    with pytest.raises(VaultError) as caught:
        open_database(path, KEY)
    assert caught.value.facts["cause"] == "upgrade_words"
    assert path.read_bytes() == before
    assert _files(tmp_path) == ["vault.db"]


@pytest.mark.parametrize("point", ["copy_new", "migrate", "count_rows", "sync_folder"])
def test_a_process_that_dies_on_the_way_leaves_a_whole_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """Stop after each part as a kill would: without anything that tidies up."""
    path = _with_a_draft(tmp_path)
    number = _released(monkeypatch, _more)
    original = getattr(database, point)
    calls = []

    def dies(*arguments: object) -> object:
        result = original(*arguments)
        calls.append(point)
        # Rows are counted twice; the second time is in the copy.
        if point != "count_rows" or len(calls) == 2:
            raise KeyboardInterrupt
        return result

    with monkeypatch.context() as dying:
        dying.setattr(database, point, dies)
        dying.setattr(database, "_remove", lambda _path: None)
        with pytest.raises(KeyboardInterrupt):
            open_database(path, KEY)
    connection = open_database(path, KEY)
    assert schema_version(connection) == number
    assert SqlDrafts(connection).load("talk") == "not sent yet"
    connection.close()
    assert _files(tmp_path) == ["vault.db"]


def test_a_log_that_was_not_written_back_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a killed process left in the log is read before anything is copied."""
    path = _with_a_draft(tmp_path)
    connection = open_database(path, KEY)
    SqlDrafts(connection).save("talk", "only in the log")
    log = path.with_name("vault.db-wal")
    kept = (path.read_bytes(), log.read_bytes())
    connection.close()
    path.write_bytes(kept[0])
    log.write_bytes(kept[1])
    _released(monkeypatch, _more)
    connection = open_database(path, KEY)
    assert SqlDrafts(connection).load("talk") == "only in the log"
    connection.close()
