"""Conversations as lists show them: open, search, rename, delete."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.conversation import Conversation, Message, SearchHit
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Level

TITLE_LENGTH = 24


class HistoryService:
    """Reads and tidies stored conversations. Methods raise VaultError."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def page(self, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Conversations, newest first."""
        return self._store.conversations(limit=limit, offset=offset)

    def open(self, conversation_id: int) -> list[Message]:
        """All messages of a conversation."""
        return self._store.messages(conversation_id)

    def search(self, query: str) -> list[SearchHit]:
        """Messages that contain the words; an empty query finds nothing."""
        return self._store.search(query) if query.strip() else []

    def rename(self, conversation_id: int, title: str) -> None:
        """Set a title; line breaks become spaces."""
        self._store.rename(conversation_id, " ".join(title.split()))

    def bring_back(
        self, conversation_id: int, since: int, messages: Sequence[Message]
    ) -> list[Message]:
        """Put messages that stood here before in the place of those from id `since` on.

        Returns them as stored. A conversation that begins with them is named by them again.
        """
        stored = self._store.replace_from(conversation_id, since, messages)
        whole = self._store.messages(conversation_id)
        if stored and whole[0].id == stored[0].id and stored[0].level < Level.CRISIS:
            self._store.rename(conversation_id, title_from(stored[0].text))
        return stored

    def delete(self, conversation_id: int) -> None:
        """Delete a conversation for good."""
        self._store.delete(conversation_id)


def title_from(text: str) -> str:
    """A title from a first message: its beginning, on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH]
    space = cut.rfind(" ")
    return (cut[:space] if space > TITLE_LENGTH // 2 else cut) + "…"
