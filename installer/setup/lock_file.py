"""One installation at a time in one checkout."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from installer.setup.console import say

RETRY_EVERY_S = 0.5


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock at this path; waits, and says so, while another process has it.

    The system lets go of it when a process dies, so a killed installation
    leaves nothing to clean up.
    """
    with path.open("a+b") as file:
        if not _take(file):
            say("Another installation is at work here; waiting for it ...")
            while not _take(file):
                time.sleep(RETRY_EVERY_S)
        yield


def _take(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
