"""Opens PsyLite Desktop, after installing what is missing.

    python3 installer/run.py [arguments of `psylite run`]

Needs nothing but Python. Without a display the conversation starts in the
terminal.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> int:
    """Prepare the environment and become `psylite run`."""
    from installer.oldest_python import require

    require()
    from installer.setup import prepare, programs

    def work() -> int:
        env = prepare.prepare([prepare.RUN_LOCK], qt_required=prepare.has_display())
        command: list[str | Path] = [env.program("psylite"), "run", *sys.argv[1:]]
        return programs.hand_over(command, env=programs.clean_environment())

    return prepare.guarded(work)


if __name__ == "__main__":
    sys.exit(main())
