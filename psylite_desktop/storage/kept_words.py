"""Finds words in notes of check-ins, exercises and memory notes (port KeptWordsStore).

There are thousands of them at most, so they are read through: a search costs some milliseconds,
and no index of theirs keeps words that were deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.found import FoundKind, FoundText
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import translated_errors
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.search_terms import WordFinder, snippet


class SqlKeptWords:
    """KeptWordsStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def search(self, query: str, *, now: float, limit: int = 20) -> list[FoundText]:
        """Texts that hold all parts of the query, newest first. Raises VaultError."""
        query = storable(query)
        finder = WordFinder(query)
        if finder.finds_nothing:
            return []
        found: list[FoundText] = []
        with translated_errors():
            for kind, rows in (
                (FoundKind.CHECK_IN, self._check_ins()),
                (FoundKind.RUN, self._runs()),
                (FoundKind.NOTE, self._notes(now)),
            ):
                count = 0
                for key, at, day, name, text in rows:
                    if finder.is_in(text):
                        words = snippet(text, query)
                        found.append(FoundText(kind, key, at, words, name=name, day=day))
                        count += 1
                        if count >= limit:
                            break
        return found

    def _check_ins(self) -> Iterator[tuple[int, float, str, str, str]]:
        rows = self._connection.execute(
            "SELECT id, at, day, note, tags FROM check_ins WHERE note != '' OR tags != '[]'"
            " ORDER BY day DESC, at DESC, id DESC"
        )
        for key, at, day, note, tags in rows.fetchall():
            words = [note] if note else []
            read = _read(tags)
            words += [str(tag) for tag in read] if isinstance(read, list) else []
            yield key, at, day, "", "\n".join(words)

    def _runs(self) -> Iterator[tuple[int, float, str, str, str]]:
        rows = self._connection.execute(
            "SELECT id, updated_at, exercise_id, state FROM exercise_runs"
            " ORDER BY coalesce(finished_at, updated_at) DESC, id DESC"
        )
        for key, at, exercise, state in rows.fetchall():
            read = _read(state)
            answers = read.get("answers") if isinstance(read, dict) else None
            if isinstance(answers, dict):
                yield key, at, "", exercise, "\n".join(_texts(answers))

    def _notes(self, now: float) -> Iterator[tuple[int, float, str, str, str]]:
        rows = self._connection.execute(
            "SELECT id, created_at, text FROM memory_notes"
            " WHERE pinned = 1 OR expires_at IS NULL OR expires_at > ? ORDER BY id DESC",
            (float(now),),
        )
        for key, at, text in rows.fetchall():
            yield key, at, "", "", text


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise VaultError("vault_damaged", cause="search") from None


def _texts(answers: dict[str, object]) -> Iterator[str]:
    for answer in answers.values():
        if isinstance(answer, str):
            yield answer
        elif isinstance(answer, list):
            yield from (str(item) for item in answer)
