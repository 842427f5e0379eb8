"""Runs the test suite, after installing what is missing.

    python3 installer/test.py [--long [--rounds N]] [--no-network] [arguments of pytest]

Needs nothing but Python, and no display. With --long, the fault tests that are marked so instead
of the default ones: every fault at every place, half an hour on two idle cores. It says how far it
is, a table of figures stands at the end (also after Ctrl-C), and `--figures FILE` keeps it as JSON;
`--rounds N` makes it short. With --no-network, everything runs where the system gives it no
network at all (Linux).
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Prepare the environment and become pytest."""
    from installer.oldest_python import require

    require()
    from installer.setup import fault_tools, prepare, programs
    from installer.setup.apt import Apt
    from installer.setup.layout import ROOT

    def work() -> int:
        env = prepare.prepare([prepare.RUN_LOCK, prepare.DEV_LOCK], qt_required=True)
        fault_tools.ensure(env, Apt())
        given = fault_tools.pytest_arguments(sys.argv[1:])
        os.chdir(str(ROOT))
        before = fault_tools.without_network(sys.argv[1:])
        command: list[str | Path] = [*before, env.python, "-m", "pytest", *given]
        platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
        return programs.hand_over(command, env=programs.clean_environment(QT_QPA_PLATFORM=platform))

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
