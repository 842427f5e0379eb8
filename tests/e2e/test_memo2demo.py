"""`psylite forge memo2demo` through the real engine process: a model that babbles is found out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.tiny_gguf import write_tiny_gguf

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("engine_process")]
ROOT = Path(__file__).parents[2]
REPORT = {"id": "r1", "title": "睡不着", "brief": "期末前睡不好。", "process": "先听。"}


def memo2demo(folder: Path, rows: list[dict[str, str]]) -> subprocess.CompletedProcess[str]:
    reports = folder / "reports.jsonl"
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    reports.write_text(text, "utf-8")
    model = write_tiny_gguf(folder / "tiny.gguf")
    words = ["forge", "memo2demo", "--reports", str(reports), "--model", str(model)]
    words += ["--out", str(folder / "out.jsonl"), "--tries", "1", "--lang", "en"]
    return subprocess.run(
        [sys.executable, "-m", "psylite_desktop", *words, "--data-dir", str(folder / "data")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_babble_is_rejected_counted_and_reported(tmp_path: Path) -> None:
    done = memo2demo(tmp_path, [REPORT, REPORT | {"id": "r2"}])
    assert done.returncode == 0, done.stderr
    assert "0 made, 2 rejected" in done.stdout
    report = json.loads((tmp_path / "out.report.json").read_text("utf-8"))
    assert (report["made"], report["rejected"], report["stopped"]) == (0, 2, False)
    assert sum(report["rejected_by"].values()) == 2
    assert all(reason.startswith("note ") for reason in report["rejected_by"])
    rejected = (tmp_path / "out.rejected.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in rejected] == ["r1", "r2"]


def test_a_bad_report_is_named_by_its_line(tmp_path: Path) -> None:
    done = memo2demo(tmp_path, [REPORT, {"id": "r2"}])
    assert done.returncode == 2
    assert "2" in done.stderr
    assert "a report needs one of" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()
