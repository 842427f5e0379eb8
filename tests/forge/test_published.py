"""Published forms as people download them, written here at small size."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli.forge import command
from psylite_desktop.forge.published import FORMS, BrokenFormError, convert


def written(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = value if isinstance(value, (str, bytes)) else json.dumps(value, ensure_ascii=False)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").splitlines()]


def said(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["role"][0], one["content"]) for one in row["messages"]]


def test_smile_is_a_folder_of_files_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (10, 2):
        talk = [
            {"role": "client", "content": f"睡不着{number}"},
            {"role": "counselor", "content": "多久了？"},
            {"role": "client", "content": "一个月"},
        ]
        written(tmp_path / "data" / f"{number}.json", talk)
    written(tmp_path / "data" / "3.json", [{"role": "client", "content": "在吗"}])
    counts = convert("smile", tmp_path / "data", tmp_path / "out.jsonl.gz")
    found = rows(tmp_path / "out.jsonl.gz")
    assert [row["id"] for row in found] == ["smile-2", "smile-10"]
    assert said(found[0]) == [("u", "睡不着2"), ("a", "多久了？")], "it ends with a reply"
    assert (counts.read, counts.kept, counts.left_out["no_reply"]) == (3, 2, 1)


def test_cpsycound_as_texts_and_as_rows_says_the_same(tmp_path: Path) -> None:
    first = "来访者：我很累。\n\n心理咨询师：从什么时候开始的？\n\n"
    text = f"{first}来访者：上个月：加班。\n\n心理咨询师：嗯。\n"
    written(tmp_path / "Data" / "case_0.txt", text)
    row = {
        "instruction": "上个月：加班。",
        "input": "",
        "output": "嗯。",
        "history": [["我很累。", "从什么时候开始的？"]],
    }
    written(tmp_path / "CPsyCounD.json", [row])
    convert("cpsycound", tmp_path / "Data", tmp_path / "a.jsonl")
    convert("cpsycound", tmp_path / "CPsyCounD.json", tmp_path / "b.jsonl")
    talk = [("u", "我很累。"), ("a", "从什么时候开始的？"), ("u", "上个月：加班。"), ("a", "嗯。")]
    assert said(rows(tmp_path / "a.jsonl")[0]) == said(rows(tmp_path / "b.jsonl")[0]) == talk


def test_psyqa_gives_a_talk_an_answer(tmp_path: Path) -> None:
    row = {
        "question": "怕跟人说话怎么办？",
        "description": "一进办公室就抖",
        "keywords": "人际",
        "answers": [{"answer_text": "先抱抱你。", "has_label": False}, {"answer_text": ""}],
        "questionID": 44,
    }
    counts = convert("psyqa", written(tmp_path / "q.json", [row]), tmp_path / "out.jsonl")
    (found,) = rows(tmp_path / "out.jsonl")
    assert found["id"] == "psyqa-44-0"
    assert said(found) == [("u", "怕跟人说话怎么办？\n一进办公室就抖"), ("a", "先抱抱你。")]
    assert (counts.read, counts.kept) == (2, 1)


def test_esconv_begins_with_the_seeker_and_joins_what_one_says_in_a_row(tmp_path: Path) -> None:
    talk = [
        {"speaker": "supporter", "annotation": {"strategy": "Question"}, "content": "Hello"},
        {"speaker": "seeker", "annotation": {}, "content": "I lost my job "},
        {"speaker": "seeker", "annotation": {}, "content": "last week"},
        {"speaker": "supporter", "annotation": {"strategy": "Question"}, "content": "How?"},
    ]
    row = {"emotion_type": "anxiety", "situation": "job", "dialog": talk}
    convert("esconv", written(tmp_path / "ESConv.json", [row]), tmp_path / "out.jsonl")
    (found,) = rows(tmp_path / "out.jsonl")
    assert said(found) == [("u", "I lost my job\nlast week"), ("a", "How?")]
    assert found["lang"] == "en"


def test_preferences_must_be_better_and_safe(tmp_path: Path) -> None:
    row = {"prompt": "p", "response_0": "zero", "response_1": "one"}
    lines = [
        row | {"better_response_id": 1, "safer_response_id": 1, "is_response_1_safe": True},
        row | {"better_response_id": 1, "safer_response_id": 0},
        row | {"better_response_id": 0, "safer_response_id": 0, "is_response_0_safe": False},
        row | {"response_1": "", "better_response_id": 0, "safer_response_id": 0},
    ]
    source = written(tmp_path / "p.jsonl", "\n".join(map(json.dumps, lines)))
    counts = convert("safe-rlhf", source, tmp_path / "out.jsonl")
    (found,) = rows(tmp_path / "out.jsonl")
    assert (found["chosen"], found["rejected"]) == ("one", "zero")
    assert counts.left_out == {"better_is_not_safer": 1, "both_unsafe": 1, "incomplete": 1}


@pytest.mark.parametrize(
    ("form", "value", "reason"),
    [
        ("esconv", [{"dialog": [{"speaker": "nobody", "content": "x"}]}], "row 1.*nobody"),
        ("esconv", [{"situation": "x"}], "row 1"),
        ("psyqa", [{"question": "x", "answers": "y"}], "row 1.*answers"),
        ("psyqa", {"question": "x"}, "no list of objects"),
        ("cpsycound", [{"history": ["x"], "output": "y"}], "row 1.*history"),
        ("safe-rlhf", "{broken", "x.json"),
        ("esconv", [{"dialog": [{"speaker": ["seeker"], "content": "x"}]}], "row 1.*seeker"),
        ("psyqa", b"\xff\xfe[]", "not UTF-8"),
    ],
)
def test_what_is_not_of_the_form_is_named_and_leaves_nothing(
    tmp_path: Path, form: str, value: Any, reason: str
) -> None:
    target = tmp_path / "out.jsonl"
    written(target, "before")
    with pytest.raises(BrokenFormError, match=reason):
        convert(form, written(tmp_path / "x.json", value), target)
    assert target.read_text("utf-8") == "before"
    assert not list(tmp_path.glob("*.part"))


def run(*words: str) -> Result:
    return CliRunner().invoke(command, ["convert", *words])


def test_the_command_says_what_was_kept_and_what_is_wrong(tmp_path: Path) -> None:
    row = {"question": "x", "description": "", "answers": [{"answer_text": "y"}], "questionID": 1}
    source = written(tmp_path / "q.json", [row])
    done = run("psyqa", str(source), "--out", str(tmp_path / "o.jsonl"))
    assert done.exit_code == 0, done.output
    assert "1/1" in done.output
    bad = run("smile", str(tmp_path), "--out", str(tmp_path / "p.jsonl"))
    assert bad.exit_code == 2
    assert "q.json" in bad.output


def test_every_form_can_be_chosen() -> None:
    choice = next(one for one in command.commands["convert"].params if one.name == "form")
    assert set(choice.type.choices) == set(FORMS)  # type: ignore[attr-defined]
