"""Reports made into dialogues by a model that says what the test tells it to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.forge.asking import MadeRows, UnfitError
from psylite_desktop.forge.memo2demo import (
    LANGS,
    LEAST_TURNS,
    MOST_TURNS,
    PARTS,
    fit_note,
    fit_stage,
    make_dialogues,
    parse_report,
    read_prompts,
)
from tests.fakes.scripted_model import ScriptedModel

REPORT = {
    "id": "r1",
    "Title": "睡不着的大学生",
    "Case Brief": "一名大二学生，期末前两周开始睡不好，怕考砸。",
    "Consultation Process": "先听，再一起看担心是怎么来的，然后试着把事情分成小块。",
    "Experience Thoughts": "慢一点，比给办法有用。",
}
NOTE = (
    "【来访者】大二学生，一个人在外地读书，最近睡得很少，白天没精神。\n"
    "【困扰】期末前两周开始睡不着，躺下就想考试，怕让家里失望。\n"
    "【计划】先听清楚担心什么，再把复习分成小块，每天只看一件做得到的事。\n"
    "【回顾】慢慢来有用；不要急着给办法，也不要说一定会好。"
)
LINES = [
    ("我最近总是睡不着。", "躺下之后，脑子里都在转什么呢？"),
    ("就是怕考砸，怕他们失望。", "听起来，你在替家里人担着这份失望。"),
    ("嗯，我一想到电话就心慌。", "电话一响，心就提起来了。"),
    ("我想试试，可是怕坚持不了。", "先只试一晚，行不行由你说。"),
    ("那我今晚把书包提前收好吧。", "好，收好书包，剩下的明天再看。"),
]
STAGES = [LINES[0:1], LINES[1:2], LINES[2:4], LINES[4:5]]


def spoken(exchanges: list[tuple[str, str]]) -> str:
    return "\n".join(f"求助者：{one}\n支持者：{other}" for one, other in exchanges)


GOOD = [NOTE, *map(spoken, STAGES)]


def make(tmp_path: Path, model: ScriptedModel, reports: list[dict[str, Any]], **more: Any) -> Any:
    parsed = [parse_report(raw) for raw in reports]
    return make_dialogues(parsed, model, tmp_path / "out.jsonl", say=lambda _line: None, **more)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_report_becomes_a_dialogue_in_four_stages(tmp_path: Path) -> None:
    model = ScriptedModel(*GOOD)
    found = make(tmp_path, model, [REPORT])
    assert (found["made"], found["rejected"], found["stopped"]) == (1, 0, False)
    (row,) = rows(tmp_path / "out.jsonl")
    assert row["stages"] == {"reception": 1, "diagnosis": 1, "consultation": 2, "closing": 1}
    assert [one["content"] for one in row["messages"]] == [said for one in LINES for said in one]
    assert [one["role"] for one in row["messages"]] == ["user", "assistant"] * 5
    assert row["note"] == NOTE
    # The report stands in every question; what was written so far in those that follow.
    questions = [turns[-1].text for turns in model.asked]
    assert all(REPORT["Case Brief"] in question for question in questions)
    assert NOTE in questions[1]
    assert spoken(LINES[:4]) in questions[4]


def test_an_answer_that_does_not_fit_is_asked_for_again_and_counted(tmp_path: Path) -> None:
    model = ScriptedModel("好的。", NOTE, "求助者：我很累", *GOOD[1:])
    found = make(tmp_path, model, [REPORT])
    assert found["made"] == 1
    assert found["asked"]["note form"] == 1
    assert found["asked"]["reception form"] == 1
    assert found["asked"]["reception asked"] == 2


def test_what_never_fits_is_rejected_named_and_not_asked_again(tmp_path: Path) -> None:
    model = ScriptedModel(NOTE, "不行", "不行", *GOOD)
    second = REPORT | {"id": "r2"}
    found = make(tmp_path, model, [REPORT, second], tries=2)
    assert (found["made"], found["rejected"]) == (1, 1)
    assert found["rejected_by"] == {"reception form": 1}
    assert rows(tmp_path / "out.rejected.jsonl") == [
        {"id": "r1", "stage": "reception", "reason": "form"}
    ]
    again = make(tmp_path, ScriptedModel(), [REPORT, second])
    assert (again["made"], again["rejected"]) == (1, 1)
    assert again["asked"] == found["asked"]


def test_work_that_was_stopped_goes_on(tmp_path: Path) -> None:
    model = ScriptedModel(*GOOD, *GOOD)
    second = REPORT | {"id": "r2"}
    found = make(tmp_path, model, [REPORT, second], cancelled=lambda: len(model.asked) > 7)
    assert (found["made"], found["stopped"]) == (1, True)
    # As if the machine had gone off in the middle of a line.
    with (tmp_path / "out.jsonl").open("a", encoding="utf-8") as handle:
        handle.write('{"id": "r2", "mess')
    found = make(tmp_path, ScriptedModel(*GOOD), [REPORT, second])
    assert (found["made"], found["stopped"]) == (2, False)
    assert [row["id"] for row in rows(tmp_path / "out.jsonl")] == ["r1", "r2"]


def test_a_report_that_is_too_long_is_rejected_other_errors_end_the_work(tmp_path: Path) -> None:
    full = EngineError("engine_context_full", tokens=9000, context=4096)
    found = make(tmp_path, ScriptedModel(full, *GOOD), [REPORT, REPORT | {"id": "r2"}])
    assert found["rejected_by"] == {"note too_long_to_ask": 1}
    assert found["made"] == 1
    with pytest.raises(EngineError):
        make(tmp_path, ScriptedModel(EngineError("engine_failed")), [REPORT | {"id": "r3"}])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"),
        ("支持者：你好", "form"),
        ("求助者：我很累。", "form"),
        ("求助者：我很累。\n旁白：沉默。\n支持者：我在。", "form"),
        (spoken(LINES), "turns"),
        ("求助者：I am so tired of all this.\n支持者：我在这里听你说。", "language"),
        (f"求助者：{'累' * 200}\n支持者：我在。", "length"),
        (spoken([LINES[0]] * 2), "repeats"),
        ("求助者：我很累。\n支持者：报告里说你睡不着，是吗？", "report"),
    ],
)
def test_checks_of_a_stage(text: str, reason: str) -> None:
    prompts = read_prompts("zh")
    with pytest.raises(UnfitError, match=f"^{reason}$"):
        fit_stage(text, stage=prompts.stages[0], prompts=prompts, lang="zh")


def test_a_stage_does_not_repeat_an_earlier_one() -> None:
    prompts = read_prompts("zh")
    with pytest.raises(UnfitError, match="repeats"):
        fit_stage(
            spoken(LINES[:1]),
            stage=prompts.stages[1],
            prompts=prompts,
            lang="zh",
            before=tuple(LINES[:1]),
        )


def test_names_may_be_bold_and_colons_of_either_width() -> None:
    prompts = read_prompts("en")
    text = "**Client:** I can't sleep.\n\n**counselor**: What keeps going round?"
    assert fit_stage(text, stage=prompts.stages[0], prompts=prompts, lang="en") == [
        ("I can't sleep.", "What keeps going round?")
    ]


def test_a_note_needs_all_its_sections_in_order() -> None:
    prompts = read_prompts("zh")
    assert fit_note(f"好的：\n{NOTE}", prompts=prompts, lang="zh") == NOTE
    with pytest.raises(UnfitError, match="form"):
        fit_note(NOTE.replace("【计划】", "【打算】"), prompts=prompts, lang="zh")
    with pytest.raises(UnfitError, match="length"):
        fit_note("【来访者】【困扰】【计划】【回顾】", prompts=prompts, lang="zh")


@pytest.mark.parametrize("lang", LANGS)
def test_prompts_of_both_languages_are_whole(lang: str) -> None:
    prompts = read_prompts(lang)
    assert set(prompts.titles) == set(PARTS)
    assert [stage.name for stage in prompts.stages] == [
        "reception",
        "diagnosis",
        "consultation",
        "closing",
    ]
    assert sum(stage.least for stage in prompts.stages) == LEAST_TURNS
    assert sum(stage.most for stage in prompts.stages) == MOST_TURNS
    assert "{report}" in prompts.note_ask
    assert "{report}" in prompts.open
    assert "{note}" in prompts.open
    assert all("{least}" in stage.ask and "{most}" in stage.ask for stage in prompts.stages)
    assert len(prompts.sections) == 4


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    prompts = read_prompts("zh")
    try:
        found = fit_stage(text, stage=prompts.stages[0], prompts=prompts, lang="zh")
    except UnfitError:
        return
    assert 1 <= len(found) <= 4


def test_reports_are_read_in_the_published_names_or_whole() -> None:
    report = parse_report(REPORT)
    assert report.lang == "zh"
    assert [part for part, _ in report.parts] == ["title", "brief", "process", "thoughts"]
    whole = parse_report({"text": "A student could not sleep before exams."})
    assert whole.lang == "en"
    assert whole.id == parse_report({"text": "A student could not sleep before exams."}).id
    with pytest.raises(ValueError, match="needs one of"):
        parse_report({"id": "x"})
    with pytest.raises(ValueError, match="lang"):
        parse_report(REPORT | {"lang": "fr"})


def test_rows_of_an_empty_place(tmp_path: Path) -> None:
    assert not MadeRows(tmp_path / "new" / "out.jsonl").has("r1")
