"""What the person said about readings of their words, in the vault (port CorrectionStore)."""

from __future__ import annotations

from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Kind, Level
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors


class SqlCorrections:
    """CorrectionStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, correction: Correction) -> None:
        """Store durably. A message that is gone meanwhile leaves the correction without one."""
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO corrections (at, message_id, verdict, level, kind, rules)"
                " VALUES (?, (SELECT id FROM messages WHERE id = ?), ?, ?, ?, ?)",
                (
                    float(correction.at),
                    correction.message_id,
                    str(correction.verdict),
                    int(correction.level),
                    str(correction.kind),
                    " ".join(correction.rules),
                ),
            )

    def corrections(self) -> list[Correction]:
        """All of them, oldest first.

        Raises VaultError vault_damaged where a stored value has no meaning.
        """
        with translated_errors():
            rows = self._connection.execute(
                "SELECT verdict, level, kind, rules, message_id, at FROM corrections ORDER BY id"
            ).fetchall()
        try:
            return [
                Correction(
                    verdict=Verdict(verdict),
                    level=Level(level),
                    kind=Kind(kind),
                    rules=tuple(rules.split()),
                    message_id=message_id,
                    at=at,
                )
                for verdict, level, kind, rules, message_id, at in rows
            ]
        except ValueError:
            raise VaultError("vault_damaged", cause="corrections") from None

    def count(self) -> int:
        """How many there are."""
        with translated_errors():
            row = self._connection.execute("SELECT count(*) FROM corrections").fetchone()
        return int(row[0]) if row else 0

    def clear(self) -> None:
        """Delete all of them."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM corrections")
