"""Thoughts before replies: general files, reasons put into dialogues, reasons written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from psylite_desktop.forge.asking import UnfitError
from psylite_desktop.forge.datasets import Dialogue, Turn
from psylite_desktop.forge.reasoning import (
    inject,
    read_general,
    read_reasons,
    split_reasons,
    with_reasons,
)
from psylite_desktop.forge.reasons import LANGS, fit_reasons, read_prompts, write_reasons
from tests.fakes.scripted_model import ScriptedModel

TALK = Dialogue("d1", "zh", "counseling", (Turn("我很累", "听起来很累。"), Turn("嗯", "我在听。")))
THOUGHT = (
    "他只说了一个“嗯”，话还没有说完。我不急着问，也不给办法。"
    "先让他知道我还在这里，等他自己往下说，这样最稳妥，也最温和。"
)


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_reasons_and_reply_come_apart_again() -> None:
    assert split_reasons(with_reasons("我在听。", THOUGHT)) == (THOUGHT, "我在听。")
    assert split_reasons("我在听。") == ("", "我在听。")
    assert with_reasons("我在听。", " ") == "我在听。"


def test_both_published_forms_of_general_rows(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            "instruction": "为什么天是蓝的",
            "input": "",
            "output": "<think>\n想到散射。\n</think>\n\n因为散射。",
            "repo_name": "zhihu",
            "score": 10,
        },
        {
            "input": "怎么泡茶",
            "reasoning_content": "先想水温。<|im_end|>",
            "content": "先烧水。",
            "repo_name": "coig/neo",
            "score": 9,
        },
        {"input": "1+1", "reasoning_content": "a", "content": "2", "repo_name": "x/GSM8K_zh"},
        {"input": "q", "reasoning_content": "a", "content": "b", "repo_name": "zhihu", "score": 8},
        {"input": "q", "content": "b", "output": "无想法", "repo_name": "zhihu", "score": 10},
        {"input": "长" * 90, "reasoning_content": "a", "content": "b", "score": 10},
    ]
    found, counts = read_general(
        write(tmp_path / "r1.jsonl", rows),
        "zh",
        least_score=9.0,
        left_out=("gsm8k",),
        most_characters=80,
    )
    assert counts == {
        "kept": 2,
        "read": 6,
        "field": 1,
        "score": 1,
        "incomplete": 1,
        "too_long": 1,
    }
    assert [one.dialogue.turns[0].user for one in found] == ["为什么天是蓝的", "怎么泡茶"]
    assert [one.reasons for one in found] == ["想到散射。", "先想水温。im_end"]


def test_reasons_fit_the_reply_that_they_were_written_for(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", [{"id": "d1", "turns": 2, "reasoning": THOUGHT}])
    reasons = read_reasons(path)
    assert [one.reasons for one in inject([TALK, TALK.cut(1)], reasons)] == [THOUGHT, ""]


@pytest.mark.parametrize("bad", [{"id": "d"}, {"id": "d", "turns": 1, "reasoning": " "}])
def test_a_bad_line_of_reasons_is_named(tmp_path: Path, bad: dict[str, object]) -> None:
    good: dict[str, object] = {"id": "d1", "turns": 2, "reasoning": THOUGHT}
    with pytest.raises(ValueError, match="line 2"):
        read_reasons(write(tmp_path / "r.jsonl", [good, bad]))


def test_reasons_are_written_for_the_last_reply(tmp_path: Path) -> None:
    model = ScriptedModel("好。", THOUGHT)
    found = write_reasons([TALK], model, tmp_path / "out.jsonl", say=lambda _line: None)
    assert (found["made"], found["rejected"]) == (1, 0)
    assert found["asked"]["reasons length"] == 1
    assert read_reasons(tmp_path / "out.jsonl") == {"d1": (2, THOUGHT)}
    asked = model.asked[1][-1].text
    assert "听起来很累。" in asked
    assert "我接下来" not in asked
    assert asked.index("嗯") < asked.index("我在听。")
    again = write_reasons([TALK], ScriptedModel(), tmp_path / "out.jsonl", say=lambda _l: None)
    assert again["made"] == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("短。", "length"),
        ("He only said one word, so I wait and do not hurry him along at all.", "language"),
        (THOUGHT + "我在听。", "reply"),
        (THOUGHT + "回复如下。", "report"),
    ],
)
def test_checks_of_reasons(text: str, reason: str) -> None:
    with pytest.raises(UnfitError, match=f"^{reason}$"):
        fit_reasons(text, prompts=read_prompts("zh"), lang="zh", reply="我在听。")


@pytest.mark.parametrize("lang", LANGS)
def test_prompts_of_both_languages_are_whole(lang: str) -> None:
    prompts = read_prompts(lang)
    assert all(name in prompts.ask for name in ("{history}", "{user}", "{reply}"))
