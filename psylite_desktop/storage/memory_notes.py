"""What is remembered between talks, in the vault (port MemoryNoteStore)."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace

from psylite_desktop.domain.clock_trust import LAST_BELIEVED
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.memory import MOST_NOTES, MemoryNote, Topic
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable

_FLOAT_BYTES = 4


class SqlMemoryNotes:
    """MemoryNoteStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, note: MemoryNote) -> MemoryNote:
        """Store durably and return it with its id; too many push out the oldest."""
        text = storable(note.text)
        with transaction(self._connection) as connection:
            note_id = connection.execute(
                "INSERT INTO memory_notes"
                " (text, topic, lang, message_id, created_at, expires_at, pinned, embedder)"
                " VALUES (?, ?, ?, (SELECT id FROM messages WHERE id = ?), ?, ?, ?, '')",
                (
                    text,
                    str(note.topic),
                    note.lang,
                    note.message_id,
                    float(note.created_at),
                    None if note.expires_at is None else float(note.expires_at),
                    int(note.pinned),
                ),
            ).lastrowid
            connection.execute(
                "DELETE FROM memory_notes WHERE id IN (SELECT id FROM memory_notes WHERE id != ?"
                " ORDER BY pinned, id"
                " LIMIT max(0, (SELECT count(*) FROM memory_notes) - ?))",
                (note_id, MOST_NOTES),
            )
            row = connection.execute(
                "SELECT message_id FROM memory_notes WHERE id = ?", (note_id,)
            ).fetchone()
        return replace(note, id=note_id, text=text, message_id=row[0] if row else None)

    def update(self, note: MemoryNote) -> None:
        """Replace text, topic, language, end and pin; another text loses its vector."""
        text = storable(note.text)
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE memory_notes SET vector = NULL, embedder = '' WHERE id = ? AND text != ?",
                (note.id, text),
            )
            connection.execute(
                "UPDATE memory_notes SET text = ?, topic = ?, lang = ?, expires_at = ?, pinned = ?"
                " WHERE id = ?",
                (
                    text,
                    str(note.topic),
                    note.lang,
                    None if note.expires_at is None else float(note.expires_at),
                    int(note.pinned),
                    note.id,
                ),
            )

    def delete(self, note_id: int) -> None:
        """Delete one for good; a missing one is fine."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM memory_notes WHERE id = ?", (note_id,))

    def clear(self) -> None:
        """Delete all of them."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM memory_notes")

    def notes(self, now: float) -> list[MemoryNote]:
        """Newest first; what has ended is deleted, and left out even where the disk is full.

        Raises VaultError vault_damaged where a stored value has no meaning.
        """
        with translated_errors():
            rows = self._connection.execute(
                "SELECT text, topic, lang, id, message_id, created_at, expires_at, pinned"
                " FROM memory_notes ORDER BY id DESC"
            ).fetchall()
        try:
            notes = [
                MemoryNote(
                    text=text,
                    topic=Topic(topic),
                    lang=lang,
                    id=note_id,
                    message_id=message_id,
                    created_at=created_at,
                    expires_at=expires_at,
                    pinned=bool(pinned),
                )
                for text, topic, lang, note_id, message_id, created_at, expires_at, pinned in rows
            ]
        except ValueError:
            raise VaultError("vault_damaged", cause="memory_notes") from None
        ended = [note for note in notes if _has_ended(note, now)]
        if not ended or now > LAST_BELIEVED:
            return notes
        with contextlib.suppress(VaultError), transaction(self._connection) as connection:
            connection.execute(
                "DELETE FROM memory_notes WHERE pinned = 0 AND expires_at <= ?", (float(now),)
            )
        return [note for note in notes if not _has_ended(note, now)]

    def set_vector(self, note_id: int, vector: Sequence[float], embedder: str) -> None:
        """Keep the vector of a note with the mark of its embedder."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE memory_notes SET vector = ?, embedder = ? WHERE id = ?",
                (struct.pack(f"<{len(vector)}f", *vector), embedder, note_id),
            )

    def vectors(self, embedder: str) -> Mapping[int, tuple[float, ...]]:
        """Vectors that this embedder made, by note; what cannot be read is left out."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, vector FROM memory_notes WHERE vector IS NOT NULL AND embedder = ?",
                (embedder,),
            ).fetchall()
        return {
            note_id: struct.unpack(f"<{len(blob) // _FLOAT_BYTES}f", blob)
            for note_id, blob in rows
            if len(blob) % _FLOAT_BYTES == 0
        }


def _has_ended(note: MemoryNote, now: float) -> bool:
    return not note.pinned and note.expires_at is not None and note.expires_at <= now
