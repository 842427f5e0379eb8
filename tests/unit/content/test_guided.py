"""Guided replies as they stand in the files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.guided import LANGS, QUOTE, TOPIC, GuidedReplies
from psylite_desktop.domain.talk import Act

REPLIES = GuidedReplies.load(Path(__file__).parents[3] / "assets")
SLOGANS = {
    "zh": ("加油", "想开", "会好起来", "一切都会", "相信自己", "正能量", "坚强", "没什么大不了"),
    "en": (
        "cheer up",
        "stay strong",
        "everything happens",
        "believe in yourself",
        "it will be fine",
        "calm down",
        "at least",
    ),
}
CLAIMS = {"zh": ("诊断", "抑郁症", "我也曾", "您"), "en": ("disorder", "diagnos", "as a human")}


def grams(text: str) -> set[str]:
    letters = re.sub(r"\W+", "", text.replace(QUOTE, "").replace(TOPIC, "").lower())
    return {letters[i : i + 5] for i in range(len(letters) - 4)}


def test_twins_share_ids_tags_stages_and_slots() -> None:
    zh, en = (
        [(r.id, r.tags, r.stage, r.quotes, r.recalls) for r in REPLIES.replies(lang)]
        for lang in LANGS
    )
    assert zh == en
    assert len(zh) >= 300
    assert len({row[0] for row in zh}) == len(zh)


@pytest.mark.parametrize("lang", LANGS)
def test_each_is_short_and_asks_at_most_once(lang: str) -> None:
    for reply in REPLIES.replies(lang):
        assert len(re.findall("[?？]", reply.text)) <= 1, reply.id
        assert 1 <= len(re.findall(r"[。？]|[.?](?=\s|$)", reply.text)) <= 3, reply.id
        assert len(reply.text) <= (80 if lang == "zh" else 260), reply.id
        assert reply.text.count(QUOTE) + reply.text.count(TOPIC) <= 2, reply.id
        if reply.quotes:  # a phrase of anybody's stands between quotation marks, or not at all
            assert f"“{QUOTE}”" in reply.text, reply.id


@pytest.mark.parametrize("lang", LANGS)
def test_none_shouts_preaches_or_claims(lang: str) -> None:
    for reply in REPLIES.replies(lang):
        assert not re.search("[!！]", reply.text), reply.id
        for word in SLOGANS[lang] + CLAIMS[lang]:
            assert word not in reply.text.lower(), reply.id


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_are_nearly_the_same(lang: str) -> None:
    replies = [(reply.id, grams(reply.text)) for reply in REPLIES.replies(lang)]
    for place, (first, some) in enumerate(replies):
        for second, others in replies[place + 1 :]:
            assert len(some & others) / len(some | others) <= 0.4, (first, second)


@pytest.mark.parametrize("lang", LANGS)
def test_every_situation_has_a_reply(lang: str) -> None:
    used = {tag for reply in REPLIES.replies(lang) for tag in reply.tags}
    assert used == set(REPLIES.tags(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_every_stage_has_many(lang: str) -> None:
    for stage in ("explore", "insight", "action"):
        assert sum(reply.stage == stage for reply in REPLIES.replies(lang)) >= 50


def test_a_filled_reply_is_known_again() -> None:
    reply = next(reply for reply in REPLIES.replies("zh") if reply.quotes and not reply.recalls)
    assert reply.is_in(["别的", reply.filled(quote="心里堵得慌")])
    assert not reply.is_in([reply.filled(quote="心里堵得慌") + "嗯"])


@given(text=st.text(max_size=300))
def test_takes_any_text(text: str) -> None:
    for lang in LANGS:
        assert set(REPLIES.situations(lang, text)) <= set(REPLIES.tags(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_what_receives_asks_at_most_one_small_question_a_subject(lang: str) -> None:
    """Who has just told a moment is not asked for it again."""
    for tag in REPLIES.tags(lang):
        told = REPLIES.going_on(lang, tag, Act.TOLD)
        assert sum("?" in one.text or "？" in one.text for one in told) <= 1, tag
        for one in told:
            assert not one.quotes
            assert not re.search("哪一[刻幕句段]|which (?:moment|part|bit)", one.text), one.id
