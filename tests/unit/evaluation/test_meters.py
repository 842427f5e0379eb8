"""Meters of replies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.evaluation.meters import cosine_drift, measure, repetition, told


def test_a_reply_of_the_house_style() -> None:
    found = measure("听起来这一周真的很累。最累的是哪一段？", prompt="这周好累")
    assert (found.sentences, found.questions, found.reflections) == (2, 1, 1)
    assert found.length == 17
    assert found.repetition == 0
    assert found.language_matches


def test_a_reflection_may_stand_before_the_question_of_the_same_sentence() -> None:
    assert measure("It sounds like a hard week, what helped?").reflections == 1
    assert measure("听起来很难受，后来呢？").reflections == 1
    assert measure("What helped?").reflections == 0


def test_words_of_the_person_given_back_are_a_reflection() -> None:
    prompt = "My manager shouted at me in the meeting"
    assert measure("Your manager shouted, and you froze.", prompt=prompt).reflections == 1
    assert measure("Managers are like the weather.", prompt=prompt).reflections == 0


@pytest.mark.parametrize(
    ("reply", "lang", "matches"),
    [("我在听。", "en", False), ("我在听。", "zh", True), ("I hear you.", "zh", False)],
)
def test_the_language_is_that_which_is_wanted(reply: str, lang: str, *, matches: bool) -> None:
    assert measure(reply, lang=lang).language_matches is matches


def test_what_was_said_before_is_known_again() -> None:
    earlier = frozenset({told("I hear you.")})
    assert measure("i hear you", earlier=earlier).said_before
    assert not measure("I hear that.", earlier=earlier).said_before


def test_repetition_by_hand() -> None:
    assert repetition(["a", "b", "c", "a", "b", "c"]) == 1 / 4  # abc bca cab abc
    assert repetition(["a", "b"]) == 0


def test_drift_by_hand() -> None:
    assert cosine_drift([1, 0], [1, 0]) == pytest.approx(0)
    assert cosine_drift([1, 0], [0, 1]) == 1
    assert cosine_drift([1, 0], [-1, 0]) == 1
    assert cosine_drift([0, 0], [1, 0]) == 1


@given(st.text(), st.text())
def test_any_text_can_be_measured(reply: str, prompt: str) -> None:
    found = measure(reply, prompt=prompt)
    assert 0 <= found.repetition <= 1
    assert found.questions <= found.sentences
    assert found.reflections <= found.sentences
