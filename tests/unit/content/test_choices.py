"""Somebody between two ways is heard, in their own words; who only tells is not asked to choose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.choices import LONGEST, ONE, OTHER, Choice, Choices
from psylite_desktop.domain.errors import InputError

ASSETS = Path(__file__).parents[3] / "assets"
LANGS = ("zh", "en")
CHOICES = {lang: Choices.load(ASSETS, lang) for lang in LANGS}
BOTH, SINGLE = Choice("a", "b"), Choice("a")


@pytest.mark.parametrize(
    ("lang", "text", "one", "other"),
    [
        ("zh", "你说我是当没听见好 还是怼回去好啊", "当没听见", "怼回去"),
        ("zh", "我老婆说换，我还没想好，你说换不换", "换", "不换"),
        ("zh", "降价吧不赚钱，不降吧没人来，咋弄啊", "降价", "不降"),
        ("zh", "要不要找班主任换宿舍，又怕他知道了伤心", "找班主任换宿舍", ""),
        ("zh", "我是不是應該跟佢講清楚呢？", "跟佢講清楚", ""),
        ("zh", "现在就想问 我是硬学完还是考研再换呢", "硬学完", "考研再换"),
        ("zh", "不知道该继续画画还是换一条路。你怎么看", "继续画画", "换一条路"),
        ("en", "do i leave him be or do i keep knocking?", "leave him be", "keep knocking"),
        (
            "en",
            "Should I go to the head of department or will that make him hate me",
            "go to the head of department",
            "",
        ),
        ("en", "I can’t decide whether to sell up or hang on. Help", "sell up", "hang on"),
        ("en", "should I just answer her?", "answer her", ""),
    ],
)
def test_the_two_ways_are_heard(lang: str, text: str, one: str, other: str) -> None:
    assert CHOICES[lang].hear(text) == Choice(one, other)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "我还是很难过"),
        ("zh", "他到底是喜欢我还是同情我呢"),
        ("zh", "是我的错还是他的错"),
        ("zh", "我该怎么办"),
        ("zh", "我该如何跟她说呢"),
        ("zh", "要不要脸啊这人"),
        ("zh", "我要不要去看医生"),
        ("zh", "我该继续吃药还是停药呢"),
        ("zh", "说不说都一样"),
        ("zh", "去了三回还是四回"),
        ("en", "what should i do"),
        ("en", "how should I tell them"),
        ("en", "Should I be worried?"),
        ("en", "should i up my dose or stop"),
        ("en", "is it my fault or his"),
        ("en", "I did it for two or three weeks"),
    ],
)
def test_what_is_no_choice_to_make_is_not_heard_as_one(lang: str, text: str) -> None:
    assert CHOICES[lang].hear(text) is None


def test_both_languages_have_the_same_replies() -> None:
    for choice in (BOTH, SINGLE):
        zh, en = ([one.id for one in CHOICES[lang].replies(choice)] for lang in LANGS)
        assert zh == en
        assert len(set(zh)) == len(zh) >= 6


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("choice", [BOTH, SINGLE])
def test_replies_are_brief_and_pick_nothing(lang: str, choice: Choice) -> None:
    for reply in CHOICES[lang].replies(choice):
        assert len(re.findall("[?？]", reply.text)) <= 1, reply.id
        assert not re.search("[!！]", reply.text), reply.id
        assert len(reply.text) <= (80 if lang == "zh" else 260), reply.id
        assert (OTHER not in reply.text) or choice.other, reply.id
        if ONE not in reply.text:
            assert OTHER not in reply.text, reply.id
        assert "{" not in reply.filled(choice)


def test_a_filled_reply_is_known_again() -> None:
    for reply in CHOICES["zh"].replies(BOTH):
        assert reply.is_in(["别的", reply.filled(Choice("换", "不换"))])
        assert not reply.is_in([reply.filled(BOTH) + "嗯"])


@given(st.text(max_size=300))
def test_takes_any_text(text: str) -> None:
    for lang, choices in CHOICES.items():
        choice = choices.hear(text)
        if choice is not None:
            for way in (choice.one, choice.other):
                assert len(way.split() if lang == "en" else way) <= LONGEST[lang]


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    source = (ASSETS / "content" / "zh" / "choices.toml").read_text("utf-8")
    folder = tmp_path / "content" / "zh"
    folder.mkdir(parents=True)
    (folder / "choices.toml").write_text(source.replace("(?P<one>", "(?P<one>(", 1), "utf-8")
    with pytest.raises(InputError) as caught:
        Choices.load(tmp_path, "zh")
    assert "choices.toml" in str(caught.value.facts)
