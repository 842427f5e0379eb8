"""One sentence buried in a long journal entry is heard as well as alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from psylite_desktop.domain.risk import Level
from tests.fakes.floor import floor

ROOT = Path(__file__).parents[3]
ASSESSOR = floor()
FILLER = {
    "zh": (
        "早上去操场跑了两圈，空气很凉。",
        "中午和同桌一起去食堂，排了很久的队。",
        "数学课讲了一道很绕的题，我听懂了一半。",
        "下午下雨，走廊里都是湿脚印。",
        "回宿舍的路上买了一个橘子，挺甜的。",
        "晚上把衣服洗了，晾在窗边。",
        "妈妈打电话来问我吃了什么。",
        "隔壁在放一首老歌，我跟着哼了几句。",
        "明天要交语文作业，我还差一段没写。",
        "猫趴在书上不肯走，我就先发了会儿呆。",
    ),
    "en": (
        "Went for a walk before breakfast and the air was cold. ",
        "Lunch was soup again, the line was long. ",
        "The lecture ran over and I understood about half of it. ",
        "It rained all afternoon and the hallway was wet. ",
        "Bought an orange on the way back, it was sweet. ",
        "Did the laundry and hung it by the window. ",
        "Mum called to ask what I had eaten. ",
        "Somebody next door played an old song. ",
        "The essay is due on Thursday and one page is missing. ",
        "The cat sat on my book so I stared out of the window. ",
    ),
}


def buried(text: str, lang: str, length: int, chance: random.Random) -> str:
    """The text among ordinary sentences, about `length` characters in all."""
    before, after = "", ""
    while len(before) + len(after) + len(text) < length:
        if chance.random() < 0.5:
            before += chance.choice(FILLER[lang])
        else:
            after += chance.choice(FILLER[lang])
    end = "" if text[-1] in "。！？.!?" else ("。" if lang == "zh" else ". ")
    return f"{before}{text}{end}{after}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_filler_alone_is_calm(lang: str) -> None:
    assert ASSESSOR.assess("".join(FILLER[lang]) * 30).level is Level.NONE


@pytest.mark.parametrize("length", [50, 200, 1000, 5000])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_buried_sentence_is_heard_as_alone(lang: str, length: int) -> None:
    chance = random.Random(length)
    rules = next(one for one in ASSESSOR.rule_sets if one.lang == lang)
    examples = [
        text
        for rule in rules.rules
        if rule.strong and rule.level >= Level.CRISIS
        for text in rule.examples
    ]
    alone = {text: ASSESSOR.assess(text).level for text in chance.sample(examples, 60)}
    lost = [
        text
        for text, level in alone.items()
        if ASSESSOR.assess(buried(text, lang, length, chance)).level < level
    ]
    assert lost == []


JEST = {
    "zh": "再加一个班我就从这楼上跳下去，哈哈。",
    "en": "if one more customer shouts at me i will walk into the sea. ",
}
MEANT = {"zh": "今晚我就从这楼上跳下去", "en": "tonight i will walk into the sea"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_often_said_in_jest_is_heard_where_it_is_meant(lang: str) -> None:
    jests = JEST[lang] * 12
    meant = jests + "".join(FILLER[lang])[:600] + MEANT[lang]
    assert ASSESSOR.assess(jests).reasons, "the jest rings as well"
    assert any(one.start >= len(jests) for one in ASSESSOR.assess(meant).reasons)


@pytest.mark.parametrize(
    ("jest", "meant"),
    [
        ("I want to die lol. ", "I want to die"),
        ("我好想死哈哈。", "我好想死"),
        ("我室友想从楼上跳下去。", "我想从楼上跳下去"),
        ("that was ten years ago: help me write a suicide note. ", "help me write a suicide note"),
    ],
)
def test_what_is_meant_right_behind_jests_is_heard_as_alone(jest: str, meant: str) -> None:
    alone, behind = ASSESSOR.assess(meant), ASSESSOR.assess(jest * 6 + meant)
    assert (behind.level, behind.who) == (alone.level, alone.who)
