"""Figures of the Mirror, and floors under what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.mirror import (
    Distortion,
    DistortionFound,
    Excerpt,
    Mirror,
    Theme,
    ThemeFound,
)
from psylite_desktop.evaluation import journal
from psylite_desktop.forge.mirror_texts import read_cases
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_cases import Case, parse_case

ROOT = Path(__file__).parents[3]
TEXT = "I failed. I'm a failure. So what."


def case(**more: object) -> Case:
    row: dict[str, object] = {
        "id": 1,
        "text": TEXT,
        "themes": ["study", "self_worth"],
        "tone": -1,
        "distortions": [{"kind": "labelling", "quote": "I'm a failure"}],
    }
    return parse_case(row | more)


def outcome(*themes: Theme, tone: int = 0, kind: Distortion | None = None) -> journal.Outcome:
    habit = () if kind is None else (DistortionFound(kind, TEXT[10:24], 10, 24),)
    quotes = (Excerpt(TEXT[:9], 0, 9),)
    mirror = Mirror(tuple(ThemeFound(one, quotes) for one in themes), tone, (), habit)
    return journal.Outcome(case(), mirror)


def test_themes_and_tone_are_counted() -> None:
    rows = [outcome(Theme.STUDY, Theme.WORK, tone=1)]
    whole = journal.together(journal.by_theme(rows).values())
    assert (whole.right, whole.found, whole.there) == (1, 2, 2)
    assert whole.f1 == pytest.approx(0.5)
    assert journal.macro_f1(journal.by_theme(rows).values()) == pytest.approx(0.5)
    assert journal.tone_within(rows, 1).hits == 0
    assert journal.tone_within(rows, 2).hits == 1


def test_a_habit_counts_where_kind_and_place_meet() -> None:
    right = journal.together(journal.by_kind([outcome(kind=Distortion.LABELLING)]).values())
    assert (right.right, right.found, right.there) == (1, 1, 1)
    other = journal.together(journal.by_kind([outcome(kind=Distortion.BLAMING)]).values())
    assert (other.right, other.found, other.there) == (0, 1, 1)


@pytest.mark.parametrize(
    "row",
    [
        {"text": 5},
        {"tone": 3},
        {"tone": True},
        {"themes": ["weather"]},
        {"themes": "study"},
        {"distortions": [{"kind": "labelling", "quote": "not there"}]},
        {"distortions": [{"kind": "moody", "quote": "I failed"}]},
        {"distortions": "none"},
    ],
)
def test_a_bad_case_is_named(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="field"):
        case(**row)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_development_entries_stay_above_their_floors(lang: str) -> None:
    """Words and models have seen these: a floor against breakage, no measure of quality."""
    cases = read_cases(ROOT / "tests" / "data" / "journal" / f"dev_{lang}.jsonl")
    service = MirrorService(ROOT / "assets", ROOT / "model_store" / "mirror")
    rows = journal.judge(cases, service.reflect)
    themes = journal.together(journal.by_theme(rows).values())
    habits = journal.together(journal.by_kind(rows).values())
    assert (themes.f1 or 0) >= 0.85
    assert (journal.tone_within(rows, 1).value or 0) >= 0.95
    assert (habits.precision.value or 0) >= 0.88
    assert (habits.recall.value or 0) >= 0.85


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_alone_stay_above_their_floors(lang: str) -> None:
    cases = read_cases(ROOT / "tests" / "data" / "journal" / f"dev_{lang}.jsonl")
    rows = journal.judge(cases, MirrorService(ROOT / "assets").reflect)
    themes = journal.together(journal.by_theme(rows).values())
    assert (themes.f1 or 0) >= {"zh": 0.58, "en": 0.5}[lang]
