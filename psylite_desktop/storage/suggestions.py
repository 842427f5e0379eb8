"""What was suggested and what was said to it, in the vault (port SuggestionStore)."""

from __future__ import annotations

from dataclasses import replace

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.suggestion import Answer, GivenAnswer, Offer, Place
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors


class SqlSuggestions:
    """SuggestionStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, offer: Offer) -> Offer:
        """Store an offer durably and return it with its id."""
        with transaction(self._connection) as connection:
            cursor = connection.execute(
                "INSERT INTO suggestion_offers (rule, item, at, place, opened_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (offer.rule, offer.item, float(offer.at), str(offer.place), offer.opened_at),
            )
        return replace(offer, id=int(cursor.lastrowid or 0))

    def note_opened(self, offer_id: int, at: float) -> None:
        """The person took it up. An unknown id changes nothing."""
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE suggestion_offers SET opened_at = ? WHERE id = ?", (float(at), offer_id)
            )

    def since(self, at: float) -> list[Offer]:
        """Offers made at or after a time, oldest first. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, rule, item, at, place, opened_at FROM suggestion_offers"
                " WHERE at >= ? ORDER BY id",
                (float(at),),
            ).fetchall()
        try:
            return [
                Offer(rule, item, offered_at, Place(place), opened_at, row_id)
                for row_id, rule, item, offered_at, place, opened_at in rows
            ]
        except ValueError:
            raise VaultError("vault_damaged", cause="suggestion_offers") from None

    def answer(self, given: GivenAnswer) -> None:
        """Keep an answer, in the place of the same one about the same subject."""
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO suggestion_answers (answer, subject, at) VALUES (?, ?, ?)",
                (str(given.answer), given.subject, float(given.at)),
            )

    def take_back(self, answer: Answer, subject: str) -> None:
        """Forget an answer; a missing one is fine."""
        with transaction(self._connection) as connection:
            connection.execute(
                "DELETE FROM suggestion_answers WHERE answer = ? AND subject = ?",
                (str(answer), subject),
            )

    def answers(self) -> list[GivenAnswer]:
        """All answers, oldest first. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT answer, subject, at FROM suggestion_answers ORDER BY at, answer, subject"
            ).fetchall()
        try:
            return [GivenAnswer(Answer(answer), subject, at) for answer, subject, at in rows]
        except ValueError:
            raise VaultError("vault_damaged", cause="suggestion_answers") from None
