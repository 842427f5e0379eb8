"""Words for the end of a talk: twins, calm, without numbers; plans found in a person's words."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.closing import LANGS, ClosingTexts
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.schema import ClosingFile

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = ClosingTexts.load(ASSETS)
SITUATIONS = GuidedReplies.load(ASSETS)
SLOTS = {
    "one_topic": {"topic"},
    "two_topics": {"topic", "other"},
    "weighs": {"quote"},
    "lightens": {"quote"},
    "saw": {"quote"},
}


def wordings(file: ClosingFile) -> list[str]:
    lines = [text for texts in msgspec.structs.asdict(file.lines).values() for text in texts]
    steps = [text for step in file.step for text in step.texts]
    guarded = [*file.goodbye.guarded, *file.guarded_step.texts]
    return [*file.goodbye.plain, *guarded, *lines, *steps]


def test_twins_share_steps_tags_and_slots() -> None:
    zh, en = (TEXTS.files[lang] for lang in LANGS)
    assert [(s.id, s.tags) for s in zh.step] == [(s.id, s.tags) for s in en.step]
    for file in (zh, en):
        for name, texts in msgspec.structs.asdict(file.lines).items():
            for text in texts:
                assert set(re.findall(r"{(\w+)}", text)) == SLOTS.get(name, set()), text


@pytest.mark.parametrize("lang", LANGS)
def test_they_are_calm_and_all_different(lang: str) -> None:
    said = wordings(TEXTS.files[lang])
    assert len(set(said)) == len(said)
    for text in said:
        assert not re.search(r"[!！?？\d]|您|加油|想开|坚强|stay strong|cheer up|should", text), (
            text
        )


@pytest.mark.parametrize("lang", LANGS)
def test_steps_name_situations_once(lang: str) -> None:
    tags = [tag for step in TEXTS.files[lang].step for tag in step.tags]
    assert len(set(tags)) == len(tags)
    assert set(tags) <= set(SITUATIONS.tags(lang))
    assert TEXTS.step_for(lang, "unclear") is None
    step = TEXTS.step_for(lang, tags[0])
    assert step is not None
    assert tags[0] in step.tags


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("zh", "想了想。我打算明天跟老师聊聊，看看卷子。", ["我打算明天跟老师聊聊，看看卷子"]),
        ("zh", "我打算周末跟她好好谈谈", ["我打算周末跟她好好谈谈"]),
        ("zh", "好吧，我明天去找室友说清楚", ["我明天去找室友说清楚"]),
        ("zh", "我打算再也不理他了", []),
        ("zh", "我明天去跟他说吗", []),
        ("zh", "我打算结束这一切", []),
        ("zh", "他打算明天来找我", []),
        ("en", "Not sure. But I'll talk to her after class.", ["I'll talk to her after class"]),
        ("en", "I am going to call mum at the weekend", ["I am going to call mum at the weekend"]),
        ("en", "I will be late", []),
        ("en", "I'll never speak to them", []),
        ("en", "Should I or will I call?", []),
        ("en", "I will end it", []),
        ("en", "she will call me", []),
    ],
)
def test_a_plan_is_found_in_the_persons_words(lang: str, text: str, found: list[str]) -> None:
    assert [plan.text for plan in TEXTS.plans(lang, text)] == found


@given(text=st.text(max_size=200))
def test_plans_stand_in_the_text(text: str) -> None:
    for lang in LANGS:
        for plan in TEXTS.plans(lang, text):
            assert plan.text in " ".join(text.replace("\u2019", "'").split())
