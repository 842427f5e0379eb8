"""`psylite evaluate crisis`: input is checked whole, figures come a language at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli.evaluate import command

GOOD = [
    {"id": "a", "text": "我不想活了", "level": 2, "kind": "suicide"},
    {"id": "b", "text": "今天吃了面", "level": 0},
    {
        "id": "c",
        "messages": [
            {"role": "user", "content": "I want to die"},
            {"role": "assistant", "content": "I hear you."},
            {"role": "user", "content": "the weather is nice"},
        ],
        "level": 2,
        "kind": "suicide",
    },
]


def evaluate(folder: Path, lines: str, *options: str) -> Result:
    file = folder / "cases.jsonl"
    file.write_text(lines, encoding="utf-8")
    arguments = ["crisis", "--cases", str(file), "--floor", "--lang", "en", *options]
    return CliRunner().invoke(command, [*arguments, "--data-dir", str(folder / "data")])


def as_lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"text": "a", "level": 9}', 'field "level"'),
        ('{"level": 1}', 'field "text"'),
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(tmp_path: Path, bad: str, reason: str) -> None:
    done = evaluate(tmp_path, as_lines(GOOD[:2]) + bad + "\n", "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "3" in done.stderr
    assert reason in done.stderr


def test_a_missing_file_ends_with_status_2(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["crisis", "--cases", str(tmp_path / "none.jsonl")])
    assert done.exit_code == 2


def test_figures_by_language(tmp_path: Path) -> None:
    done = evaluate(tmp_path, as_lines(GOOD), "--json")
    assert done.exit_code == 0, done.output
    tables = json.loads(done.stdout)
    assert {lang: table["cases"] for lang, table in tables.items()} == {"zh": 2, "en": 1}
    for table in tables.values():
        assert table["mistakes"] == []
        assert all(goal["met"] for goal in table["goals"])


def test_mistakes_are_listed_word_by_word_unless_quiet(tmp_path: Path) -> None:
    wrong = [{"id": "w", "text": "今天吃了面", "level": 3}]
    told = evaluate(tmp_path, as_lines(wrong))
    assert "今天吃了面" in told.stdout
    quiet = evaluate(tmp_path, as_lines(wrong), "--quiet")
    assert "今天吃了面" not in quiet.stdout
    assert "mistakes: 1" in quiet.stdout
