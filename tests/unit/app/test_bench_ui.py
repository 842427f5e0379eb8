"""What `psylite bench ui` makes of the figures of its processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.app import bench_profile, bench_ui
from psylite_desktop.app.paths import find_paths
from psylite_desktop.storage.profiles import ProfileShelf

EMPTY = {"usable_s": 0.2, "usable_cpu_s": 0.1, "memory_mb": 40.0}


def start(usable: float, engine: float) -> dict[str, Any]:
    return {
        "usable_s": usable,
        "usable_cpu_s": usable / 2,
        "engine_after_unlock_s": 1.5,
        "door_mb": 60.0,
        "pages_mb": 140.0,
        "engine_mb": engine,
        "pages": {"home": {"first_ms": usable * 10}},
    }


def test_medians_targets_and_ratios(monkeypatch: pytest.MonkeyPatch) -> None:
    starts = iter([start(9.0, 9.0), start(0.4, 150.0), start(0.6, 130.0), start(3.0, 140.0)])
    runs: list[str] = []

    def run(kind: str, _data: Path) -> dict[str, Any]:
        runs.append(kind)
        if kind == "empty":
            return EMPTY
        if kind == "start":
            return next(starts)
        return {"streaming": {"p99_ms": 8.0, "worst_ms": 100.0}}

    monkeypatch.setattr(bench_ui, "run_window", run)
    chosen: list[str] = []
    monkeypatch.setattr(bench_ui, "fill", lambda _data, *, model: chosen.append(model))
    report = bench_ui.measure_ui(rounds=3, model="psylite-nano", model_mb=30.0)
    assert chosen == ["psylite-nano"]
    assert "replies" not in report
    assert runs == ["empty", "start", *["empty", "start"] * 3, "use"]
    assert report["start"]["usable_s"] == 0.6
    assert report["start"]["pages"] == {"home": {"first_ms": 6.0}}
    assert report["app_mb"] == 280.0
    assert report["to_empty_window"] == {"usable": 3.0, "usable_cpu": 3.0, "memory": 1.5}
    assert report["of_target"] == {
        "usable": 0.6,
        "engine_ready": 0.5,
        "frame_p99": 0.5,
        "frame_worst": 2.0,
        "window_memory": 0.933,
        "app_memory": 0.491,
    }


def test_without_a_model_written_replies_are_measured_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(kind: str, _data: Path) -> dict[str, Any]:
        made = {"empty": EMPTY, "start": start(0.5, 150.0), "replies": {"p95_ms": 12.0}}
        return made.get(kind, {"streaming": {"p99_ms": 8.0, "worst_ms": 100.0}})

    monkeypatch.setattr(bench_ui, "run_window", run)
    monkeypatch.setattr(bench_ui, "fill", lambda _data, *, model: None)
    assert bench_ui.measure_ui(rounds=1)["replies"] == {"p95_ms": 12.0}


def test_the_profile_holds_a_long_talk_and_a_long_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_profile, "MESSAGES", 40)
    bench_profile.fill(tmp_path)
    shelf = ProfileShelf(find_paths(tmp_path).profiles)
    vault = shelf.unlock(shelf.profiles()[0], bench_profile.PASSPHRASE)
    try:
        talk = vault.conversations.conversations()[0]
        assert len(vault.conversations.messages(talk.id)) == 40
        page = vault.journal.entries(limit=1, offset=0)[0]
        assert abs(len(page.text.split()) - bench_profile.WORDS) < 100
        assert page.text.count("\n\n") > 20
        assert vault.settings.load().welcomed
    finally:
        vault.close()


def test_a_process_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_ui.sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="start: no output"):
        bench_ui.run_window("start", tmp_path)
