"""Ratings and suggestions as other threads see them: calls are run on the vault's own thread."""

from __future__ import annotations

from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.stores import RatingStore, SuggestionStore
from psylite_desktop.domain.suggestion import Answer, GivenAnswer, Offer
from psylite_desktop.storage.thread import StorageThread


class ThreadedRatings:
    """RatingStore for any thread."""

    def __init__(self, thread: StorageThread, store: RatingStore) -> None:
        self._thread = thread
        self._store = store

    def save(self, rating: ReplyRating) -> None:
        """See RatingStore."""
        self._thread.run(lambda: self._store.save(rating))

    def load(self, message_id: int) -> ReplyRating | None:
        """See RatingStore."""
        return self._thread.run(lambda: self._store.load(message_id))

    def ratings(self) -> list[ReplyRating]:
        """See RatingStore."""
        return self._thread.run(self._store.ratings)


class ThreadedSuggestions:
    """SuggestionStore for any thread."""

    def __init__(self, thread: StorageThread, store: SuggestionStore) -> None:
        self._thread = thread
        self._store = store

    def add(self, offer: Offer) -> Offer:
        """See SuggestionStore."""
        return self._thread.run(lambda: self._store.add(offer))

    def note_opened(self, offer_id: int, at: float) -> None:
        """See SuggestionStore."""
        self._thread.run(lambda: self._store.note_opened(offer_id, at))

    def since(self, at: float) -> list[Offer]:
        """See SuggestionStore."""
        return self._thread.run(lambda: self._store.since(at))

    def answer(self, given: GivenAnswer) -> None:
        """See SuggestionStore."""
        self._thread.run(lambda: self._store.answer(given))

    def take_back(self, answer: Answer, subject: str) -> None:
        """See SuggestionStore."""
        self._thread.run(lambda: self._store.take_back(answer, subject))

    def answers(self) -> list[GivenAnswer]:
        """See SuggestionStore."""
        return self._thread.run(self._store.answers)
