"""The families of habits of thought: what shows one, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.mirror import Distortion
from psylite_desktop.services.mirror import MirrorService

ROOT = Path(__file__).parents[3]
MIRROR = MirrorService(ROOT / "assets")

SHOWN = {
    Distortion.LABELLING: (
        "下班以后我总觉得自己很没用。",
        "我感觉自己就是一个怪物。",
        "考完以后就觉得自己不配站在这里。",
        "I feel like I'm worthless.",
        "I feel like a failure every evening.",
    ),
    Distortion.MIND_READING: (
        "我总觉得他们在背后议论我。",
        "新来的班里，我觉得同学们都不喜欢我。",
        "我觉得她根本没有在乎我。",
        "I feel like everyone hates me.",
        "I always think people are judging me.",
    ),
    Distortion.OVERGENERALISING: (
        "没有人能真正理解我。",
        "我每次都做不好。",
        "I always end up ignored.",
    ),
    Distortion.ALL_OR_NOTHING: (
        "我觉得自己什么都做不好。",
        "我感觉自己一无所有。",
        "无论自己做什么都是错的。",
        "Everything I do is wrong.",
        "I don't feel like I'm good at anything.",
    ),
    Distortion.FORTUNE_TELLING: (
        "感觉这辈子都不会有好日子。",
        "我觉得自己的未来一片黑暗。",
        "我觉得无论怎么努力都没办法追上。",
        "I'm never going to find a place to stay.",
        "I am doomed to live like this.",
    ),
    Distortion.SHOULD_STATEMENTS: (
        "我觉得自己不应该犯这样的错。",
        "我总觉得自己应该更出色一些。",
    ),
    Distortion.CATASTROPHISING: (
        "我这辈子完了。",
        "他晚回来一会儿，我就胡思乱想，担心他出车祸。",
    ),
    Distortion.PERSONALISING: (
        "我觉得是自己害了妈妈。",
        "他们吵成这样，一切都是我的错。",
        "Everything is my fault.",
    ),
}
ALIKE = (
    # somebody else, or what somebody else thinks of themselves
    "她觉得自己很没用，我陪她走了一路。",
    "He says I'm worthless.",
    "My boyfriend always tells me that it's my fault.",
    # turned around
    "我并不觉得自己是个失败者。",
    "I'm not a failure.",
    # weighed at once
    "我觉得自己很没用，但我知道这只是个想法。",
    "我觉得他们都讨厌我，不过也可能是我想多了。",
    "I feel like everyone hates me, but that's not really true.",
    # a plain fact, a plan, a feeling without a verdict
    "大家都认为出国是好事。",
    "但是我觉得我太忙了。",
    "可是我真的很害怕。",
    "我感觉自己无能为力。",
    "我觉得她人品好，所以就在一起了。",
    "我从来没有考虑过这个角度。",
    "每次我都很不开心。",
    "我觉得我应该学会拒绝。",
    "我不想再被伤害了。",
    "我担心承担不起这笔房租。",
    "我只看到了他在舞台上的样子。",
    "一直以来我都是家里的顶梁柱。",
    "All I have to do is call them back.",
    "I only see her every other weekend.",
    "I can't do anything by myself in that kitchen, it is too small.",
    "She really feels the cold.",
)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in SHOWN.items() for text in texts]
)
def test_a_family_finds_its_sentence_and_quotes_it(kind: Distortion, text: str) -> None:
    found = MIRROR.reflect(text).distortions
    assert kind in {one.kind for one in found}
    assert all(text[one.start : one.end] == one.quote for one in found)


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_looks_like_a_habit_is_left_alone(text: str) -> None:
    assert MIRROR.reflect(text).distortions == ()


def test_the_same_words_show_one_habit() -> None:
    found = MIRROR.reflect("我感觉大家都讨厌我。").distortions
    assert len(found) == 1
