"""Guided replies: what stands in the files, and which one is picked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.guided import LANGS, GuidedReplies

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
    letters = re.sub(r"\W+", "", text.lower())
    return {letters[i : i + 5] for i in range(len(letters) - 4)}


def test_twins_share_ids_and_tags() -> None:
    zh = [(reply.id, reply.tags) for reply in REPLIES.replies("zh")]
    en = [(reply.id, reply.tags) for reply in REPLIES.replies("en")]
    assert zh == en
    assert len(zh) >= 60
    assert len({reply_id for reply_id, _ in zh}) == len(zh)


@pytest.mark.parametrize("lang", LANGS)
def test_each_is_short_and_asks_at_most_once(lang: str) -> None:
    for reply in REPLIES.replies(lang):
        assert len(re.findall("[?？]", reply.text)) <= 1, reply.id
        assert 1 <= len(re.findall(r"[。？]|[.?](?=\s|$)", reply.text)) <= 3, reply.id
        assert len(reply.text) <= (80 if lang == "zh" else 260), reply.id


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
    assert used == set(REPLIES._languages[lang].tags)


@pytest.mark.parametrize(
    ("lang", "text", "tag"),
    [
        ("zh", "最近就业压力很大，我很苦恼", "job"),
        ("zh", "和室友大吵一架", "roommate"),
        ("zh", "明天考试，好紧张，睡不着", "exam"),
        ("zh", "我今天不开心", "sad"),
        ("zh", "面试过了，太好了，好开心", "joy"),
        ("zh", "你是真人吗", "about_me"),
        ("zh", "先这样，晚安", "goodbye"),
        ("zh", "奶奶去世了", "grief"),
        ("zh", "吃了碗面", "smalltalk"),
        ("zh", "忽冷忽热的", "unclear"),
        ("en", "I had a fight with my roommate", "roommate"),
        ("en", "my grandmother passed away", "grief"),
        ("en", "I don\u2019t want to talk about it", "dontwant"),
        ("en", "are you a robot?", "about_me"),
        ("en", "we broke up yesterday", "breakup"),
        ("en", "thanks, bye", "goodbye"),
        ("en", "I am not happy", "sad"),
        ("en", "hello", "greeting"),
        ("en", "xyzzy", "unclear"),
    ],
)
def test_picks_by_the_words_of_a_message(lang: str, text: str, tag: str) -> None:
    assert tag in REPLIES.pick(lang=lang, text=text).tags


@pytest.mark.parametrize("lang", LANGS)
def test_never_repeats_before_all_are_used(lang: str) -> None:
    seen: list[str] = []
    for number, _ in enumerate(REPLIES.replies(lang)):
        reply = REPLIES.pick(lang=lang, text="室友 roommate", avoid=seen)
        assert reply.id not in seen
        # Ids and whole texts both work.
        seen.append(reply.id if number % 2 else reply.text)
        seen.append(reply.id)
    again = REPLIES.pick(lang=lang, text="室友 roommate", avoid=seen)
    assert again.text == seen[0]


def test_further_tags_help_where_words_do_not() -> None:
    assert REPLIES.pick(lang="zh", text="嗯", tags=("joy", "no_such_tag")).tags == ("joy",)


@given(text=st.text(max_size=300))
def test_takes_any_text(text: str) -> None:
    for lang in LANGS:
        assert REPLIES.pick(lang=lang, text=text).text
