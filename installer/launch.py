"""First script of the bundle: the engine process, or the `psylite` command."""

import multiprocessing
import sys


def main() -> None:
    """Become the engine process where that is asked for, else run the command."""
    # The engine process is this same program, started with arguments of Python's own.
    multiprocessing.freeze_support()
    if sys.stdout is None:  # a Windows program without a terminal has no streams
        import os

        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    from psylite_desktop.cli import main as command

    command()


if __name__ == "__main__":
    main()
