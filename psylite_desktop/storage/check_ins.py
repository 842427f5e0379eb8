"""Check-ins in the vault (port CheckInStore)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Level
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable

_SELECT = "SELECT id, at, day, mood, feelings, tags, note, backfilled, level FROM check_ins "
_NAMES = msgspec.json.Decoder(tuple[str, ...])


class SqlCheckIns:
    """CheckInStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, check_in: CheckIn) -> CheckIn:
        """Store durably and return it with its id. Raises VaultError."""
        stored = _storable(check_in)
        with transaction(self._connection) as connection:
            cursor = connection.execute(
                "INSERT INTO check_ins (at, day, mood, feelings, tags, note, backfilled, level)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                _values(stored),
            )
        return replace(stored, id=int(cursor.lastrowid or 0))

    def update(self, check_in: CheckIn) -> None:
        """Replace what is stored under its id. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE check_ins SET at = ?, day = ?, mood = ?, feelings = ?, tags = ?,"
                " note = ?, backfilled = ?, level = ? WHERE id = ?",
                (*_values(_storable(check_in)), check_in.id),
            )

    def raise_level(self, check_in_id: int, level: Level) -> None:
        """Keep a higher level; never a lower one. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE check_ins SET level = max(level, ?) WHERE id = ?",
                (int(level), check_in_id),
            )

    def delete(self, check_in_id: int) -> None:
        """Delete one for good. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM check_ins WHERE id = ?", (check_in_id,))

    def between(self, first: str, last: str) -> list[CheckIn]:
        """Those about the days from `first` to `last`, in their order. Raises VaultError."""
        return self._read("WHERE day BETWEEN ? AND ? ORDER BY day, at, id", (first, last))

    def latest(self) -> CheckIn | None:
        """The one about the newest day, or None. Raises VaultError."""
        found = self._read("ORDER BY day DESC, at DESC, id DESC LIMIT 1", ())
        return found[0] if found else None

    def tags(self) -> list[str]:
        """All tags in use, the most used first, then the newest. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT used.value FROM check_ins, json_each(check_ins.tags) AS used"
                " GROUP BY used.value ORDER BY COUNT(*) DESC, MAX(check_ins.id) DESC, used.value"
            ).fetchall()
        return [str(row[0]) for row in rows]

    def _read(self, how: str, values: tuple[str, ...]) -> list[CheckIn]:
        with translated_errors():
            rows = self._connection.execute(_SELECT + how, values).fetchall()
        try:
            return [_check_in(row) for row in rows]
        except (ValueError, msgspec.MsgspecError):
            raise VaultError("vault_damaged", cause="check_ins") from None


def _storable(check_in: CheckIn) -> CheckIn:
    return replace(
        check_in,
        feelings=tuple(storable(feeling) for feeling in check_in.feelings),
        tags=tuple(storable(tag) for tag in check_in.tags),
        note=storable(check_in.note),
    )


def _values(check_in: CheckIn) -> tuple[Any, ...]:
    return (
        float(check_in.at),
        check_in.day,
        int(check_in.mood),
        msgspec.json.encode(check_in.feelings).decode(),
        msgspec.json.encode(check_in.tags).decode(),
        check_in.note,
        int(check_in.backfilled),
        int(check_in.level),
    )


def _check_in(row: Sequence[Any]) -> CheckIn:
    row_id, at, day, mood, feelings, tags, note, backfilled, level = row
    return CheckIn(
        at=at,
        day=day,
        mood=mood,
        feelings=_NAMES.decode(feelings),
        tags=_NAMES.decode(tags),
        note=note,
        backfilled=bool(backfilled),
        level=Level(level),
        id=row_id,
    )
