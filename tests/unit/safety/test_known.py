"""What is known of a wide table is found at its place, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.known import WORD, Known, size_of, written

BITS = 9
_BUCKETS = st.integers(0, (1 << BITS) - 1)


def known(buckets: set[int]) -> Known:
    return Known.read(memoryview(written(buckets, BITS)), BITS)


@given(st.sets(_BUCKETS), st.sets(_BUCKETS))
def test_a_weight_lies_where_its_bucket_stands_among_those_learnt(
    learnt: set[int], asked: set[int]
) -> None:
    order = sorted(learnt)
    assert len(known(learnt)) == len(order)
    assert known(learnt).places(asked) == {order.index(one) for one in asked & learnt}


def test_the_edges_of_a_word_are_counted_rightly() -> None:
    edges = {0, WORD - 1, WORD, 2 * WORD - 1, (1 << BITS) - 1}
    assert [known(edges).places([one]) for one in sorted(edges)] == [{0}, {1}, {2}, {3}, {4}]
    assert known(edges).places([1, WORD - 2, WORD + 1]) == set()


def test_it_takes_the_room_that_it_says() -> None:
    assert len(written([], BITS)) == size_of(BITS)
    assert size_of(24) < 4 << 20
