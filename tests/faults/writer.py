"""A process that works on a vault until it is killed: `python -m tests.faults.writer`.

Arguments: the folder of the shelf, the number of the passphrase, a seed, the first number for
texts, the size in bytes of a file at which the system kills it (0 for none), and how commits are
guarded. Writes a JSON line before and after each operation.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from tests.faults.operations import PHRASES, apply, drawn

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


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
    root, phrase, seed, number, limit = sys.argv[1], *map(int, sys.argv[2:6])
    rng = random.Random(seed)
    shelf = ProfileShelf(Path(root), journal=JournalMode(sys.argv[6]))
    profile = shelf.profiles()[0]
    vault = shelf.unlock(profile, PHRASES[phrase])
    _say(state="open")
    if limit:
        _die_at_file_size(limit)
    while True:
        operation = drawn(rng, number)
        _say(state="begin", operation=operation)
        if operation["kind"] == "phrase":
            shelf.change_passphrase(profile, PHRASES[phrase], PHRASES[1 - phrase], cost=CHEAP)
            phrase = 1 - phrase
        else:
            apply(vault, operation)
        _say(state="done")
        number += 1


if __name__ == "__main__":
    main()
