"""Talks off the record: they live in memory and are gone with it.

A stand-in for the store of the vault, for one profile. Off the record, conversations have numbers
below zero, and their messages have numbers that no stored message has.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from psylite_desktop.domain.conversation import Conversation, Message, SearchHit
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.versions import OtherVersion

FIRST_MESSAGE = 1 << 30
"""Far above what a vault ever counts to, and still a number of 32 bits for Qt."""


def is_off_the_record(conversation_id: int) -> bool:
    """Whether a conversation lives in memory only."""
    return conversation_id < 0


class TalkStore:
    """ConversationStore that sends each conversation to the vault or keeps it in memory.

    Off the record nothing is kept of what an edit or another reply took the place of.

    Lists and search know the vault's alone. Safe to call from any thread.
    """

    def __init__(self, kept: ConversationStore) -> None:
        """`kept` is the store of the vault."""
        self._kept = kept
        self._guard = threading.Lock()
        self._talks: dict[int, list[Message]] = {}
        self._last_talk = 0
        self._last_message = FIRST_MESSAGE

    def start(self, now: float) -> int:
        """Open a new conversation in the vault."""
        return self._kept.start(now)

    def start_off_the_record(self) -> int:
        """Open a new conversation in memory, where it stays until it is deleted."""
        with self._guard:
            self._last_talk -= 1
            self._talks[self._last_talk] = []
            return self._last_talk

    def append(self, conversation_id: int, message: Message) -> Message:
        """See ConversationStore."""
        if not is_off_the_record(conversation_id):
            return self._kept.append(conversation_id, message)
        with self._guard:
            if conversation_id not in self._talks:
                raise VaultError("conversation_unknown")
            self._last_message += 1
            stored = replace(message, id=self._last_message)
            self._talks[conversation_id].append(stored)
            return stored

    def update(self, message: Message) -> None:
        """See ConversationStore."""
        if message.id <= FIRST_MESSAGE:
            self._kept.update(message)
        else:
            self._replace(message.id, lambda old: replace(message, note=old.note))

    def set_note(self, message_id: int, note: str) -> None:
        """See ConversationStore."""
        if message_id <= FIRST_MESSAGE:
            self._kept.set_note(message_id, note)
        else:
            self._replace(message_id, lambda old: replace(old, note=note))

    def drop_from(self, conversation_id: int, message_id: int) -> None:
        """See ConversationStore."""
        if not is_off_the_record(conversation_id):
            self._kept.drop_from(conversation_id, message_id)
            return
        with self._guard:
            messages = self._talks.get(conversation_id, [])
            messages[:] = [message for message in messages if message.id < message_id]

    def replace_from(
        self, conversation_id: int, message_id: int, messages: Sequence[Message]
    ) -> list[Message]:
        """See ConversationStore."""
        if not is_off_the_record(conversation_id):
            return self._kept.replace_from(conversation_id, message_id, messages)
        self.drop_from(conversation_id, message_id)
        return [self.append(conversation_id, message) for message in messages]

    def other_versions(self, conversation_id: int) -> list[OtherVersion]:
        """See ConversationStore."""
        kept = not is_off_the_record(conversation_id)
        return self._kept.other_versions(conversation_id) if kept else []

    def show_version(self, conversation_id: int, message_id: int) -> None:
        """See ConversationStore."""
        self._kept.show_version(conversation_id, message_id)

    def rename(self, conversation_id: int, title: str) -> None:
        """See ConversationStore; a talk off the record needs no name."""
        if not is_off_the_record(conversation_id):
            self._kept.rename(conversation_id, title)

    def delete(self, conversation_id: int) -> None:
        """See ConversationStore."""
        if not is_off_the_record(conversation_id):
            self._kept.delete(conversation_id)
            return
        with self._guard:
            self._talks.pop(conversation_id, None)

    def messages(self, conversation_id: int) -> list[Message]:
        """See ConversationStore."""
        if not is_off_the_record(conversation_id):
            return self._kept.messages(conversation_id)
        with self._guard:
            return list(self._talks.get(conversation_id, []))

    def conversations(self, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """See ConversationStore."""
        return self._kept.conversations(limit=limit, offset=offset)

    def search(self, query: str, *, limit: int = 50) -> list[SearchHit]:
        """See ConversationStore."""
        return self._kept.search(query, limit=limit)

    def highest_level(self, first: float, last: float) -> int:
        """See ConversationStore."""
        return self._kept.highest_level(first, last)

    def _replace(self, message_id: int, change: Callable[[Message], Message]) -> None:
        with self._guard:
            for messages in self._talks.values():
                for place, old in enumerate(messages):
                    if old.id == message_id:
                        messages[place] = change(old)
                        return
        raise VaultError("conversation_unknown")
