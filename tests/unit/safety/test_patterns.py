"""The pattern language: the end of a sentence ends a pattern as the end of the text does."""

import pytest

from psylite_desktop.safety.patterns import PatternLanguage


@pytest.fixture
def english() -> PatternLanguage:
    return PatternLanguage("en", {"soon": ["tonight", "dawn"]})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("not safe tonight", True),
        ("not safe tonight. did the laundry", True),
        ("not safe tonight\nmum called", True),
        ("is it over at dawn? who knows", True),
        ("tonight we eat soup", False),
    ],
)
def test_what_stands_after_a_sentence_takes_nothing(
    english: PatternLanguage, text: str, found: bool
) -> None:
    pattern = english.compile([english.expand("{soon}$")])
    assert (pattern.search(text) is not None) is found


def test_a_dollar_in_a_class_or_after_a_backslash_is_a_sign(english: PatternLanguage) -> None:
    for source in (r"[$£]\d+", r"\$\d+"):
        pattern = english.compile([english.expand(source)])
        assert pattern.search("costs $20 there")
        assert not pattern.search("at dawn.")


def test_a_chinese_sentence_ends_too() -> None:
    chinese = PatternLanguage("zh", {})
    pattern = chinese.compile([chinese.expand("就今晚$")])
    assert pattern.search("就今晚。明天下雨")
    assert not pattern.search("就今晚吃面")
