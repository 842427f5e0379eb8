"""Earlier conversations in plain memory; a part of `memory_vault`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.earlier import BinnedConversation
from psylite_desktop.domain.found import FoundKind, FoundText
from tests.fakes.memory_journal import WORDS, holds_all, marked, plain

if TYPE_CHECKING:
    from tests.fakes.memory_vault import MemoryVault


class MemoryEarlier:
    """EarlierStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self.deleted: dict[int, float] = {}
        self._topics: dict[int, tuple[str, ...]] = {}
        self._read_to: dict[int, int] = {}

    def of_topic(self, topic: str, *, limit: int = 50, offset: int = 0) -> list[Conversation]:
        found = [one for one in self._all() if topic in self._topics.get(one.id, ())]
        return found[max(0, offset) :][: max(0, limit)]

    def titled(self, query: str, *, limit: int = 50) -> list[Conversation]:
        wanted = set(WORDS.findall(plain(query)))
        found = [one for one in self._all() if wanted and holds_all(plain(one.title), wanted)]
        return found[: max(0, limit)]

    def without_topics(self, limit: int) -> list[tuple[int, int]]:
        found = [(one.id, self._vault.conversations.newest(one.id)) for one in self._all()]
        return [(key, last) for key, last in found if last > self._read_to.get(key, 0)][:limit]

    def set_topics(self, conversation_id: int, topics: Sequence[str], *, read_to: int) -> None:
        self._vault.check()
        if self._vault.conversations.knows(conversation_id):
            self._topics[conversation_id] = tuple(topics)
            self._read_to[conversation_id] = read_to

    def forget_reading(self, conversation_id: int) -> None:
        """Its topics are to be read again; not part of the port."""
        self._read_to.pop(conversation_id, None)

    def topics(self) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        for one in self._all():
            for topic in set(self._topics.get(one.id, ())):
                counts[topic] = counts.get(topic, 0) + 1
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def put_in_bin(self, conversation_id: int, *, at: float) -> None:
        self._vault.check()
        if self._vault.conversations.knows(conversation_id):
            self.deleted.setdefault(conversation_id, at)

    def restore(self, conversation_id: int) -> None:
        self._vault.check()
        self.deleted.pop(conversation_id, None)

    def binned(self) -> list[BinnedConversation]:
        self._vault.check()
        store = self._vault.conversations
        order = sorted(self.deleted, key=lambda key: (self.deleted[key], key), reverse=True)
        return [
            BinnedConversation(
                store.row(key),
                self.deleted[key],
                "\n\n".join(message.text for message in store.messages(key)[:20]),
            )
            for key in order
        ]

    def erase_binned(self, before: float) -> None:
        self._vault.check()
        for key, at in list(self.deleted.items()):
            if at <= before:
                self._vault.conversations.delete(key)

    def _all(self) -> list[Conversation]:
        return self._vault.conversations.conversations(limit=1_000_000)


class MemoryKeptWords:
    """KeptWordsStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault

    def search(self, query: str, *, now: float, limit: int = 20) -> list[FoundText]:
        vault = self._vault
        vault.check()
        wanted = set(WORDS.findall(plain(query[:200])))
        if not wanted:
            return []
        found: list[FoundText] = []

        def take(kind: FoundKind, items: list[tuple[int, float, str, str, str]]) -> None:
            fitting = [item for item in items if holds_all(plain(item[4]), wanted)]
            found.extend(
                FoundText(kind, key, at, marked(text, min(wanted)), name=name, day=day)
                for key, at, day, name, text in fitting[:limit]
            )

        take(
            FoundKind.CHECK_IN,
            [
                (one.id, one.at, one.day, "", "\n".join((one.note, *one.tags)))
                for one in reversed(vault.check_ins.between("0000", "9999"))
            ],
        )
        runs = [*vault.exercise_runs.open_runs(), *vault.exercise_runs.finished_runs(limit=10_000)]
        runs.sort(key=lambda run: (run.finished_at or run.updated_at, run.id), reverse=True)
        take(
            FoundKind.RUN,
            [
                (
                    run.id,
                    run.updated_at,
                    "",
                    run.exercise_id,
                    "\n".join(
                        "\n".join(answer) if isinstance(answer, tuple) else answer
                        for answer in run.answers.values()
                        if not isinstance(answer, int)
                    ),
                )
                for run in runs
            ],
        )
        take(
            FoundKind.NOTE,
            [
                (note.id, note.created_at, "", "", note.text)
                for note in vault.memory_notes.notes(now)
            ],
        )
        return found
