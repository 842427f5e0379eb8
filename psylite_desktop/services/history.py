"""Conversations as lists show them: open, search, rename, delete."""

from __future__ import annotations

from psylite_desktop.domain.conversation import Conversation, Message, SearchHit
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.versions import OtherVersion

TITLE_LENGTH = 24
_ALL = 1_000_000


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

    def versions(self, conversation_id: int) -> list[OtherVersion]:
        """What an edit or another reply took the place of."""
        return self._store.other_versions(conversation_id)

    def show_version(self, conversation_id: int, message_id: int) -> str | None:
        """Show a message that gave way, with what was shown last after it.

        Another beginning gives the conversation its name, which is returned, unless somebody gave
        it one.
        """
        before = self._store.messages(conversation_id)[:1]
        self._store.show_version(conversation_id, message_id)
        first = self._store.messages(conversation_id)[:1]
        if not first or first == before or first[0].level >= Level.CRISIS:
            return None
        listed = self._store.conversations(limit=_ALL)
        title = next((one.title for one in listed if one.id == conversation_id), "")
        if title and title not in {title_from(message.text) for message in before}:
            return None
        self._store.rename(conversation_id, title_from(first[0].text))
        return title_from(first[0].text)

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
