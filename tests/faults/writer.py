"""A process that works on a vault until it is killed: `python -m tests.faults.writer`.

Arguments: the folder of the shelf, the folder of the profile, the number of the passphrase, a
seed, the first number for texts, the name of a mix, a file size in bytes at which the system
kills it (0 for none), and how commits are guarded. Writes a JSON line before and after each
operation.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage.journal_mode import JournalMode
from tests.faults.mixes import MIXES
from tests.faults.operations import drawn
from tests.faults.shelf_steps import CHEAP, Place

__all__ = ["CHEAP"]


def _say(**line: object) -> None:
    print(json.dumps(line), flush=True)


def _die_at_file_size(limit: int) -> None:
    """Have the kernel end this process inside the write that would make a file too long."""
    import resource
    import signal

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def main() -> None:
    root, folder, mix = Path(sys.argv[1]), sys.argv[2], MIXES[sys.argv[6]]
    phrase, seed, number, limit = (int(sys.argv[at]) for at in (3, 4, 5, 7))
    rng = random.Random(seed)
    place = Place(root, Profile(folder=folder, label=""), phrase, JournalMode(sys.argv[8]))
    place.unlock()
    _say(state="open")
    if limit:
        _die_at_file_size(limit)
    parent = os.getppid()
    while os.getppid() == parent:  # whoever watches may be stopped, and must leave nothing running
        operation = drawn(rng, number, mix)
        _say(state="begin", operation=operation)
        place.do(operation)
        _say(state="done")
        number += 1


if __name__ == "__main__":
    main()
