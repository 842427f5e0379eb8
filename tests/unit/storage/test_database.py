from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import database
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import (
    PLAIN_MAGIC,
    create_database,
    open_database,
    open_guest_database,
    schema_version,
    transaction,
    translated_errors,
)
from psylite_desktop.storage.migrations import LATEST

KEY = bytearray(range(32))


def _code_of(call: Callable[[], object]) -> str:
    with pytest.raises(VaultError) as caught:
        call()
    return caught.value.code


def _value(connection: Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    assert row is not None
    return row[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "vault.db"
    create_database(made, KEY).close()
    return made


def test_new_database_is_encrypted_and_private(path: Path) -> None:
    content = path.read_bytes()
    assert not content.startswith(PLAIN_MAGIC)
    assert b"CREATE TABLE" not in content
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()


def test_settings_that_keep_data_safe_are_on(path: Path) -> None:
    connection = open_database(path, KEY)
    wanted = {
        "journal_mode": "wal",
        "locking_mode": "exclusive",
        "synchronous": 2,
        "secure_delete": 1,
        "temp_store": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cipher_memory_security": "1",
        "user_version": LATEST,
    }
    assert {name: _value(connection, name) for name in wanted} == wanted
    connection.close()


def test_no_shared_memory_file_appears(path: Path) -> None:
    connection = open_database(path, KEY)
    with transaction(connection):
        connection.execute("INSERT INTO drafts VALUES ('a', 'b')")
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["vault.db", "vault.db-wal"]
    connection.close()
    assert [entry.name for entry in path.parent.iterdir()] == ["vault.db"]


def test_new_database_is_never_made_over_a_file(tmp_path: Path) -> None:
    taken = tmp_path / "vault.db"
    taken.write_bytes(b"somebody's diary")
    assert _code_of(lambda: create_database(taken, KEY)) == "vault_exists"
    assert taken.read_bytes() == b"somebody's diary"


def test_missing_database_is_not_made(tmp_path: Path) -> None:
    assert _code_of(lambda: open_database(tmp_path / "vault.db", KEY)) == "vault_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 15, 4096])
def test_truncated_database_is_damaged_and_left_alone(path: Path, size: int) -> None:
    content = path.read_bytes()[:size]
    path.write_bytes(content)
    assert _code_of(lambda: open_database(path, KEY)) == "vault_damaged"
    assert path.read_bytes() == content


def test_plain_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE messages (text)")
    plain.execute("PRAGMA user_version = 1")
    plain.close()
    assert _code_of(lambda: open_database(path, KEY)) == "vault_damaged"


def test_wrong_key_is_refused(path: Path) -> None:
    content = path.read_bytes()
    assert _code_of(lambda: open_database(path, bytearray(reversed(KEY)))) == "vault_damaged"
    assert path.read_bytes() == content


@pytest.mark.parametrize("key", [bytearray(), bytearray(32), bytearray(b"short")])
def test_nothing_opens_without_a_key(path: Path, key: bytearray) -> None:
    with pytest.raises(ValueError, match="key"):
        open_database(path, key)
    fresh = path.with_name("fresh.db")
    with pytest.raises(ValueError, match="key"):
        create_database(fresh, key)
    assert not fresh.exists() or fresh.read_bytes() == b""


def test_only_one_function_connects_and_it_takes_a_key() -> None:
    source = Path(database.__file__).read_text(encoding="utf-8")
    assert source.count("dbapi2.connect(") == 1
    assert re.search(r"def connected\(path: Path \| None, key: bytearray,", source)
    package = Path(database.__file__).parent
    # The stand-alone tool must work without the rest.
    alone = {"database.py", "standalone_decrypt.py"}
    others = [module for module in package.glob("*.py") if module.name not in alone]
    assert not any("sqlcipher3" in module.read_text(encoding="utf-8") for module in others)


def test_library_without_a_cipher_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build without SQLCipher does: every PRAGMA of the cipher is silently unknown."""
    from sqlcipher3 import dbapi2

    monkeypatch.setattr(dbapi2, "connect", sqlite3.connect)
    assert _code_of(lambda: open_database(path, KEY)) == "vault_io"


def test_database_of_a_later_version_is_refused(path: Path) -> None:
    connection = open_database(path, KEY)
    connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    connection.close()
    assert _code_of(lambda: open_database(path, KEY)) == "vault_newer"


def test_database_that_lost_its_schema_is_not_filled_anew(path: Path) -> None:
    connection = open_database(path, KEY)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    assert _code_of(lambda: open_database(path, KEY)) == "vault_damaged"


def test_guest_database_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    connection = open_guest_database()
    assert schema_version(connection) == LATEST
    with transaction(connection):
        connection.execute("INSERT INTO drafts VALUES ('a', 'b')")
    assert list(tmp_path.iterdir()) == []
    connection.close()


def test_failed_transaction_leaves_nothing(path: Path) -> None:
    connection = open_database(path, KEY)

    def fail() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO drafts VALUES ('a', 'b')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert connection.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    with transaction(connection):
        connection.execute("INSERT INTO drafts VALUES ('a', 'b')")
    connection.close()


def test_errors_carry_no_words(path: Path) -> None:
    connection = open_database(path, KEY)
    with pytest.raises(VaultError) as caught, translated_errors():
        connection.execute("SELECT 'a secret word")
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(caught.value.facts)
    connection.close()


def test_closed_connection_is_locked(path: Path) -> None:
    connection = open_database(path, KEY)
    connection.close()

    def ask() -> None:
        with translated_errors():
            connection.execute("SELECT 1")

    assert _code_of(ask) == "vault_locked"


def test_odd_paths_open(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%20é 日记 &mode=memory"
    folder.mkdir()
    create_database(folder / "vault.db", KEY).close()
    connection = open_database(folder / "vault.db", KEY)
    connection.close()
    assert [entry.name for entry in folder.iterdir()] == ["vault.db"]
