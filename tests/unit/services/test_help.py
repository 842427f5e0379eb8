"""Help without engine and vault: card, replies and lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.domain.risk import CALM, Assessment, Kind, Level, Reason, Request, Who
from psylite_desktop.domain.settings import REGIONS
from psylite_desktop.services.help import HelpService

ASSETS = Path(__file__).parents[3] / "assets"
HELP = HelpService(load_hotlines(ASSETS), CrisisTexts.load(ASSETS))
CHILD = (Reason("zh.child_abuse.touch", Level.CRISIS, 0, 3),)

langs = st.sampled_from(["zh", "en"])
assessments = st.builds(
    Assessment,
    level=st.sampled_from(list(Level)),
    kind=st.sampled_from(list(Kind)),
    who=st.sampled_from(list(Who)),
    reasons=st.sampled_from([(), CHILD]),
)


@given(assessment=assessments, lang=langs, region=st.sampled_from([*REGIONS, ""]))
def test_every_card_is_complete(assessment: Assessment, lang: str, region: str) -> None:
    card = HELP.card(assessment, lang=lang, region=region)
    assert card.sentence
    assert card.steps
    assert card.message
    assert len(card.grounding) >= 3
    assert card.level is assessment.level
    if region:
        assert 1 <= len(card.lines) <= 3
        assert not card.lines[0].one_source
        assert card.emergency is not None
        assert card.emergency.region == region
        assert all(line.use != "emergency" for line in card.lines)
    else:
        assert card.lines == ()
        assert card.emergency is None


@given(assessment=assessments, lang=langs)
def test_the_same_card_sentence_never_comes_twice_in_a_row(
    assessment: Assessment, lang: str
) -> None:
    said = ""
    for _ in range(5):
        card = HELP.card(assessment, lang=lang, region="cn", previous=said)
        assert card.sentence != said
        assert card == HELP.card(assessment, lang=lang, region="cn", previous=said)
        said = card.sentence


@given(
    level=st.sampled_from([Level.WATCH, Level.CRISIS, Level.EMERGENCY]),
    kind=st.sampled_from(list(Kind)),
    who=st.sampled_from(list(Who)),
    lang=langs,
    child=st.booleans(),
)
def test_the_same_reply_never_comes_twice_in_a_row(
    level: Level, kind: Kind, who: Who, lang: str, child: bool
) -> None:
    said = ""
    for _ in range(6):
        reply = HELP.reply(level, kind, who, lang=lang, shown=[said], child=child)
        assert reply
        assert reply != said
        said = reply


@given(request=st.sampled_from([one for one in Request if one is not Request.NONE]), lang=langs)
def test_requests_get_changing_replies_without_a_help_line(request: Request, lang: str) -> None:
    first = HELP.request_reply(request, lang=lang)
    second = HELP.request_reply(request, lang=lang, shown=[first])
    assert first
    assert first != second
    assert not any(line.number in first for line in HELP.lines("cn", lang))


def test_violence_asks_for_the_police_and_injury_for_an_ambulance() -> None:
    suicide = HELP.card(Assessment(Level.EMERGENCY, Kind.SUICIDE), lang="zh", region="cn")
    abuse = HELP.card(Assessment(Level.EMERGENCY, Kind.ABUSE), lang="zh", region="cn")
    assert suicide.emergency is not None
    assert suicide.emergency.number == "120"
    assert abuse.emergency is not None
    assert abuse.emergency.number == "110"


def test_the_main_line_stands_first_and_abuse_has_its_own() -> None:
    suicide = HELP.card(Assessment(Level.CRISIS, Kind.SUICIDE), lang="zh", region="cn")
    assert suicide.lines[0].number == "12356"
    abuse = HELP.card(Assessment(Level.CRISIS, Kind.ABUSE), lang="zh", region="tw")
    assert [line.number for line in abuse.lines][:2] == ["113", "1925"]


def test_a_child_is_shown_the_lines_that_protect_children() -> None:
    child = Assessment(Level.CRISIS, Kind.ABUSE, reasons=CHILD)
    card = HELP.card(child, lang="zh", region="cn")
    assert "12355" in [line.number for line in card.lines]
    assert "大人" in card.sentence


@pytest.mark.parametrize("region", REGIONS)
def test_the_help_page_lists_every_line_once(region: str) -> None:
    lines = HELP.lines(region, "en")
    assert len({line.id for line in lines}) == len(lines)
    assert {line.id for line in lines} == {
        line.id for line in load_hotlines(ASSETS) if line.region == region
    }
    assert not lines[0].one_source
    assert lines[-1].use == "emergency"


def test_without_a_region_there_are_words_instead_of_lines() -> None:
    assert HELP.lines("", "zh") == []
    assert "地区" in HELP.notice("zh")
    assert "region" in HELP.notice("en")
    assert HELP.card(CALM, lang="en", region="").sentence


def test_somebody_under_18_finds_the_line_for_young_people_second() -> None:
    assessment = Assessment(level=Level.CRISIS, kind=Kind.SUICIDE)
    young = HELP.card(assessment, lang="zh", region="cn", young=True).lines
    assert young[0] == HELP.card(assessment, lang="zh", region="cn").lines[0]
    assert young[1].use == "youth"
