"""`psylite bench ui`: fresh processes one after the other, their medians, and the targets."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psylite_desktop.app.bench_profile import fill
from psylite_desktop.evaluation.memory_limit import Room

LIMIT_S = 600

USABLE_MOST_S = 1.0
ENGINE_MOST_S = 3.0
FRAME_P99_MS = 16.0
FRAME_WORST_MS = 50.0
WINDOW_MOST_MB = 150.0
APP_MOST_MB = 560.0
"""Window and engine process with the practice model, whose 20 MB are in it; less without."""

NOTE = (
    "Offscreen platform: painting goes into memory, without a graphics card or a compositor. "
    "Times on the wall hold for the machine as busy as it was; cpu times and ratios to the empty "
    "window travel better."
)


def measure_ui(*, rounds: int, model: str = "", model_mb: float = 0.0) -> dict[str, Any]:
    """Start the window `rounds` times and use it once, with written replies or with `model`.

    `model` is chosen as in the settings, `model_mb` its size; without one, what a new user meets,
    written replies are measured as well.

    Raises RuntimeError where a process fails: its last line is in it.
    """
    with tempfile.TemporaryDirectory(prefix="psylite-bench-") as folder:
        data = Path(folder)
        fill(data, model=model)
        run_window("empty", data)  # reads the files in
        run_window("start", data)  # and builds the index and the prefix of the model
        starts, empties = [], []
        for _ in range(rounds):
            empties.append(run_window("empty", data))
            starts.append(run_window("start", data))
        use = run_window("use", data)
        replies = {} if model else {"replies": run_window("replies", data)}
    start, empty = _medians(starts), _medians(empties)
    whole = start["pages_mb"] + start["engine_mb"]
    return {
        "note": NOTE,
        "rounds": rounds,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "empty_window": empty,
        "start": start,
        "use": use,
        **replies,
        "app_mb": round(whole, 1),
        "to_empty_window": {
            "usable": round(start["usable_s"] / empty["usable_s"], 2),
            "usable_cpu": round(start["usable_cpu_s"] / empty["usable_cpu_s"], 2),
            "memory": round(start["door_mb"] / empty["memory_mb"], 2),
        },
        "of_target": _of_target(start, use, whole, model_mb),
    }


def _of_target(
    start: dict[str, Any], use: dict[str, Any], whole: float, model_mb: float
) -> dict[str, float]:
    """Figures as shares of their targets; 1 and below is met."""
    most = APP_MOST_MB + max(0.0, model_mb - 20)
    streaming = use["streaming"]
    shares = {
        "usable": start["usable_s"] / USABLE_MOST_S,
        "engine_ready": start["engine_after_unlock_s"] / ENGINE_MOST_S,
        "frame_p99": streaming["p99_ms"] / FRAME_P99_MS,
        "frame_worst": streaming["worst_ms"] / FRAME_WORST_MS,
        "window_memory": start["pages_mb"] / WINDOW_MOST_MB,
        "app_memory": whole / most,
    }
    return {name: round(share, 3) for name, share in shares.items()}


def _medians(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The median of each number, at any depth."""
    result: dict[str, Any] = {}
    for name, first in runs[0].items():
        values = [run[name] for run in runs]
        result[name] = (
            _medians(values) if isinstance(first, dict) else round(statistics.median(values), 3)
        )
    return result


def run_window(
    kind: str, data: Path, *, room: Room | None = None, words: Sequence[str] = ()
) -> dict[str, Any]:
    """One process, within `room` where one is given; what it printed last.

    Raises RuntimeError with its last line where it fails.
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    code = "from psylite_desktop.app.bench_window import main; main()"
    if kind == "start":  # with all that the command brings in before it opens the window
        code = f"import psylite_desktop.cli.run; {code}"
    command = [sys.executable, "-c", code, kind, str(data), str(time.monotonic()), *words]
    done = subprocess.run(
        room.command(command) if room is not None else command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S if room is None else None,
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        raise RuntimeError(f"{kind}: {last}")
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures
