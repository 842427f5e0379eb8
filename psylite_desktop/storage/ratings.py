"""Marks of replies in the vault (port RatingStore)."""

from __future__ import annotations

from typing import Any

from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable

_COLUMNS = "message_id, helpfulness, fluency, relevance, logic, at, mode, model, route"


class SqlRatings:
    """RatingStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, rating: ReplyRating) -> None:
        """Store durably in the place of an earlier one; one without marks is removed.

        A message that is not stored (any more) changes nothing.
        """
        with transaction(self._connection) as connection:
            if rating.is_empty:
                connection.execute(
                    "DELETE FROM reply_ratings WHERE message_id = ?", (rating.message_id,)
                )
                return
            connection.execute(
                f"INSERT OR REPLACE INTO reply_ratings ({_COLUMNS})"  # noqa: S608 - our own constants
                " SELECT id, ?, ?, ?, ?, ?, ?, ?, ? FROM messages WHERE id = ?",
                (
                    rating.helpfulness,
                    rating.fluency,
                    rating.relevance,
                    rating.logic,
                    float(rating.at),
                    str(rating.mode),
                    storable(rating.model),
                    "" if rating.route is None else str(rating.route),
                    rating.message_id,
                ),
            )

    def load(self, message_id: int) -> ReplyRating | None:
        """The rating of a message; None where there is none. Raises VaultError."""
        found = self._read("WHERE message_id = ?", (message_id,))
        return found[0] if found else None

    def ratings(self) -> list[ReplyRating]:
        """Of all messages that are shown, in their order. Raises VaultError."""
        return self._read(
            "WHERE message_id NOT IN (SELECT message_id FROM other_versions) ORDER BY message_id"
        )

    def _read(self, which: str, values: tuple[Any, ...] = ()) -> list[ReplyRating]:
        with translated_errors():
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM reply_ratings {which}",  # noqa: S608 - our own constants
                values,
            ).fetchall()
        try:
            return [_rating(*row) for row in rows]
        except ValueError:
            raise VaultError("vault_damaged", cause="reply_ratings") from None


def _rating(*row: Any) -> ReplyRating:
    message_id, helpfulness, fluency, relevance, logic, at, mode, model, route = row
    return ReplyRating(
        message_id=message_id,
        helpfulness=helpfulness,
        fluency=fluency,
        relevance=relevance,
        logic=logic,
        at=at,
        mode=Mode(mode),
        model=model,
        route=Route(route) if route else None,
    )
