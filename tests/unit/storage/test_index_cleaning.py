"""Erased words leave the search index, in small steps."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.storage import thread as thread_module
from psylite_desktop.storage.conversations import SqlConversations
from psylite_desktop.storage.database import create_database, open_database
from psylite_desktop.storage.index_cleaning import IndexCleaner
from psylite_desktop.storage.thread import StorageThread

KEY = bytearray(range(1, 33))


def written(connection: Any, word: str) -> int:
    """How often a word stands in what the index keeps, deleted or not."""
    rows = connection.execute("SELECT block FROM message_terms_data").fetchall()
    return sum(bytes(block).count(word.encode()) for (block,) in rows)


def fill(store: SqlConversations, word: str, count: int) -> int:
    conversation = store.start(1.0)
    for number in range(count):
        text = f"{word}{number:05d} and some more words {number * 7}"
        store.append(conversation, Message(Role.USER, text, created_at=1.0))
    return conversation


def test_erased_words_go_and_others_stay(tmp_path: Path) -> None:
    connection = create_database(tmp_path / "vault.db", KEY)
    store, cleaner = SqlConversations(connection), IndexCleaner(connection)
    assert not cleaner.step(), "there is nothing to do yet"
    gone = fill(store, "gone", 5)  # among many others: a part that is all gone goes at once
    fill(store, "kept", 300)
    store.delete(gone)
    assert store.search("gone00001") == []
    assert written(connection, "gone"), "only marked so far"
    steps = 0
    while cleaner.step():
        steps += 1
    assert steps
    assert written(connection, "gone") == 0
    assert len(store.search("kept00001")) == 1
    connection.execute("INSERT INTO message_terms (message_terms) VALUES ('integrity-check')")
    connection.close()


def test_words_of_other_versions_go_as_well(tmp_path: Path) -> None:
    connection = create_database(tmp_path / "vault.db", KEY)
    store, cleaner = SqlConversations(connection), IndexCleaner(connection)
    fill(store, "kept", 300)
    for erase in ("the talk", "the message"):
        talk = fill(store, "gone", 2)
        first, second = store.messages(talk)
        store.replace_from(talk, second.id, [Message(Role.USER, "also00007 words")])
        store.replace_from(talk, first.id, [Message(Role.USER, "also00008 words")])
        store.show_version(talk, second.id)
        if erase == "the talk":
            store.delete(talk)
        else:
            store.drop_from(talk, first.id)
        while cleaner.step():
            pass
        assert written(connection, "gone") == written(connection, "also") == 0, erase
        texts = connection.execute("SELECT count(*) FROM messages").fetchone()
        assert texts[0] == 300
        assert connection.execute("SELECT count(*) FROM other_versions").fetchone()[0] == 0
    assert len(store.search("kept00001")) == 1
    connection.close()


def test_cleaning_goes_on_after_a_crash(tmp_path: Path) -> None:
    connection = create_database(tmp_path / "vault.db", KEY)
    store = SqlConversations(connection)
    store.delete(fill(store, "gone", 400))
    IndexCleaner(connection).step()
    connection.close()
    connection = open_database(tmp_path / "vault.db", KEY)
    cleaner = IndexCleaner(connection)
    while cleaner.step():
        pass
    assert written(connection, "gone") == 0
    connection.close()


def test_what_is_erased_meanwhile_goes_as_well(tmp_path: Path) -> None:
    connection = create_database(tmp_path / "vault.db", KEY)
    store, cleaner = SqlConversations(connection), IndexCleaner(connection)
    first, second = fill(store, "gone", 200), fill(store, "also", 200)
    store.delete(first)
    cleaner.step()
    store.delete(second)
    fill(store, "kept", 50)
    while cleaner.step():
        pass
    assert written(connection, "gone") == written(connection, "also") == 0
    assert len(store.search("kept00007")) == 1
    connection.close()


def test_a_resting_thread_does_what_can_wait(monkeypatch: Any) -> None:
    monkeypatch.setattr(thread_module, "REST_AFTER_S", 0.01)
    monkeypatch.setattr(thread_module, "REST_STEP_S", 0.001)
    left, done = [3], threading.Event()

    def step() -> bool:
        left[0] -= 1
        if left[0] == 0:
            done.set()
        return left[0] > 0

    thread = StorageThread()
    thread.use_rest(step)
    thread.run(lambda: None)
    assert done.wait(20)
    thread.run(lambda: None)
    thread.stop(lambda: None)
    assert left[0] <= 0
