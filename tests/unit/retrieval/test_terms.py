from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.retrieval.library import fused
from psylite_desktop.retrieval.terms import terms


def test_chinese_pairs_and_english_stems() -> None:
    assert terms("睡不着") == ["睡不", "不着"]
    assert terms("累") == ["累"]
    assert len(set(terms("walked walking walks"))) == 1
    assert terms("the exam is about exams") == ["exam", "exam"]


@given(st.text(max_size=200))
def test_terms_hold_no_spaces(text: str) -> None:
    assert all(term and not any(char.isspace() for char in term) for term in terms(text))


pairs = st.lists(
    st.tuples(st.integers(0, 20), st.floats(-1, 1)), max_size=10, unique_by=lambda p: p[0]
)
scores = st.lists(
    st.tuples(st.integers(0, 20), st.floats(0, 60)), max_size=10, unique_by=lambda p: p[0]
)


@given(pairs, scores)
def test_fused_scores_are_shares_and_hold_every_place(
    near: list[tuple[int, float]], held: list[tuple[int, float]]
) -> None:
    found = fused(near, held)
    assert {place for place, _ in found} == {place for place, _ in (*near, *held)}
    assert all(0.0 <= score <= 1.0 for _, score in found)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_words_help_where_meaning_ties() -> None:
    assert [place for place, _ in fused([(1, 0.5), (2, 0.5)], [(2, 9.0)])] == [2, 1]
