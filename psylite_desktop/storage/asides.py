"""What was offered beside replies, in the vault (port AsideStore)."""

from __future__ import annotations

from dataclasses import replace

from psylite_desktop.domain.aside import AsideKind, AsideRating, ShownAside
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors


class SqlAsides:
    """AsideStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, shown: ShownAside) -> ShownAside:
        """Store durably and return it with its id."""
        with transaction(self._connection) as connection:
            cursor = connection.execute(
                "INSERT INTO asides (kind, passage_id, at) VALUES (?, ?, ?)",
                (str(shown.kind), shown.passage_id, float(shown.at)),
            )
        return replace(shown, id=int(cursor.lastrowid or 0))

    def rate(self, aside_id: int, rating: AsideRating | None, *, at: float) -> None:
        """Keep what was said about one; None takes it back. An unknown id changes nothing."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE asides SET rating = ?, rated_at = ? WHERE id = ?",
                (None if rating is None else str(rating), float(at), aside_id),
            )

    def since(self, at: float) -> list[ShownAside]:
        """Those shown or rated at or after a time, oldest first."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, kind, passage_id, at, rating, rated_at FROM asides"
                " WHERE at >= ? OR rated_at >= ? ORDER BY id",
                (float(at), float(at)),
            ).fetchall()
        try:
            return [
                ShownAside(
                    kind=AsideKind(kind),
                    passage_id=passage_id,
                    at=shown_at,
                    id=row_id,
                    rating=None if rating is None else AsideRating(rating),
                    rated_at=rated_at,
                )
                for row_id, kind, passage_id, shown_at, rating, rated_at in rows
            ]
        except ValueError:
            raise VaultError("vault_damaged", cause="asides") from None
