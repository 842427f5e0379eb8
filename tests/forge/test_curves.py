"""Curves of training runs: what is recorded can be drawn, and a report without any says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from psylite_desktop.forge.curves import KEY, Record, draw


def test_a_report_without_curves_is_named(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"training": {"steps": 3}}), "utf-8")
    with pytest.raises(ValueError, match=r"report\.json"):
        draw(report, tmp_path / "loss.svg")


@pytest.mark.ci
def test_every_line_of_a_record_is_in_the_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    record = Record("steps")
    for step in range(50):
        record.add("training", step, 5.0 / (step + 1))
    record.add("held out", 0, 5.0)
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"run": {KEY: {"first stage": record.as_dict()}}}), "utf-8")
    assert draw(report, tmp_path / "one.svg") == ["first stage"]
    picture = (tmp_path / "one.svg").read_text("utf-8")
    assert all(word in picture for word in ("first stage", "steps", "training", "held out"))
    draw(report, tmp_path / "two.svg")
    assert (tmp_path / "two.svg").read_text("utf-8") == picture
