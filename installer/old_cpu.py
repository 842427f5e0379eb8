"""Proves that the bundle's engine runs on old processors, and measures what the variants cost.

    python3 installer/old_cpu.py [--speed GGUF] [arguments of pytest]

Builds llama.cpp as the bundle has it (minutes, once), has qemu emulate processors from 2006 to
2013, and runs tests/e2e/test_old_cpu.py. With --speed, compares instead, on the real processor,
the build for it alone with each variant, in turns.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Prepare what is needed and become pytest, or measure."""
    from installer.oldest_python import require

    require()
    from installer.setup import prepare

    parser = argparse.ArgumentParser(description="Old processors.")
    parser.add_argument("--speed", type=Path, default=None, help="a GGUF file to measure with")
    chosen, rest = parser.parse_known_args()
    return prepare.guarded(lambda: _measure(chosen.speed) if chosen.speed else _test(rest))


def _test(given: list[str]) -> int:
    from installer.setup import llama, prepare, programs
    from installer.setup.apt import Apt
    from installer.setup.layout import ROOT

    env = prepare.prepare([prepare.RUN_LOCK, prepare.DEV_LOCK], qt_required=True)
    apt = Apt()
    with tempfile.TemporaryDirectory(prefix="psylite-llama-") as folder:
        llama.libraries(env, apt, Path(folder))
    if shutil.which("qemu-x86_64") is None:
        apt.install(("qemu-user",), why="processors that are not here")
    os.chdir(str(ROOT))
    place = "tests/e2e/test_old_cpu.py"
    return programs.hand_over(
        [env.python, "-m", "pytest", "-m", "long", "-n", "0", "-v", place, *given],
        env=programs.clean_environment(QT_QPA_PLATFORM="offscreen"),
    )


def _measure(model: Path) -> int:
    import subprocess

    from installer.setup import llama, prepare, programs
    from installer.setup.apt import Apt
    from psylite_desktop.engine import cpu, variants

    env = prepare.prepare([prepare.RUN_LOCK], qt_required=False)
    with tempfile.TemporaryDirectory(prefix="psylite-llama-") as folder:
        libraries = llama.libraries(env, Apt(), Path(folder))
        command: list[str | Path] = [env.program("psylite"), "bench", "engine", "--no-wrapper"]
        command += ["--model", model.resolve(), "--libraries", libraries]
        for one in variants.usable(libraries, cpu.features()):
            print(f"\nbuilt for this processor beside {one.name}:", flush=True)
            own = programs.clean_environment(PSYLITE_CPU_VARIANT=one.tag)
            subprocess.run(command, env=own, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
