"""What the person thinks of replies: kept one by one, told together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.rating import Dimension, Mean, RatingGroup, RatingSummary, ReplyRating
from psylite_desktop.domain.stores import RatingStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.off_the_record import FIRST_MESSAGE


class RatingService:
    """Ratings of one profile. Methods raise VaultError."""

    def __init__(self, store: RatingStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def load(self, message_id: int) -> ReplyRating | None:
        """The rating of a reply; None where there is none."""
        return self._store.load(message_id)

    def rate(self, rating: ReplyRating) -> ReplyRating:
        """Keep marks, now; without marks the rating is taken back.

        What is known of how the reply was made stays known.
        """
        before = self._store.load(rating.message_id)
        if before is not None:
            rating = replace(
                rating, model=rating.model or before.model, route=rating.route or before.route
            )
        rating = replace(rating, at=self._clock.now())
        self._store.save(rating)
        return rating

    def summary(self) -> RatingSummary:
        """What all ratings say together."""
        return summary_of(self._store.ratings())


def summary_of(ratings: Sequence[ReplyRating]) -> RatingSummary:
    """Means of all marks, and by mode, model and route; the largest groups first.

    Replies of which model or route is not known are left out of that grouping.
    """
    return RatingSummary(
        everything=_group("", ratings),
        modes=_groups(ratings, lambda one: str(one.mode)),
        models=_groups(ratings, lambda one: one.model),
        routes=_groups(ratings, lambda one: str(one.route or "")),
    )


def _groups(
    ratings: Iterable[ReplyRating], name_of: Callable[[ReplyRating], str]
) -> tuple[RatingGroup, ...]:
    found: dict[str, list[ReplyRating]] = {}
    for one in ratings:
        found.setdefault(name_of(one), []).append(one)
    groups = [_group(name, members) for name, members in found.items() if name]
    return tuple(sorted(groups, key=lambda group: (-group.replies, group.name)))


def _group(name: str, ratings: Sequence[ReplyRating]) -> RatingGroup:
    rated = [one for one in ratings if not one.is_empty]
    means = []
    for dimension in Dimension:
        marks = [mark for one in rated if (mark := one.mark(dimension)) is not None]
        mean = sum(marks) / len(marks) if marks else None
        means.append((dimension, Mean(len(marks), mean)))
    return RatingGroup(name, len(rated), tuple(means))


def is_ratable(message: Message | None) -> bool:
    """Whether marks can be given: to stored replies, but never to what is said in a crisis."""
    return (
        message is not None
        and message.role is Role.ASSISTANT
        and message.mode is not Mode.CRISIS
        and bool(message.text)
        and 0 < message.id <= FIRST_MESSAGE
    )
