"""Two ways to guard a commit, and the way from one to the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.storage.database import create_database, open_database
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.profiles import ProfileShelf

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
KEY = bytearray(range(1, 33))


@pytest.mark.parametrize(
    ("mode", "named", "synchronous"),
    [(JournalMode.LOG, "wal", 2), (JournalMode.ROLLBACK, "delete", 3)],
)
def test_a_mode_brings_its_way_to_wait_for_the_disk(
    tmp_path: Path, mode: JournalMode, named: str, synchronous: int
) -> None:
    path = tmp_path / "vault.db"
    create_database(path, KEY, journal=mode).close()
    connection = open_database(path, KEY, journal=mode)
    assert connection.execute("PRAGMA journal_mode").fetchone() == (named,)
    assert connection.execute("PRAGMA synchronous").fetchone() == (synchronous,)
    connection.close()


def test_a_vault_moves_to_a_stick_and_home_again(tmp_path: Path) -> None:
    home = ProfileShelf(tmp_path, cost=lambda: CHEAP)
    stick = ProfileShelf(tmp_path, cost=lambda: CHEAP, journal=JournalMode.ROLLBACK)
    new, vault = home.create(PHRASE)
    conversation = vault.conversations.start(1.0)
    folder = tmp_path / new.profile.folder
    for number, shelf in enumerate((home, stick, stick, home, stick), start=1):
        vault.conversations.append(conversation, Message(role=Role.USER, text="kept"))
        vault.close()
        vault = shelf.unlock(new.profile, PHRASE)
        assert len(vault.conversations.messages(conversation)) == number
        assert shelf is home or not list(folder.glob("*-wal"))
    vault.close()
    assert {path.name for path in folder.iterdir()} == {
        "header.json",
        "header.json.1",
        "lock",
        "vault.db",
    }


def test_another_key_keeps_the_mode_of_a_stick(tmp_path: Path) -> None:
    stick = ProfileShelf(tmp_path, cost=lambda: CHEAP, journal=JournalMode.ROLLBACK)
    new, vault = stick.create(PHRASE)
    vault.close()
    ProfileKeys(stick).replace_key(new.profile, PHRASE, PHRASE)
    vault = stick.unlock(new.profile, PHRASE)
    conversation = vault.conversations.start(1.0)
    vault.conversations.append(conversation, Message(role=Role.USER, text="kept"))
    assert not list((tmp_path / new.profile.folder).glob("*-wal"))
    vault.close()
