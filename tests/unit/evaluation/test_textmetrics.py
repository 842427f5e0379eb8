"""ROUGE and Distinct, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.evaluation.textmetrics import distinct, rouge_l, rouge_n, tokens_of

TOKENS = st.lists(st.sampled_from("abcd"), max_size=12)


def test_chinese_counts_by_characters_and_english_by_words() -> None:
    assert tokens_of("我很累，真的。") == ["我", "很", "累", "真", "的"]
    assert tokens_of("I don’t know — Really?") == ["i", "don't", "know", "really"]
    assert tokens_of("我用 GPT-4 聊天") == ["我", "用", "gpt", "4", "聊", "天"]
    assert tokens_of("，。！?") == []


def test_rouge_by_hand() -> None:
    ours, theirs = ["the", "cat", "sat"], ["the", "cat", "on", "the", "mat"]
    one = rouge_n(ours, theirs, 1)  # the, cat
    assert (one.precision, one.recall) == (2 / 3, 2 / 5)
    assert one.f1 == pytest.approx(2 * (2 / 3) * (2 / 5) / (2 / 3 + 2 / 5))
    two = rouge_n(ours, theirs, 2)  # the cat
    assert (two.precision, two.recall) == (1 / 2, 1 / 4)
    longest = rouge_l(["a", "x", "b", "y", "c"], ["a", "b", "c", "d"])  # a b c
    assert (longest.precision, longest.recall) == (3 / 5, 3 / 4)


def test_a_word_counts_only_as_often_as_both_have_it() -> None:
    assert rouge_n(list("aaa"), list("aab"), 1).precision == 2 / 3


def test_chinese_rouge_by_hand() -> None:
    found = rouge_l(tokens_of("你今天很累"), tokens_of("今天你累了"))  # 今天累
    assert (found.precision, found.recall) == (3 / 5, 3 / 5)


def test_nothing_has_nothing_in_common() -> None:
    for found in (rouge_n([], ["a"], 1), rouge_n(["a"], [], 2), rouge_l([], [])):
        assert (found.precision, found.recall, found.f1) == (0, 0, 0)


def test_distinct_by_hand() -> None:
    texts = [list("abab"), list("ab")]
    assert distinct(texts, 1) == 2 / 6  # a, b by six words
    assert distinct(texts, 2) == 2 / 6  # ab, ba: by words, not by pairs
    assert distinct([], 1) is None
    assert distinct([[]], 2) is None


@given(TOKENS, TOKENS)
def test_overlap_stays_within_bounds_and_turns_around(one: list[str], other: list[str]) -> None:
    for size in (1, 2):
        found, back = rouge_n(one, other, size), rouge_n(other, one, size)
        assert 0 <= found.f1 <= 1
        assert found.precision == back.recall
    longest = rouge_l(one, other)
    assert 0 <= longest.f1 <= rouge_n(one, other, 1).f1 + 1e-12
    assert longest.precision == rouge_l(other, one).recall


@given(TOKENS.filter(bool))
def test_a_text_is_all_of_itself(tokens: list[str]) -> None:
    assert rouge_l(tokens, tokens).f1 == rouge_n(tokens, tokens, 1).f1 == 1


@given(st.lists(TOKENS), st.integers(1, 3))
def test_distinct_is_a_share(texts: list[list[str]], size: int) -> None:
    assert 0 <= (distinct(texts, size) or 0) <= 1
