"""What the Mirror says: made from claims, in the person's own words, and never "wrong"."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.content.mirror_wording import meeting_of, read_wording
from psylite_desktop.domain.mirror import (
    Distortion,
    DistortionFound,
    Excerpt,
    Mirror,
    Repeated,
    Theme,
    ThemeFound,
)
from psylite_desktop.services.mirror_wording import MirrorWording, shortened

ASSETS = Path(__file__).parents[3] / "assets"
WORDING = MirrorWording.load(ASSETS)
QUOTE = Excerpt("words of mine", 0, 13)
HARSH = ("wrong", "distort", "irrational", "mistaken", "错误", "扭曲", "不理性", "！", "!")


def found(kind: Distortion) -> DistortionFound:
    return DistortionFound(kind, QUOTE.text, QUOTE.start, QUOTE.end)


MIRRORS = st.builds(
    Mirror,
    themes=st.lists(st.sampled_from(Theme), unique=True, max_size=4).map(
        lambda themes: tuple(ThemeFound(one, (QUOTE,)) for one in themes)
    ),
    tone=st.integers(-2, 2),
    tone_quotes=st.sampled_from([(), (QUOTE,), (QUOTE, QUOTE)]),
    distortions=st.lists(st.sampled_from(Distortion), max_size=2).map(
        lambda kinds: tuple(found(kind) for kind in kinds)
    ),
    repeated=st.sampled_from([(), (Repeated((QUOTE, QUOTE)),), (Repeated((QUOTE,), 2),)]),
)


@settings(max_examples=60, deadline=None)
@given(MIRRORS, st.sampled_from(["zh", "en"]))
def test_one_to_three_sentences_without_gaps(mirror: Mirror, lang: str) -> None:
    said = WORDING.sentences(mirror, lang)
    assert 1 <= len(said) <= 3
    for sentence in said:
        assert "{" not in sentence
        assert sentence.strip() == sentence
        assert not any(word in sentence for word in HARSH)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", list(Distortion))
def test_a_habit_is_only_something_that_may_be(kind: Distortion, lang: str) -> None:
    [sentence] = WORDING.sentences(Mirror(distortions=(found(kind),)), lang)
    assert QUOTE.text in sentence
    assert ("也许" if lang == "zh" else "may be") in sentence
    assert ("也许" if lang == "zh" else "May be") in WORDING.habit(kind, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_found_is_said_kindly_and_claims_nothing(lang: str) -> None:
    [sentence] = WORDING.sentences(Mirror(), lang)
    assert "“" not in sentence
    assert WORDING.quiet(lang) != sentence


def test_twins_meet_in_the_same_themes() -> None:
    files = read_wording(ASSETS)
    assert set(files["zh"].meeting) == set(files["en"].meeting)
    assert meeting_of("self_worth_study") == ("self_worth", "study")


@given(st.text(max_size=200))
def test_a_shortened_quote_is_the_beginning_of_it(quote: str) -> None:
    short = shortened(quote, 40)
    assert len(short) <= 41
    assert " ".join(quote.split()).find(short.removesuffix("…")) >= 0
