"""What the linear risk model reads: the same in every release, or its weights are worth nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.risk_features import CLASSES_FROM, SPELLED_FROM, RiskFeatures
from psylite_desktop.safety.word_classes import WordClasses

BITS = 16
CLASSES = WordClasses(
    {
        "zh": {"mother": ["妈", "妈妈"], "pills": ["药", "安眠药"]},
        "en": {"mother": ["mum", "mom"], "pills": ["sleeping pills", "tablets"], "all": ["all"]},
        "wide": {"zh": {"day": ["今天", "昨天"]}, "en": {"day": ["today", "yesterday"]}},
    }
)
NONE = WordClasses({"zh": {}, "en": {}, "wide": {"zh": {}, "en": {}}})
GOLDEN = {
    "我妈的药。": [
        117,
        917,
        1414,
        4727,
        4874,
        5987,
        9880,
        14361,
        15006,
        15612,
        17553,
        19747,
        23332,
        29222,
        30228,
        35218,
        40405,
        41670,
        43059,
        43951,
        44351,
        46139,
        47124,
        52444,
        53119,
        53275,
        55406,
        56529,
        56875,
        58771,
        60902,
        62171,
        64174,
    ],
    "mum tablets": [
        3728,
        4407,
        4874,
        5193,
        8815,
        17793,
        22264,
        28996,
        29222,
        36404,
        36496,
        36587,
        36662,
        36678,
        37059,
        37597,
        39953,
        40096,
        40306,
        40379,
        41464,
        42849,
        43253,
        43667,
        45505,
        51490,
        51602,
        53119,
        54939,
        55301,
        55339,
        56529,
        56875,
        57070,
        58054,
        60335,
        60735,
        63508,
        63622,
        64069,
        64633,
    ],
}


def found(text: str, lang: str = "en", classes: WordClasses = NONE) -> set[int]:
    return RiskFeatures(BITS, classes)(text, lang)


def region(buckets: set[int], start: float, end: float) -> set[int]:
    """The buckets that lie in a part of the table."""
    size = 1 << BITS
    return {one for one in buckets if start * size <= one < end * size}


def of_words(buckets: set[int]) -> set[int]:
    return region(buckets, 0, SPELLED_FROM)


def of_spellings(buckets: set[int]) -> set[int]:
    return region(buckets, SPELLED_FROM, CLASSES_FROM["en"])


def of_classes(buckets: set[int], lang: str = "en") -> set[int]:
    return region(buckets, CLASSES_FROM[lang], 1)


@pytest.mark.parametrize(("text", "lang"), [("我妈的药。", "zh"), ("mum tablets", "en")])
def test_buckets_are_the_same_for_ever(text: str, lang: str) -> None:
    assert sorted(found(text, lang, CLASSES)) == GOLDEN[text]


@given(st.text(max_size=60), st.sampled_from(LANGS), st.integers(4, 20))
def test_every_bucket_lies_within_the_table(text: str, lang: str, bits: int) -> None:
    assert all(0 <= one < 1 << bits for one in RiskFeatures(bits, CLASSES)(text, lang))


def test_spellings_lie_behind_words() -> None:
    assert not of_spellings(found("so"))  # too short to be spelled
    spelled = of_spellings(found("so exhausted"))
    assert len(spelled) == len("<so exhausted>") - 4 + len("<so exhausted>") - 6


def test_a_slip_of_the_keys_leaves_some_of_a_word() -> None:
    assert of_spellings(found("im exhausted") & found("im exhaustedd"))


def test_the_order_of_words_tells_something() -> None:
    assert found("he hit me") != found("me hit he")


def test_two_words_are_a_pair_with_one_between_them() -> None:
    shared = of_words(found("i will tonight") & found("i might tonight"))
    assert len(shared - found("i") - found("tonight")) == 1


def test_numbers_are_one_word() -> None:
    assert found("at 12") == found("at 7")


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [("zh", "妈的药", "妈妈的安眠药"), ("en", "all mums tablets", "all mums sleeping pills")],
)
def test_words_of_one_class_are_alike(lang: str, one: str, other: str) -> None:
    alike = of_classes(found(one, lang, CLASSES), lang)
    assert alike == of_classes(found(other, lang, CLASSES), lang)
    assert alike
    assert not of_classes(found(one, lang), lang), "nothing without classes"


def test_classes_are_heard_together_however_far_apart_they_stand() -> None:
    near = of_classes(found("all tablets", classes=CLASSES))
    far = of_classes(found("all gone by now i mean tablets", classes=CLASSES))
    single = of_classes(found("all", classes=CLASSES)) | of_classes(
        found("tablets", classes=CLASSES)
    )
    assert near & far - single


@pytest.mark.parametrize(
    ("lang", "one", "other"), [("zh", "今天好", "昨天好"), ("en", "fine today", "fine yesterday")]
)
def test_everyday_words_are_alike_in_the_wide_row_alone(lang: str, one: str, other: str) -> None:
    here, there = (of_classes(found(text, lang, CLASSES), lang) for text in (one, other))
    assert here == there
    assert here
    assert not of_classes(found(one, lang), lang), "nothing without the wide row"
