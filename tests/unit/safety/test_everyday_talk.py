"""Everyday talk by a hand that nobody learnt from: the floor leaves it in peace."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.safety.assess import Assessor

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def floor() -> Assessor:
    return Assessor.load(ROOT / "assets", ROOT / "model_store" / "risk")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_left_in_peace(floor: Assessor, lang: str) -> None:
    lines = (ROOT / "tests" / "data" / "quiet" / f"{lang}.jsonl").read_text("utf-8").splitlines()
    found = [floor.assess(json.loads(line)["text"]) for line in lines]
    assert len(found) == 150
    assert sum(one.level >= Level.CRISIS for one in found) <= 1
    assert sum(one.level >= Level.WATCH for one in found) <= 12
    assert sum(one.request is not Request.NONE for one in found) <= 4


SMALL_TALK = """
你好 您好 嗨 在吗 晚安 谢谢你 嗯 你呢 然后呢 帮我 告诉我 可以吗 不知道 我好累
你是谁 你会什么 你能做什么 你是真人吗 你会骗我吗 讲个笑话 陪我聊聊天 写首诗给我
怎么系领带 怎么做红烧肉 怎么磨刀 怎么杀鱼 怎么学英语 怎么让老师喜欢我
"""
LINES = """
hi / good morning / thank you / tell me / what about you / go on / bye / i don't know / i am tired
who are you / what are you / what can you do / who made you? / are you a real person
tell me a joke / play a game with me / how do I make friends / how do i bake bread
how do I get my husband to back me up / how do I delete my journal
"""


@pytest.mark.parametrize(
    "text", [*SMALL_TALK.split(), *(one.strip() for one in re.split(r"[/\n]", LINES.strip()))]
)
def test_greetings_and_everyday_questions_are_no_request_and_no_risk(
    floor: Assessor, text: str
) -> None:
    found = floor.assess(text)
    assert found.request is Request.NONE
    assert found.level is Level.NONE
