"""Scoring by hand-computed sums, cadence, change, waiting answers, and answers about danger."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import CALM, Assessment, Kind, Level
from psylite_desktop.domain.scale import Answers, Scale, ScaleRun
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.humor import is_welcome
from psylite_desktop.services.scales import (
    DAY_S,
    ScaleService,
    again_at,
    answered,
    assessment_of,
    band_of,
    change,
    open_items,
    score,
    typed,
    wrong_sums,
)
from psylite_desktop.services.screening import Screening
from tests.fakes.memory_vault import MemoryVault

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = ScaleTexts.load(ASSETS)
OPEN = [scale for lang in ("en", "zh") for scale in TEXTS.scales(lang) if scale.is_open]
NOW = 1_800_000_000.0


def en(scale_id: str) -> Scale:
    return TEXTS.scale(scale_id, "en")


def scored(scale: Scale, answers: Answers) -> dict[str, tuple[int, str]]:
    """Score and band of each part."""
    found = score(scale, answers)
    assert found is not None
    points = dict(found)
    return {part.id: (points[part.id], band_of(part, points[part.id]).id) for part in scale.parts}


@pytest.mark.parametrize(
    ("scale_id", "answers", "expected"),
    [
        # 1+1+1+1+0+0+0+0+0 = 4; one more is 5
        ("phq9", (1, 1, 1, 1, 0, 0, 0, 0, 0), {"total": (4, "minimal")}),
        ("phq9", (1, 1, 1, 1, 1, 0, 0, 0, 0), {"total": (5, "mild")}),
        # 2+2+2+1+1+1+0+0+0 = 9; 2+2+2+2+1+1+0+0+0 = 10
        ("phq9", (2, 2, 2, 1, 1, 1, 0, 0, 0), {"total": (9, "mild")}),
        ("phq9", (2, 2, 2, 2, 1, 1, 0, 0, 0), {"total": (10, "moderate")}),
        # 3+3+3+3+2+0+0+0+0 = 14; 3+3+3+3+3+0+0+0+0 = 15
        ("phq9", (3, 3, 3, 3, 2, 0, 0, 0, 0), {"total": (14, "moderate")}),
        ("phq9", (3, 3, 3, 3, 3, 0, 0, 0, 0), {"total": (15, "moderately-severe")}),
        # 3*6+1+0+0 = 19; 3*6+2+0+0 = 20; 3*9 = 27
        ("phq9", (3, 3, 3, 3, 3, 3, 1, 0, 0), {"total": (19, "moderately-severe")}),
        ("phq9", (3, 3, 3, 3, 3, 3, 2, 0, 0), {"total": (20, "severe")}),
        ("phq9", (3,) * 9, {"total": (27, "severe")}),
        # 1+1+1+1+0+0+0 = 4; 2+2+2+2+1+0+0 = 9; 2+2+2+2+2+0+0 = 10; 3+3+3+3+3+0+0 = 15
        ("gad7", (1, 1, 1, 1, 0, 0, 0), {"total": (4, "minimal")}),
        ("gad7", (2, 2, 2, 2, 1, 0, 0), {"total": (9, "mild")}),
        ("gad7", (2, 2, 2, 2, 2, 0, 0), {"total": (10, "moderate")}),
        ("gad7", (3, 3, 3, 3, 3, 0, 0), {"total": (15, "severe")}),
        ("phq2", (2, 0), {"total": (2, "below")}),
        ("phq2", (2, 1), {"total": (3, "above")}),
        ("gad2", (1, 2), {"total": (3, "above")}),
        # worry 1+2 = 3, mood 2+0 = 2, together 5; worry 3+3, mood 3+0: 9
        (
            "phq4",
            (1, 2, 2, 0),
            {"total": (5, "mild"), "anxiety": (3, "above"), "depression": (2, "below")},
        ),
        (
            "phq4",
            (3, 3, 3, 0),
            {"total": (9, "severe"), "anxiety": (6, "above"), "depression": (3, "above")},
        ),
        # (3+3+2+2+2) * 4 = 12 * 4 = 48; (3+3+3+2+2) * 4 = 13 * 4 = 52; 5 * 5 * 4 = 100
        ("who5", (3, 3, 2, 2, 2), {"total": (48, "low")}),
        ("who5", (3, 3, 3, 2, 2), {"total": (52, "fair")}),
        ("who5", (5,) * 5, {"total": (100, "fair")}),
        # every answer 1: each part 7 * 1 * 2 = 14
        (
            "dass21",
            (1,) * 21,
            {
                "depression": (14, "moderate"),
                "anxiety": (14, "moderate"),
                "stress": (14, "normal"),
            },
        ),
        # every answer 3: each part 7 * 3 * 2 = 42
        (
            "dass21",
            (3,) * 21,
            {
                "depression": (42, "extremely-severe"),
                "anxiety": (42, "extremely-severe"),
                "stress": (42, "extremely-severe"),
            },
        ),
    ],
)
def test_scores_by_hand(
    scale_id: str, answers: Answers, expected: dict[str, tuple[int, str]]
) -> None:
    assert scored(en(scale_id), answers) == expected


@pytest.mark.parametrize(
    ("items", "part"),
    [
        ((3, 5, 10, 13, 16, 17, 21), "depression"),
        ((2, 4, 7, 9, 15, 19, 20), "anxiety"),
        ((1, 6, 8, 11, 12, 14, 18), "stress"),
    ],
)
def test_each_dass_item_counts_for_its_part_alone(items: tuple[int, ...], part: str) -> None:
    for number in items:
        answers = answered((0,) * 21, number, 3)
        assert {name: points for name, (points, _) in scored(en("dass21"), answers).items()} == {
            name: 6 if name == part else 0 for name in ("depression", "anxiety", "stress")
        }  # 3 * 2 = 6


def filled(scale: Scale) -> st.SearchStrategy[Answers]:
    points = st.sampled_from([choice.points for choice in scale.choices])
    return st.tuples(*[points] * len(scale.items))


@given(st.data())
def test_every_score_is_in_range_and_has_one_band(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from(OPEN))
    found = score(scale, data.draw(filled(scale)))
    assert found is not None
    for part in scale.parts:
        points = dict(found)[part.id]
        assert part.low <= points <= part.high
        assert sum(band.low <= points <= band.high for band in part.bands) == 1


@given(st.data())
def test_more_points_on_an_item_never_lower_a_score(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from(OPEN))
    answers = data.draw(filled(scale))
    number = data.draw(st.integers(1, len(scale.items)))
    highest = max(choice.points for choice in scale.choices)
    before, after = score(scale, answers), score(scale, answered(answers, number, highest))
    assert before is not None
    assert after is not None
    raised = highest - (answers[number - 1] or 0)
    for part in scale.parts:
        gained = dict(after)[part.id] - dict(before)[part.id]
        assert gained == (part.factor * raised if number in part.items else 0)


@given(st.data())
def test_a_missing_answer_is_never_scored(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from(OPEN))
    answers = data.draw(filled(scale))
    number = data.draw(st.integers(1, len(scale.items)))
    missing = (*answers[: number - 1], None, *answers[number:])
    assert score(scale, missing) is None
    assert open_items(missing) == [number]


def test_scales_without_items_are_scored_from_paper_alone() -> None:
    assert score(en("sds"), ()) is None
    assert typed(en("sds"), {"total": 53}) == (("total", 53),)
    assert band_of(en("sds").parts[0], 53).id == "mild"
    # 12 * 4 = 48
    assert typed(TEXTS.scale("who5", "zh"), {"total": 12}) == (("total", 48),)
    # 7 * 2 = 14, 5 * 2 = 10, 10 * 2 = 20
    sums = {"depression": 7, "anxiety": 5, "stress": 10}
    assert typed(TEXTS.scale("dass21", "zh"), sums) == (
        ("depression", 14),
        ("anxiety", 10),
        ("stress", 20),
    )


@pytest.mark.parametrize("value", [-1, 24, 101])
def test_sums_that_cannot_be_are_refused(value: int) -> None:
    assert [part.id for part in wrong_sums(en("sas"), {"total": value})] == ["total"]
    with pytest.raises(ValueError, match="out of range"):
        typed(en("sas"), {"total": value})
    assert wrong_sums(en("sas"), {})


def ran(scale_id: str, at: float, total: int, run_id: int) -> ScaleRun:
    return ScaleRun(scale_id, at, "en", (("total", total),), id=run_id)


def test_it_may_be_done_again_when_its_days_are_over() -> None:
    runs = [ran("phq9", NOW, 3, 1), ran("phq9", NOW - 30 * DAY_S, 3, 2), ran("gad7", NOW, 3, 3)]
    assert again_at(en("phq9"), []) is None
    assert again_at(en("phq9"), runs) == NOW + 14 * DAY_S
    assert again_at(en("dass21"), [ran("dass21", NOW, 0, 4)]) == NOW + 7 * DAY_S
    assert all(scale.again_after_days >= 7 for scale in TEXTS.scales("en"))


@pytest.mark.parametrize(
    ("scale_id", "before", "now", "points", "more"),
    [
        ("phq9", 15, 11, -4, False),
        ("phq9", 15, 10, -5, True),
        ("gad7", 5, 8, 3, False),
        ("gad7", 5, 9, 4, True),
        ("who5", 40, 48, 8, False),
        ("who5", 40, 52, 12, True),
        ("phq2", 0, 6, 6, None),
    ],
)
def test_a_change_is_weighed(
    scale_id: str, before: int, now: int, points: int, more: bool | None
) -> None:
    first, second = ran(scale_id, NOW - DAY_S, before, 7), ran(scale_id, NOW, now, 3)
    part = en(scale_id).parts[0]
    found = change(part, second, [second, first])
    assert found is not None
    assert (found.points, found.is_more_than_chance) == (points, more)
    assert found.before_at == first.at
    assert change(part, first, [second, first]) is None


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


class Time:
    """A clock that is set by hand."""

    at = NOW


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def service(vault: MemoryVault, time: Time) -> ScaleService:
    clock = Clock(now=lambda: time.at)
    return ScaleService(
        texts=TEXTS,
        store=vault.scale_runs,
        drafts=vault.drafts,
        screening=Screening(cast("Any", None), vault.risk_state, clock),
        clock=clock,
    )


def test_a_finished_scale_is_kept_and_waits_no_more(service: ScaleService) -> None:
    scale = en("phq2")
    service.keep_progress("phq2", (1, None))
    assert service.progress(scale) == (1, None)
    assert service.waiting("en") == {"phq2": (1, None)}
    run = service.finish(scale, (1, 2))
    assert run.score("total") == 3
    assert service.runs() == [run]
    assert service.waiting("en") == {}
    with pytest.raises(ValueError, match="missing"):
        service.finish(scale, (1, None))
    service.delete(run.id)
    assert service.runs() == []


def test_answers_wait_for_a_day(service: ScaleService, time: Time) -> None:
    service.keep_progress("phq2", (1, None))
    time.at += DAY_S
    assert service.progress(en("phq2")) == (1, None)
    time.at += 1
    assert service.progress(en("phq2")) == (None, None)


@pytest.mark.parametrize("text", ["x", "[]", '{"answers": [9, 1], "at": 1}', '{"answers": 3}'])
def test_waiting_answers_that_make_no_sense_are_left(
    service: ScaleService, vault: MemoryVault, text: str
) -> None:
    vault.drafts.save("scale-phq2", text)
    assert service.progress(en("phq2")) == (None, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("points", [1, 2, 3])
def test_item_nine_is_a_crisis_whatever_the_total(lang: str, points: int) -> None:
    scale = TEXTS.scale("phq9", lang)
    found, words = assessment_of(scale, (0,) * 8 + (points,))
    assert (found.level, found.kind) == (Level.CRISIS, Kind.SUICIDE)
    assert found.humor_blocked
    assert words.startswith(scale.items[8])
    assert scale.choices[points].text in words
    assert assessment_of(scale, (3,) * 8 + (0,)) == (CALM, "")
    assert assessment_of(scale, (None,) * 9) == (CALM, "")


def test_item_twenty_one_asks_gently() -> None:
    found, _ = assessment_of(en("dass21"), (0,) * 20 + (1,))
    assert found.level is Level.WATCH


def test_the_state_is_raised_and_no_joke_follows_for_seven_days(
    service: ScaleService, vault: MemoryVault
) -> None:
    found, _ = assessment_of(en("phq9"), (0,) * 8 + (1,))
    assert service.preview(found).level is Level.CRISIS
    assert vault.risk_state.load().level is Level.NONE
    state = service.take(found)
    assert state == vault.risk_state.load()
    assert (state.level, state.raised_at) == (Level.CRISIS, NOW)
    assert not is_welcome(Assessment(), state, now=NOW + 6.9 * DAY_S)


def test_a_full_disk_hides_no_danger(service: ScaleService, vault: MemoryVault) -> None:
    found, _ = assessment_of(en("phq9"), (0,) * 8 + (1,))
    vault.failure = VaultError("vault_disk_full")
    assert service.take(found).level is Level.CRISIS
    vault.failure = None
    assert service.take(CALM).level is Level.CRISIS
