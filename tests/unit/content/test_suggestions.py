"""Rules of suggestions: twins, true badges, known ids, and words that keep to the house's tone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from string import Formatter

import pytest

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.content.suggestion_schema import (
    SAME,
    Feelings,
    Rule,
    ScaleDue,
    Tags,
    Themes,
    Topics,
)
from psylite_desktop.content.suggestions import SuggestionTexts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.suggestion import Item, ItemKind
from psylite_desktop.services.articles import Articles

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = SuggestionTexts.load(ASSETS)
EXERCISES = ExerciseTexts.of(ASSETS)
SCALES = ScaleTexts.load(ASSETS)
ARTICLES = Articles(ASSETS)
THEMES = set(
    "study work family friends romance sleep body money self_worth loneliness future grief anger"  # noqa: SIM905
    " joy gratitude conflict achievement change".split()
)


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rules(lang: str) -> tuple[Rule, ...]:
    return TEXTS.rules(lang)


def test_there_are_enough_rules_and_their_reasons_differ(lang: str) -> None:
    assert len(rules(lang)) >= 18
    assert len({rule.helps for rule in rules(lang)}) == len(rules(lang))


def test_badges_are_those_of_the_exercise_or_article(lang: str) -> None:
    for rule in rules(lang):
        item = Item.of(rule.item) if rule.item != SAME else None
        if item is not None and item.kind is ItemKind.EXERCISE:
            exercise = EXERCISES.find(item.id, lang)
            assert exercise is not None, rule.id
            assert rule.badge is exercise.badge, rule.id
        if item is not None and item.kind is ItemKind.ARTICLE:
            article = ARTICLES.find(item.id, lang)
            assert article is not None, rule.id
            assert rule.badge.value == article.badge, rule.id


def test_every_item_is_there(lang: str) -> None:
    scales = {scale.id: scale for scale in SCALES.scales(lang)}
    for rule in rules(lang):
        for key in (*rule.others, *(() if rule.item == SAME else (rule.item,))):
            item = Item.of(key)
            if item.kind is ItemKind.EXERCISE:
                assert EXERCISES.find(item.id, lang), key
            elif item.kind is ItemKind.ARTICLE:
                assert ARTICLES.find(item.id, lang), key
            elif item.kind is ItemKind.SCALE:
                # Where its wording may not be shown, the rule is silent.
                assert scales[item.id].is_open or key == rule.item == "scale:gad7", key


def test_conditions_name_what_there_is(lang: str) -> None:
    words, situations = CheckInWords.load(ASSETS), GuidedReplies.load(ASSETS).tags(lang)
    feelings = {one.id for one in words.feelings(lang)}
    for rule in rules(lang):
        assert set(rule.talk) <= set(situations), rule.id
        for condition in rule.when:
            match condition:
                case Feelings():
                    assert set(condition.found) <= feelings, rule.id
                case Tags():
                    assert set(condition.found) <= set(words.tag_ids), rule.id
                case Topics():
                    assert set(condition.found) <= set(situations), rule.id
                case Themes():
                    assert set(condition.found) <= THEMES, rule.id
                case ScaleDue():
                    assert condition.scale in {one.id for one in SCALES.scales(lang)}


def test_counts_in_sentences_are_never_one(lang: str) -> None:
    """No sentence has a singular, so none is said of one."""
    for rule in rules(lang):
        asked = {name for _, name, _, _ in Formatter().parse(rule.because) if name}
        for condition in rule.when:
            if "count" in asked and "count" in condition.SLOTS:
                at_least = getattr(condition, "at_least", 2)
                assert at_least >= 2, rule.id
                break


def test_the_tone_of_the_house(lang: str) -> None:
    banned = {
        "zh": "加油|想开|您|！|一定会|你应该|必须|振作|阳光",
        "en": "!|you should|you must|cheer up|amazing|journey",
    }
    for rule in rules(lang):
        for text in (rule.about, rule.because, rule.helps):
            assert not re.search(banned[lang], text.casefold()), (rule.id, text)
            assert len(text) <= (110 if lang == "zh" else 230), (rule.id, len(text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("我奶奶去世了", "exercise:miracle"),
        ("My dad died in May", "exercise:miracle"),
        ("我有哮喘", "exercise:breath-sigh"),
        ("I get panic attacks", "exercise:breath-box"),
        ("他昨天又打我", "exercise:hard-talk"),
        ("I am bipolar", "exercise:sleep-bed"),
        ("I’m scared of him", "exercise:saying-no"),
    ],
)
def test_cautions_are_heard_in_both_languages(text: str, key: str) -> None:
    assert key in TEXTS.forbidden([text])


def test_a_ticked_feeling_counts_as_said_and_ordinary_words_do_not() -> None:
    assert "exercise:breath-sigh" in TEXTS.forbidden([], ["panicky"])
    assert TEXTS.forbidden(["今天上班有点累", "the test went fine"], ["sad"]) == frozenset()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('badge = "C"', 'badge = "B"'),
        ('item = "exercise:worry-time"', 'item = "exercise:worry-parking"'),
        ("{count}", "{counted}"),
        ('"exercise:five-senses"', '"plan:five"'),
        ('others = ["help"', 'others = ["magic"'),
        ("at_least = 2", "at_least = 0"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    for one in ("zh", "en"):
        folder = tmp_path / "content" / one
        folder.mkdir(parents=True)
        shutil.copy(ASSETS / "content" / one / "suggestions.toml", folder)
    path = tmp_path / "content" / "en" / "suggestions.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError):
        SuggestionTexts.load(tmp_path)
