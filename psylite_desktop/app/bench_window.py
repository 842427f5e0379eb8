"""One process of `psylite bench ui`: opens the real window, measures, prints one JSON object.

`python -m psylite_desktop.app.bench_window KIND DATA_DIR STARTED`: KIND is `empty` (a bare Qt
window to compare with), `start`, `use`, `replies` or `tight` (MODEL, TURNS and TOKENS follow);
STARTED is the `time.monotonic()` of whoever started it, one clock for all processes of a machine.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    """Measure what was asked for."""
    kind, folder, started = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    match kind:
        case "empty":
            figures = _empty(started)
        case "start":
            from psylite_desktop.app.bench_start import measure_start

            figures = measure_start(folder, started)
        case "replies":
            from psylite_desktop.app.bench_replies import measure_replies

            figures = measure_replies(folder)
        case "tight":
            from psylite_desktop.app.bench_tight import talk_in_window

            figures = talk_in_window(folder, Path(sys.argv[4]), *map(int, sys.argv[5:7]))
        case _:
            from psylite_desktop.app.bench_use import measure_use

            figures = measure_use(folder)
    print(json.dumps(figures))  # noqa: T201 - read by the process that started this one
    sys.stdout.flush()


def _empty(started: float) -> dict[str, float]:
    """A window with one field, and nothing else."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    app = QApplication(["empty"])
    field = QLineEdit()
    field.show()
    app.processEvents()
    from psylite_desktop.app.keyboard import type_into

    type_into(field, "a")
    app.processEvents()
    if field.text() != "a":
        raise RuntimeError("not typed")
    usable, worked = time.monotonic() - started, time.process_time()
    from psylite_desktop.host.footprint import megabytes

    return {"usable_s": usable, "usable_cpu_s": worked, "memory_mb": megabytes(os.getpid())}


if __name__ == "__main__":
    main()
