"""One search over everything a person wrote here."""

from __future__ import annotations

from collections.abc import Callable

from psylite_desktop.domain.found import FoundGroup, FoundKind, FoundText
from psylite_desktop.domain.ports import Vault
from psylite_desktop.services.clock import Clock

MESSAGES = 50
"""Messages that are shown of one search."""
OTHERS = 20
"""Places of each other kind."""


class Finding:
    """Finds words in every store. `exercise_title` names an exercise in a language."""

    def __init__(
        self, vault: Vault, exercise_title: Callable[[str, str], str], clock: Clock
    ) -> None:
        self._vault = vault
        self._exercise_title = exercise_title
        self._clock = clock

    def find(self, query: str, lang: str) -> list[FoundGroup]:
        """Places that hold all parts of the query, by kind. Raises VaultError."""
        if not query.strip():
            return []
        kept = self._vault.kept_words.search(query, now=self._clock.lived(), limit=OTHERS + 1)
        groups = [
            _group(FoundKind.TITLE, self._titles(query), OTHERS),
            _group(FoundKind.MESSAGE, self._messages(query), MESSAGES),
            _group(FoundKind.ENTRY, self._entries(query), OTHERS),
        ]
        for kind in (FoundKind.CHECK_IN, FoundKind.RUN, FoundKind.NOTE):
            found = [self._named(one, lang) for one in kept if one.kind is kind]
            groups.append(_group(kind, found, OTHERS))
        return [group for group in groups if group.found]

    def _titles(self, query: str) -> list[FoundText]:
        return [
            FoundText(FoundKind.TITLE, one.id, one.updated_at, "", name=one.title)
            for one in self._vault.earlier.titled(query, limit=OTHERS + 1)
        ]

    def _messages(self, query: str) -> list[FoundText]:
        return [
            FoundText(
                FoundKind.MESSAGE,
                hit.conversation_id,
                hit.created_at,
                hit.snippet,
                name=hit.title,
                message_id=hit.message_id,
            )
            for hit in self._vault.conversations.search(query, limit=MESSAGES + 1)
        ]

    def _entries(self, query: str) -> list[FoundText]:
        return [
            FoundText(
                FoundKind.ENTRY, hit.entry_id, hit.at, hit.snippet, name=hit.title, day=hit.day
            )
            for hit in self._vault.journal.search(query, limit=OTHERS + 1)
        ]

    def _named(self, one: FoundText, lang: str) -> FoundText:
        if one.kind is not FoundKind.RUN:
            return one
        title = self._exercise_title(one.name, lang)
        return FoundText(one.kind, one.id, one.at, one.snippet, name=title, target=one.name)


def _group(kind: FoundKind, found: list[FoundText], limit: int) -> FoundGroup:
    return FoundGroup(kind, tuple(found[:limit]), more=len(found) > limit)
