"""Earlier conversations: by topic, and the bin."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from psylite_desktop.content.guided import LANGS, GuidedReplies
from psylite_desktop.domain.clock_trust import days_before
from psylite_desktop.domain.conversation import Conversation, Role
from psylite_desktop.domain.earlier import BIN_DAYS, BinnedConversation, EarlierStore
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.services.clock import Clock

MOST_TOPICS = 3
"""Topics of one conversation."""
SORTED_AT_ONCE = 10
"""Conversations that are read for their topics in one go."""
_READ = 4000
"""Characters of a message that are looked at."""


class EarlierService:
    """Lists and tidies earlier conversations. Methods raise VaultError."""

    def __init__(
        self,
        conversations: ConversationStore,
        earlier: EarlierStore,
        situations: GuidedReplies,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._earlier = earlier
        self._situations = situations
        self._clock = clock

    def page(self, topic: str = "", *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        """Conversations about a topic or about anything, newest first."""
        if topic:
            return self._earlier.of_topic(topic, limit=limit, offset=offset)
        return self._conversations.conversations(limit=limit, offset=offset)

    def topics(self, lang: str) -> list[tuple[str, str]]:
        """Topics that conversations have, with their names, the most frequent first."""
        known = self._situations.tags(lang)
        named = [
            (topic, known[topic].label) for topic, _ in self._earlier.topics() if topic in known
        ]
        return [(topic, name) for topic, name in named if name]

    def sort_some(self) -> bool:
        """Find out what some conversations are about; False where all are known."""
        waiting = self._earlier.without_topics(SORTED_AT_ONCE)
        for conversation_id, newest in waiting:
            said = [
                message.text[:_READ]
                for message in self._conversations.messages(conversation_id)
                if message.role is Role.USER
            ]
            self._earlier.set_topics(conversation_id, self._topics_of(said), read_to=newest)
        return bool(waiting)

    def delete(self, conversation_id: int) -> None:
        """Put a conversation into the bin."""
        self._earlier.put_in_bin(conversation_id, at=self._clock.lived())

    def restore(self, conversation_id: int) -> None:
        """Take a conversation out of the bin."""
        self._earlier.restore(conversation_id)

    def binned(self) -> list[BinnedConversation]:
        """What lies in the bin, deleted last first; what has lain there too long is erased."""
        self._erase_old()
        return [
            replace(one, deleted_at=self._clock.shown(one.deleted_at))
            for one in self._earlier.binned()
        ]

    def erase(self, conversation_ids: Sequence[int]) -> None:
        """Delete conversations for good."""
        for conversation_id in conversation_ids:
            self._conversations.delete(conversation_id)

    def tidy(self) -> None:
        """Erase what has been in the bin for too long; a full disk is no reason to complain."""
        with suppress(VaultError):
            self._erase_old()

    def _erase_old(self) -> None:
        self._earlier.erase_binned(days_before(self._clock.lived(), BIN_DAYS))

    def _topics_of(self, said: Sequence[str]) -> list[str]:
        """Situations that have a name, by how much the words of all messages point to them."""
        scores: dict[str, float] = {}
        for lang in LANGS:
            for text in said:
                for topic, score in self._situations.situations(lang, text).items():
                    if self._situations.label(lang, topic):
                        scores[topic] = scores.get(topic, 0.0) + score
        return sorted(scores, key=lambda topic: (-scores[topic], topic))[:MOST_TOPICS]
