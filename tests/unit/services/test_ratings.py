"""Marks of replies: kept, changed, taken back, and counted as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.rating import Dimension, ReplyRating
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.off_the_record import FIRST_MESSAGE
from psylite_desktop.services.ratings import RatingService, is_ratable, summary_of
from tests.fakes.memory_vault import MemoryVault

MARK = st.none() | st.integers(1, 5)
RATING = st.builds(
    ReplyRating,
    st.integers(1, 99),
    MARK,
    MARK,
    MARK,
    MARK,
    mode=st.sampled_from(Mode),
    model=st.sampled_from(["", "qwen", "nano"]),
    route=st.none() | st.sampled_from(Route),
)


@given(st.lists(RATING, max_size=30))
def test_means_are_those_of_the_marks_there_are(ratings: list[ReplyRating]) -> None:
    found = summary_of(ratings)
    rated = [one for one in ratings if not one.is_empty]
    assert found.everything.replies == len(rated)
    for dimension in Dimension:
        marks = [one.mark(dimension) for one in rated if one.mark(dimension) is not None]
        mean = found.everything.of(dimension)
        assert mean.count == len(marks)
        assert (mean.mean is None) == (not marks)
        if marks:
            assert mean.mean == pytest.approx(sum(marks) / len(marks))
    assert sum(group.replies for group in found.modes) == len(rated)
    known = [one for one in rated if one.model]
    assert sum(group.replies for group in found.models) == len(known)
    for groups in (found.modes, found.models, found.routes):
        assert [group.replies for group in groups] == sorted(
            (group.replies for group in groups), reverse=True
        )


def test_marks_change_and_go_and_how_the_reply_was_made_stays_known() -> None:
    vault = MemoryVault()
    talk = vault.conversations.start(1.0)
    reply = vault.conversations.append(talk, Message(Role.ASSISTANT, "hm", mode=Mode.MODEL))
    service = RatingService(vault.ratings, Clock(now=lambda: 7.0))
    service.rate(ReplyRating(reply.id, 4, mode=Mode.MODEL, model="qwen", route=Route.JOY))
    service.rate(ReplyRating(reply.id, 2, logic=5, mode=Mode.MODEL))
    kept = service.load(reply.id)
    assert kept == ReplyRating(reply.id, 2, None, None, 5, 7.0, Mode.MODEL, "qwen", Route.JOY)
    service.rate(ReplyRating(reply.id))
    assert service.load(reply.id) is None
    assert service.summary().everything.replies == 0


@pytest.mark.parametrize(
    ("message", "may"),
    [
        (Message(Role.ASSISTANT, "a", id=3), True),
        (Message(Role.ASSISTANT, "a", id=3, mode=Mode.PRACTICE, complete=False), True),
        (Message(Role.ASSISTANT, "a", id=3, mode=Mode.CRISIS), False),
        (Message(Role.ASSISTANT, "a"), False),
        (Message(Role.ASSISTANT, "", id=3), False),
        (Message(Role.ASSISTANT, "a", id=FIRST_MESSAGE + 1), False),
        (Message(Role.USER, "a", id=3), False),
        (None, False),
    ],
)
def test_what_can_be_rated(message: Message | None, may: bool) -> None:
    assert is_ratable(message) is may
