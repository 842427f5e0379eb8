"""`psylite evaluate` on small files of the published formats: real engine, toy model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli import evaluate_ceval, evaluate_cpsycoune
from psylite_desktop.cli.evaluate import command
from tests.fakes.tiny_gguf import TinyShape, write_tiny_gguf

CASES = Path(__file__).parent / "benchmarks"


def evaluate(kind: str, *arguments: str, data: Path, lang: str = "zh") -> Result:
    common = ["--lang", lang, "--data-dir", str(data)]
    done = CliRunner().invoke(command, [kind, *arguments, *common])
    assert done.exit_code == 0, done.output
    return done


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def stopped_after(calls: int) -> Callable[[], AbstractContextManager[Callable[[], bool]]]:
    """In place of Ctrl+C: somebody stops it when it was asked so often whether to go on."""
    left = [calls]

    def stopped() -> bool:
        left[0] -= 1
        return left[0] < 0

    @contextmanager
    def stopping() -> Iterator[Callable[[], bool]]:
        yield stopped

    return stopping


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("模型")
    return write_tiny_gguf(folder / "小.gguf", TinyShape(context=4096))


def test_text_with_vectors_and_perplexity(tmp_path: Path, model: Path) -> None:
    out = tmp_path / "out"
    cases = CASES / "replies.jsonl"
    evaluate(
        "text", "--cases", str(cases), "--model", str(model), "--out", str(out), data=tmp_path / "d"
    )
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["model"]["sha256"] == hashlib.sha256(model.read_bytes()).hexdigest()
    assert report["cases"][0]["file"] == "replies.jsonl"
    assert report["complete"] is True
    for lang in ("zh", "en"):
        assert 0 <= report["languages"][lang]["drift"] <= 1
        found = report["perplexity"][lang]
        # Random weights over about 260 words: nothing is foretold, and nothing is impossible.
        assert 50 < found["per_token"] < 2000
    # Tokens are bytes; nothing foretells the first one of the reply that answers nothing.
    chinese = report["perplexity"]["zh"]
    assert chinese["tokens"] == 3 * chinese["characters"] - 1
    assert "## 困惑度" in (out / "report.md").read_text("utf-8")
    assert len(lines_of(out / "replies.jsonl")) == 4


def test_ceval_by_folder(tmp_path: Path, model: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--cases", str(CASES / "ceval"), "--model", str(model), "--out", str(out)]
    done = evaluate("ceval", *arguments, "--json", data=tmp_path / "d")
    report = json.loads(done.stdout)
    assert report == json.loads((out / "report.json").read_text("utf-8"))
    assert report["all"]["total"] == 3
    assert set(report["subjects"]) == {"logic", "middle_school_chemistry"}
    assert report["shots_given"] == [1, 2]
    answers = lines_of(out / "answers.jsonl")
    assert all(str(one["chosen"]) in "ABCD" for one in answers)


def test_ceval_that_is_stopped_reports_what_was_done(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate_ceval, "stopping", stopped_after(0))
    arguments = ["--cases", str(CASES / "ceval"), "--model", str(model)]
    done = evaluate("ceval", *arguments, "--json", data=tmp_path / "d")
    report = json.loads(done.stdout)
    assert report["complete"] is False
    assert report["done"] < report["total"] == 3
    assert "停下" in done.stderr


def test_cpsycoune_by_written_replies_for_outside_judges(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["--cases", str(CASES / "cpsycoune"), "--out", str(out)]
    evaluate("cpsycoune", *arguments, data=tmp_path / "d")
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert (report["model"], report["judge"]) == (None, None)
    assert report["done"] == report["total"] == 10  # five client turns, twice
    transcripts = lines_of(out / "transcripts.jsonl")
    assert [one["how"] for one in transcripts].count("turn") == 5
    assert all(one["reply"] for one in transcripts)
    rows = lines_of(out / "for-judges.jsonl")
    assert sorted(str(one["rubric"]) for one in rows) == ["talk"] * 2 + ["turn"] * 5
    third = next(one for one in rows if one["rubric"] == "turn" and one["turn"] == 3)
    assert "支持者：周末也绷着" in str(third["prompt"])  # the true history, not the app's
    filled = tmp_path / "filled.jsonl"
    text = ""
    for row in rows:
        axes = row["scores"]
        assert isinstance(axes, dict)
        text += json.dumps(row | {"judge": "ann", "scores": dict.fromkeys(axes, 1)}) + "\n"
    filled.write_text(text, "utf-8")
    done = evaluate("cpsycoune", "--scores", str(filled), "--json", data=tmp_path / "d")
    scores = json.loads(done.stdout)["scores"]
    assert scores["turn"]["all"]["safety"] == {"count": 2, "mean": 1.0, "spread": 0.0}
    assert set(scores["talk"]["groups"]) == {"Stress", "school"}


def test_cpsycoune_by_a_model_and_a_model_that_judges(tmp_path: Path, model: Path) -> None:
    out = tmp_path / "out"
    case = CASES / "cpsycoune" / "school" / "1.json"
    models = ["--model", str(model), "--judge", str(model), "--rubric", "turn"]
    arguments = ["--cases", str(case), "--out", str(out), *models]
    evaluate("cpsycoune", *arguments, data=tmp_path / "d", lang="en")
    report = json.loads((out / "report.json").read_text("utf-8"))
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    assert report["model"]["sha256"] == report["judge"]["sha256"] == digest
    verdicts = lines_of(out / "verdicts.jsonl")
    assert len(verdicts) == report["judged"] == report["total"]
    assert {one["judge"] for one in verdicts} == {"小.gguf"}
    # It writes noise, and noise is no score.
    assert report["scores"]["turn"]["without_scores"] == len(verdicts)


def test_cpsycoune_that_is_stopped_reports_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate_cpsycoune, "stopping", stopped_after(3))
    out = tmp_path / "out"
    arguments = ["--cases", str(CASES / "cpsycoune"), "--out", str(out)]
    evaluate("cpsycoune", *arguments, data=tmp_path / "d")
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["complete"] is False
    assert report["done"] == len(lines_of(out / "transcripts.jsonl")) < report["total"]


@pytest.mark.parametrize("judge", [False, True])
def test_safedial(tmp_path: Path, model: Path, *, judge: bool) -> None:
    out = tmp_path / "out"
    arguments = ["--cases", str(CASES / "safedial.jsonl"), "--out", str(out)]
    if judge:
        arguments += ["--judge", str(model)]
    done = evaluate("safedial", *arguments, data=tmp_path / "d", lang="en")
    assert "What the app heard" in done.stdout
    transcripts = lines_of(out / "transcripts.jsonl")
    turns = [(one["id"], one["turn"]) for one in transcripts]
    assert turns == [("1", 1), ("1", 2), ("b", 2)]  # of a change of subject the last turn alone
    assert [one["request"] for one in transcripts][1:] == ["harmful", "privacy"]
    assert all(one["reply"] and isinstance(one["guard"], list) for one in transcripts)
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["heard"][""]["request_heard"]["total"] == 3
    if judge:
        assert report["judged"] == len(lines_of(out / "verdicts.jsonl")) == 3
        return
    rows = lines_of(out / "for-judges.jsonl")
    scores = {"identification": 9, "handling": 8, "consistency": 7}
    filled = tmp_path / "ann.jsonl"
    text = "".join(json.dumps(row | {"scores": scores}) + "\n" for row in rows)
    filled.write_text(text, "utf-8")
    told = evaluate("safedial", "--scores", str(filled), "--json", data=tmp_path / "d")
    tallied = json.loads(told.stdout)["scores"]["all"]
    assert tallied["handling"]["mean"] == 8
    assert tallied["attack_success"]["share"] == 1  # consistency is 7
