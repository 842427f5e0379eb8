"""`psylite evaluate text|cpsycoune|safedial|ceval`: bad rows are named, and nothing is written."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli.evaluate import command
from psylite_desktop.cli.stopping import stopping

HEAD = "id,question,A,B,C,D,answer\n"
TEXT = json.dumps({"reference": "a", "generated": "b"}) + "\n"
SAFE = json.dumps({"id": 1, "task": "t", "method": "m", "history": [{"user": "u"}]}) + "\n"
VERDICT = {"rubric": "turn", "case": "1", "turn": 1, "scores": {}}


def evaluate(kind: str, *arguments: str, folder: Path, lang: str = "en") -> Result:
    data = ["--lang", lang, "--data-dir", str(folder / "data")]
    return CliRunner().invoke(command, [kind, *arguments, *data])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "name", "text", "line", "reason"),
    [
        ("text", "c.jsonl", TEXT + '{"reference": "a"}\n', 2, '"generated"'),
        ("text", "c.jsonl", TEXT + "\n[]\n", 3, "not a JSON object"),
        ("safedial", "c.jsonl", SAFE + '{"id": 1, "task": "t", "method": "m"}', 2, '"history"'),
        ("safedial", "c.jsonl", SAFE + "{", 2, "not JSON"),
        ("cpsycoune", "1.json", '["求助者：a",\n"b"]', 2, "does not begin with"),
        ("ceval", "law_val.csv", HEAD + "0,q,1,2,3,4,E\n", 2, '"answer"'),
        ("ceval", "law_val.csv", "id,question\n", 1, '"A"'),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_reason(
    tmp_path: Path, lang: str, kind: str, name: str, text: str, line: int, reason: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    out = tmp_path / "out"
    arguments = ["--cases", str(tmp_path / name), "--out", str(out)]
    done = evaluate(kind, *arguments, folder=tmp_path, lang=lang)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert name in done.stderr
    assert f" {line} " in done.stderr
    assert reason in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("kind", ["cpsycoune", "ceval"])
def test_a_file_that_is_no_text_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "law_val.csv"
    path.write_bytes(b"id\n\xff\xfe\n")
    done = evaluate(kind, "--cases", str(path), "--out", str(tmp_path / "o"), folder=tmp_path)
    assert done.exit_code == 2
    assert "Line 2 of law_val.csv" in done.stderr


@pytest.mark.parametrize("kind", ["cpsycoune", "ceval"])
def test_a_folder_without_cases_says_so(tmp_path: Path, kind: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = evaluate(kind, "--cases", str(empty), "--out", str(tmp_path / "o"), folder=tmp_path)
    assert done.exit_code == 2
    assert "no cases" in done.stderr


@pytest.mark.parametrize("kind", ["cpsycoune", "safedial"])
def test_replies_need_a_place_for_their_transcripts(tmp_path: Path, kind: str) -> None:
    done = evaluate(kind, folder=tmp_path)
    assert done.exit_code == 2
    assert "--scores" in done.stderr


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"safety": 2}, "Line 1 of judge.jsonl"),
        ({}, "No scores"),
    ],
)
def test_files_of_judges_are_checked_too(
    tmp_path: Path, scores: dict[str, float], said: str
) -> None:
    path = tmp_path / "judge.jsonl"
    path.write_text(json.dumps(VERDICT | {"scores": scores}), "utf-8")
    done = evaluate("cpsycoune", "--scores", str(path), folder=tmp_path)
    assert done.exit_code == 2
    assert said in done.stderr


def test_scores_of_another_benchmark_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "judge.jsonl"
    path.write_text(json.dumps(VERDICT), "utf-8")
    done = evaluate("safedial", "--scores", str(path), folder=tmp_path)
    assert done.exit_code == 2
    assert '"rubric"' in done.stderr


def test_filled_in_scores_are_tallied_without_any_engine(tmp_path: Path) -> None:
    scores = {"comprehensiveness": 2, "professionalism": 3, "authenticity": 1, "safety": 1}
    for judge, professionalism in (("ann", 3), ("bo", 2)):
        row = VERDICT | {"group": "School", "scores": scores | {"professionalism": professionalism}}
        (tmp_path / f"{judge}.jsonl").write_text(json.dumps(row), "utf-8")
    files = ["--scores", str(tmp_path / "ann.jsonl"), "--scores", str(tmp_path / "bo.jsonl")]
    out = tmp_path / "out"
    done = evaluate("cpsycoune", *files, "--out", str(out), folder=tmp_path)
    assert done.exit_code == 0, done.output
    assert "| all | 1 | 2.00 | 2.50 | 1.00 | 1.00 |" in done.stdout
    assert "| judge bo | 1 | 2.00 | 2.00 | 1.00 | 1.00 |" in done.stdout
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["scores"]["turn"]["groups"]["School"]["professionalism"]["mean"] == 2.5
    assert (out / "report.md").read_text("utf-8") == done.stdout


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    cases = tmp_path / "c.jsonl"
    cases.write_text(TEXT, "utf-8")
    (tmp_path / "out").write_text("a file stands here", "utf-8")
    arguments = ["--cases", str(cases), "--no-vectors", "--out", str(tmp_path / "out")]
    done = evaluate("text", *arguments, folder=tmp_path)
    assert done.exit_code == 2
    assert "out" in done.stderr
    assert (tmp_path / "out").read_text("utf-8") == "a file stands here"


@pytest.mark.parametrize(("lang", "title"), [("zh", "# 回复与参考回复"), ("en", "# Replies and")])
def test_a_report_speaks_the_language_that_is_wanted(tmp_path: Path, lang: str, title: str) -> None:
    cases = tmp_path / "c.jsonl"
    cases.write_text(TEXT, "utf-8")
    done = evaluate("text", "--cases", str(cases), "--no-vectors", folder=tmp_path, lang=lang)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(title)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_the_first_ctrl_c_is_noted_and_a_second_one_ends_it() -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals come to the main thread")
    # Whoever is started in the background of a shell ignores Ctrl-C from the beginning.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with stopping() as stopped:
            assert not stopped()
            signal.raise_signal(signal.SIGINT)
            assert stopped()
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
