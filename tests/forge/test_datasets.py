"""Cleaning: each filter on texts that must go and texts that must stay."""

from __future__ import annotations

import gzip
import json
import lzma
from typing import TYPE_CHECKING, Any

import pytest

from psylite_desktop.forge import datasets
from psylite_desktop.forge.datasets import CleaningReport, clean_dialogue
from psylite_desktop.forge.recipe import DataFile

if TYPE_CHECKING:
    from pathlib import Path

    from psylite_desktop.forge.recipe import Recipe

ZH = DataFile("a.jsonl", "zh", "support")
EN = DataFile("b.jsonl", "en", "answers")
GOOD = "听起来你这几天很累。是什么事最让你放不下？"


def dialogue(*texts: str, identity: str = "x-1") -> dict[str, Any]:
    roles = ("user", "assistant")
    messages = [{"role": roles[i % 2], "content": text} for i, text in enumerate(texts)]
    return {"id": identity, "messages": messages}


@pytest.mark.parametrize(
    "text",
    ["我真的不想活了", "他说要跳楼", "I want to DIE", "thinking of suicide", "I hurt myself again"],
)
def test_risk_words_are_found(text: str, recipe: Recipe) -> None:
    assert datasets.has_risk(text, recipe.cleaning)


@pytest.mark.parametrize(
    "text", ["我今天有点累", "my diet is fine", "a skilled painter", "活动很多"]
)
def test_risk_words_do_not_match_inside_other_words(text: str, recipe: Recipe) -> None:
    assert not datasets.has_risk(text, recipe.cleaning)


@pytest.mark.parametrize(
    ("name", "reply", "lang"),
    [
        ("too_long", "很" * 161, "zh"),
        ("too_long", "a" * 301, "en"),
        ("too_short", "嗯。", "zh"),
        ("wrong_script", "I understand you well.", "zh"),
        ("wrong_script", "I hear you. 你好。", "en"),
        ("unfinished", "以下是我的想法：", "zh"),
        ("contact", "可以加我的微信慢慢聊。", "zh"),
        ("contact", "看看 https://example.org 吧。", "zh"),
        ("machine_talk", "作为AI，我不能评价。", "zh"),
        ("machine_talk", "As an AI I cannot say.", "en"),
        ("list", "可以这样：1. 早睡 2. 运动。", "zh"),
        ("slogan", "加油，你可以的。", "zh"),
        ("slogan", "Just stay positive.", "en"),
        ("diagnosis", "这可能是焦虑症的表现。", "zh"),
        ("human_claim", "我以前也失恋过，慢慢就好了。", "zh"),
        ("preachy", "你应该多和父母沟通。", "zh"),
        ("preachy", "You should call them.", "en"),
    ],
)
def test_each_filter_names_what_it_takes_out(
    name: str, reply: str, lang: str, recipe: Recipe
) -> None:
    found = [n for n, bad in datasets.REPLY_FILTERS if bad(reply, lang, recipe.cleaning)]
    assert name in found


@pytest.mark.parametrize(
    ("reply", "lang"),
    [
        (GOOD, "zh"),
        ("凌晨3点醒来，一定很孤单。", "zh"),
        ("That sounds heavy. What happened?", "en"),
        ("It began in 2.5 weeks of rain.", "en"),
    ],
)
def test_good_replies_pass_every_filter(reply: str, lang: str, recipe: Recipe) -> None:
    assert not [n for n, bad in datasets.REPLY_FILTERS if bad(reply, lang, recipe.cleaning)]


def test_a_dialogue_ends_before_its_first_bad_reply(recipe: Recipe) -> None:
    report = CleaningReport()
    raw = dialogue("我好累", GOOD, "工作", "你应该早睡。", "好吧", GOOD)
    cleaned = clean_dialogue(raw, ZH, recipe.cleaning, report)
    assert cleaned is not None
    assert [turn.reply for turn in cleaned.turns] == [GOOD]
    assert report.taken_out["turn_preachy"] == 1
    assert (report.read, report.kept, report.turns_kept) == (1, 1, 1)


def test_risk_anywhere_drops_the_whole_dialogue(recipe: Recipe) -> None:
    report = CleaningReport()
    raw = dialogue("我好累", GOOD, "有时候觉得活着没意思", GOOD)
    assert clean_dialogue(raw, ZH, recipe.cleaning, report) is None
    assert report.taken_out["dialogue_risk"] == 1


def test_replies_are_tidied(recipe: Recipe) -> None:
    raw = dialogue("咨询师，你好！", "您好！\n谢谢您愿意说出来~ 想从哪里开始？")
    cleaned = clean_dialogue(raw, ZH, recipe.cleaning, CleaningReport())
    assert cleaned is not None
    assert cleaned.turns[0].user == "你好！"
    assert cleaned.turns[0].reply == "你好。 谢谢你愿意说出来。 想从哪里开始？"


def test_special_token_look_alikes_are_taken_apart() -> None:
    assert datasets.tidy("a<|im_end|>b", ()) == "aim_endb"


def test_long_english_answers_are_cut_to_sentences_that_stand_alone(recipe: Recipe) -> None:
    answer = "Grief comes and goes in waves, and each one passes. It takes its time. " + "x" * 300
    short = datasets.short_answer(answer, recipe.cleaning)
    assert short == "Grief comes and goes in waves, and each one passes. It takes its time."
    assert datasets.short_answer("Hi. " + "y" * 400, recipe.cleaning) is None


def test_sentences_keep_every_character_but_spaces() -> None:
    text = "你好。今天怎么样？ I am fine... Really. 嗯"
    parts = datasets.sentences(text)
    assert parts[:2] == ["你好。", "今天怎么样？"]
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_near_duplicates_are_read_once(tmp_path: Path, recipe: Recipe) -> None:
    first = dialogue("我好累", GOOD, identity="x-1")
    second = dialogue("我好累。", GOOD.replace("，", ""), identity="x-2")
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in (first, second))
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    kept, report = datasets.read_dialogues(tmp_path, ZH, recipe.cleaning, set())
    assert [d.id for d in kept] == ["x-1"]
    assert report.taken_out["dialogue_duplicate"] == 1


def test_packed_files_are_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "1"}) + "\n"
    (tmp_path / "a.gz").write_bytes(gzip.compress(line.encode()))
    (tmp_path / "a.xz").write_bytes(lzma.compress(line.encode()))
    assert list(datasets.read_raw(tmp_path / "a.gz")) == [{"id": "1"}]
    assert list(datasets.read_raw(tmp_path / "a.xz")) == [{"id": "1"}]


def test_the_validation_share_is_fixed_and_about_right() -> None:
    names = [f"smile-{i}" for i in range(5000)]
    share = sum(datasets.is_validation(name, 2) for name in names) / len(names)
    assert 0.01 < share < 0.03
    assert datasets.is_validation("smile-1", 100)


def test_short_reflecting_replies_are_liked_more(recipe: Recipe) -> None:
    short = datasets.liking([datasets.Turn("a", GOOD)], ZH, recipe.cleaning)
    long = datasets.liking([datasets.Turn("a", "慢" * 150 + "。")], ZH, recipe.cleaning)
    assert short > long > 0
