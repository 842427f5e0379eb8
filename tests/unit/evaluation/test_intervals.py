"""Shares and their Wilson intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.evaluation.intervals import Share


# Newcombe 1998, Statistics in Medicine 17, table I, method 3.
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_values(hits: int, total: int, low: float, high: float) -> None:
    assert Share(hits, total).interval == pytest.approx((low, high), abs=5e-5)


@given(total=st.integers(1, 10_000), data=st.data())
def test_bounds_enclose_the_share(total: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, total)), total)
    low, high = share.interval
    assert share.value is not None
    assert 0 <= low <= share.value <= high <= 1


@given(total=st.integers(1, 1000), data=st.data())
def test_hits_and_misses_mirror_each_other(total: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, total))
    low, high = Share(hits, total).interval
    other_low, other_high = Share(total - hits, total).interval
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


def test_more_cases_say_more() -> None:
    few, many = Share(5, 10).interval, Share(500, 1000).interval
    assert few[0] < many[0] < many[1] < few[1]


def test_of_nothing_nothing_is_known() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


def test_as_json() -> None:
    assert Share(1, 3).as_dict() == {
        "hits": 1,
        "total": 3,
        "share": 0.3333,
        "interval": [0.0615, 0.7923],
    }
    assert Share(0, 0).as_dict()["share"] is None
