"""Reports for people and for programs."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path

from psylite_desktop.evaluation.intervals import Share
from psylite_desktop.evaluation.report import (
    Report,
    Table,
    as_json,
    as_lines,
    file_facts,
    markdown,
    number,
    share,
)


def test_markdown() -> None:
    table = Table("Scores", ("Group", "Mean"), (("a|b\nc", "1.00"),))
    text = markdown(Report("Title", (("Model", "x"),), (table,), {}))
    assert text == (
        "# Title\n\n- Model: x\n\n## Scores\n\n| Group | Mean |\n| --- | ---: |\n"
        "| a\\|b c | 1.00 |\n"
    )


def test_json_knows_no_infinity() -> None:
    assert json.loads(as_json({"a": math.inf, "b": [math.nan, 1.5], "c": "字"})) == {
        "a": None,
        "b": [None, 1.5],
        "c": "字",
    }
    assert as_lines([{"a": 1}, {"a": 2}]) == '{"a": 1}\n{"a": 2}\n'


def test_cells() -> None:
    assert number(None) == number(True) == share(Share(0, 0).as_dict()) == "–"
    assert (number(3), number(0.5, 2)) == ("3", "0.50")
    assert share(Share(1, 2).as_dict()) == "1/2 = 0.500 [0.095, 0.905]"


def test_a_file_is_named_by_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(b"model")
    digest = hashlib.sha256(b"model").hexdigest()
    assert file_facts(path) == {"file": "x.gguf", "bytes": 5, "sha256": digest}
