"""`psylite journal analyse` and `psylite evaluate journal`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from psylite_desktop.cli.evaluate_journal import command as evaluate
from psylite_desktop.cli.journal import command


def analyse(lines: str, tmp_path: Path) -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(command, ["analyse", "--data-dir", str(tmp_path)], input=lines)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return result.exit_code, rows, result.stderr


def test_one_object_a_line(tmp_path: Path) -> None:
    zh, en = "考试没过，我就是个废物。", "Mum made soup. I'm such a failure."
    lines = "".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in (("a", zh), (2, en)))
    status, rows, _errors = analyse(lines, tmp_path)
    assert status == 0
    assert [row["id"] for row in rows] == ["a", 2]
    for row, text in zip(rows, (zh, en), strict=True):
        assert list(row) == ["id", "themes", "tone", "level", "distortions", "quotes"]
        assert isinstance(row["quotes"], list)
        assert all(quote in text for quote in row["quotes"])
        assert {"labelling"} == {one["kind"] for one in row["distortions"]}  # type: ignore[attr-defined]
        assert isinstance(row["tone"], int)
    assert "study" in rows[0]["themes"]  # type: ignore[operator]


def test_the_level_is_that_of_the_floor(tmp_path: Path) -> None:
    _status, rows, _errors = analyse(
        json.dumps({"id": 1, "text": "I want to kill myself tonight."}) + "\n", tmp_path
    )
    assert rows[0]["level"] in (2, 3)


def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    good = json.dumps({"id": 1, "text": "ok"})
    for bad in ("not json", '{"id": 1}', '{"id": 1, "text": 5}', "[]"):
        status, rows, errors = analyse(f"{good}\n{bad}\n", tmp_path)
        assert status == 2
        assert rows == []
        assert "2" in errors


def test_figures_by_language(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    entry = {"id": 1, "text": "考试没过。", "themes": ["study"], "tone": -1, "distortions": []}
    cases.write_text(json.dumps(entry) + "\n", "utf-8")
    arguments = ["--cases", str(cases), "--data-dir", str(tmp_path)]
    said = json.loads(CliRunner().invoke(evaluate, [*arguments, "--json"]).stdout)
    assert said["zh"]["entries"] == 1
    assert said["zh"]["themes"]["recall"]["total"] == 1
    table = CliRunner().invoke(evaluate, arguments).stdout
    assert "tone within 1" in table
    cases.write_text('{"text": "x", "tone": 9}\n', "utf-8")
    assert CliRunner().invoke(evaluate, arguments).exit_code == 2
