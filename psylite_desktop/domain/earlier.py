"""Earlier conversations: by topic, in the bin; and words in everything else that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.found import FoundText

BIN_DAYS = 30
"""Days that a deleted conversation can be brought back; then it is erased."""


@dataclass(frozen=True, slots=True)
class BinnedConversation:
    """A deleted conversation, when it was deleted (UTC seconds), and how it begins."""

    conversation: Conversation
    deleted_at: float
    beginning: str


class EarlierStore(Protocol):
    """Conversations as the page of earlier ones needs them. Methods raise VaultError.

    Unknown ids change nothing. What lies in the bin is found by `binned` alone: no list and no
    search of other stores sees it.
    """

    def of_topic(self, topic: str, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Conversations about a topic, newest first."""
        ...

    def titled(self, query: str, *, limit: int = 50) -> list[Conversation]:
        """Conversations whose title holds the words, newest first."""
        ...

    def without_topics(self, limit: int) -> list[tuple[int, int]]:
        """Conversations with messages newer than their topics, and their newest message."""
        ...

    def set_topics(self, conversation_id: int, topics: Sequence[str], *, read_to: int) -> None:
        """Keep what a conversation is about, as read up to a message."""
        ...

    def topics(self) -> list[tuple[str, int]]:
        """Topics and how many conversations have them, the most frequent first."""
        ...

    def put_in_bin(self, conversation_id: int, *, at: float) -> None:
        """Put a conversation into the bin."""
        ...

    def restore(self, conversation_id: int) -> None:
        """Take a conversation out of the bin."""
        ...

    def binned(self) -> list[BinnedConversation]:
        """What lies in the bin, deleted last first."""
        ...

    def erase_binned(self, before: float) -> None:
        """Delete for good what was put into the bin at or before a time."""
        ...


class KeptWordsStore(Protocol):
    """Words in what has no index of its own: notes of check-ins, exercises, memory."""

    def search(self, query: str, *, now: float, limit: int = 20) -> list[FoundText]:
        """Texts that hold all parts of the query, newest first, `limit` of each kind.

        Notes of the memory that have ended by `now` are left out. Raises VaultError.
        """
        ...
