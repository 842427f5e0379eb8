"""Earlier conversations and kept words as other threads see them."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.earlier import BinnedConversation, EarlierStore, KeptWordsStore
from psylite_desktop.domain.found import FoundText
from psylite_desktop.storage.thread import StorageThread


class ThreadedEarlier:
    """EarlierStore for any thread."""

    def __init__(self, thread: StorageThread, store: EarlierStore) -> None:
        self._thread = thread
        self._store = store

    def of_topic(self, topic: str, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """See EarlierStore."""
        return self._thread.run(lambda: self._store.of_topic(topic, limit=limit, offset=offset))

    def titled(self, query: str, *, limit: int = 50) -> list[Conversation]:
        """See EarlierStore."""
        return self._thread.run(lambda: self._store.titled(query, limit=limit))

    def without_topics(self, limit: int) -> list[tuple[int, int]]:
        """See EarlierStore."""
        return self._thread.run(lambda: self._store.without_topics(limit))

    def set_topics(self, conversation_id: int, topics: Sequence[str], *, read_to: int) -> None:
        """See EarlierStore."""
        self._thread.run(lambda: self._store.set_topics(conversation_id, topics, read_to=read_to))

    def topics(self) -> list[tuple[str, int]]:
        """See EarlierStore."""
        return self._thread.run(self._store.topics)

    def put_in_bin(self, conversation_id: int, *, at: float) -> None:
        """See EarlierStore."""
        self._thread.run(lambda: self._store.put_in_bin(conversation_id, at=at))

    def restore(self, conversation_id: int) -> None:
        """See EarlierStore."""
        self._thread.run(lambda: self._store.restore(conversation_id))

    def binned(self) -> list[BinnedConversation]:
        """See EarlierStore."""
        return self._thread.run(self._store.binned)

    def erase_binned(self, before: float) -> None:
        """See EarlierStore."""
        self._thread.run(lambda: self._store.erase_binned(before))


class ThreadedKeptWords:
    """KeptWordsStore for any thread."""

    def __init__(self, thread: StorageThread, store: KeptWordsStore) -> None:
        self._thread = thread
        self._store = store

    def search(self, query: str, *, now: float, limit: int = 20) -> list[FoundText]:
        """See KeptWordsStore."""
        return self._thread.run(lambda: self._store.search(query, now=now, limit=limit))
