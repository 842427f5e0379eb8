"""Ratings and suggestions of the vault in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.suggestion import Answer, GivenAnswer, Offer

if TYPE_CHECKING:
    from tests.fakes.memory_vault import MemoryVault


class MemoryRatings:
    """RatingStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._kept: dict[int, ReplyRating] = {}

    def save(self, rating: ReplyRating) -> None:
        self._vault.check()
        self._kept.pop(rating.message_id, None)
        if not rating.is_empty and self._vault.conversations.holds(rating.message_id):
            self._kept[rating.message_id] = rating

    def load(self, message_id: int) -> ReplyRating | None:
        self._vault.check()
        return self._kept.get(message_id) if self._vault.conversations.holds(message_id) else None

    def ratings(self) -> list[ReplyRating]:
        self._vault.check()
        return [
            self._kept[number]
            for number in sorted(self._kept)
            if self._vault.conversations.is_shown(number)
        ]


class MemorySuggestions:
    """SuggestionStore port in memory."""

    def __init__(self, vault: MemoryVault) -> None:
        self._vault = vault
        self._offers: list[Offer] = []
        self._answers: dict[tuple[Answer, str], GivenAnswer] = {}

    def add(self, offer: Offer) -> Offer:
        self._vault.check()
        self._offers.append(replace(offer, id=len(self._offers) + 1))
        return self._offers[-1]

    def note_opened(self, offer_id: int, at: float) -> None:
        self._vault.check()
        self._offers = [
            replace(one, opened_at=at) if one.id == offer_id else one for one in self._offers
        ]

    def since(self, at: float) -> list[Offer]:
        self._vault.check()
        return [one for one in self._offers if one.at >= at]

    def answer(self, given: GivenAnswer) -> None:
        self._vault.check()
        self._answers[given.answer, given.subject] = given

    def take_back(self, answer: Answer, subject: str) -> None:
        self._vault.check()
        self._answers.pop((answer, subject), None)

    def answers(self) -> list[GivenAnswer]:
        self._vault.check()
        return sorted(self._answers.values(), key=lambda one: (one.at, one.answer, one.subject))
