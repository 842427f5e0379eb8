"""How long the window takes to appear: the finished bundle beside the checkout.

    python3 installer/bench_start.py [FOLDER] [--times 5] [--most 1.5]

Both start in turn, after one start each that is not counted, on a data folder of their own with
Qt's offscreen platform; the clock runs from the start of the process until the first window has
been painted. Prints both medians and their ratio; status 1 where the ratio is above `--most`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Measure both."""
    from installer.bundling import build
    from installer.setup.layout import ROOT, environment

    arguments = argparse.ArgumentParser(description="Measure the start of the window.")
    arguments.add_argument("folder", type=Path, nargs="?", default=build.DIST / build.name())
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--most", type=float, default=1.5)
    chosen = arguments.parse_args()
    program = build.program(chosen.folder.resolve())
    source = environment().program("psylite")
    for needed, how in ((program, "installer/bundle.py"), (source, "installer/run.py")):
        if not needed.exists():
            print(f"{needed} is not there. Make it: python3 {how}")
            return 2
    measured: dict[str, list[float]] = {"frozen": [], "source": []}
    with tempfile.TemporaryDirectory(prefix="psylite-start-") as place:
        for number in range(chosen.times + 1):
            for name, start in (("frozen", program), ("source", source)):
                seconds = _start_s(start, Path(place, name), ROOT)
                if number:  # the first one reads everything from the disk
                    measured[name].append(seconds)
    medians = {name: statistics.median(values) for name, values in measured.items()}
    for name, values in measured.items():
        each = " ".join(f"{value:.2f}" for value in values)
        print(f"{name:<8} median {medians[name]:.2f} s  ({each})")
    ratio = medians["frozen"] / medians["source"]
    print(f"ratio    {ratio:.2f} (at most {chosen.most:.2f}); load {os.getloadavg()[0]:.1f}")
    return 0 if ratio <= chosen.most else 1


def _start_s(program: Path, data: Path, root: Path) -> float:
    """Seconds until the window is on the screen."""
    began = time.perf_counter()
    with subprocess.Popen(
        [program, "run", "--until-shown", "--data-dir", data],
        stdout=subprocess.PIPE,
        cwd=root,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        if process.stdout is None or process.stdout.readline().strip() != b"shown":
            process.kill()
            raise SystemExit(f"{program.name} showed no window")
        return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
