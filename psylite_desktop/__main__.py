"""`python -m psylite_desktop` is the `psylite` command."""

from __future__ import annotations

import multiprocessing

from psylite_desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
