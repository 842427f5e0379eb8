"""A process killed while it makes a vault anew with another key leaves one whole vault."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.profiles import ProfileShelf
from tests.faults.conftest import Count, Most
from tests.faults.leaks import scan
from tests.faults.operations import CANARY, PHRASES, check_search, opened_with_either, snapshot
from tests.faults.writer import CHEAP

ROUNDS = 3
LONG_ROUNDS = 150

SCRIPT = """
import os
import sys
from pathlib import Path
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.profiles import ProfileShelf
from tests.faults.operations import PHRASES
from tests.faults.writer import CHEAP
shelf = ProfileShelf(Path(sys.argv[1]), cost=lambda: CHEAP, journal=JournalMode(sys.argv[2]))
keys, profile, phrase = ProfileKeys(shelf), shelf.profiles()[0], int(sys.argv[3])
parent = os.getppid()
while os.getppid() == parent:
    keys.replace_key(profile, PHRASES[phrase], PHRASES[1 - phrase])
    phrase = 1 - phrase
    print(phrase, flush=True)
"""


def _fill(vault: Vault, rng: random.Random, rows: int) -> None:
    conversation = vault.conversations.start(1.0)
    for number in range(rows):
        text = f"{CANARY} 金丝雀在矿井里 unique{number}x " + "很长的一段话" * rng.randint(1, 300)
        vault.conversations.append(conversation, Message(role=Role.USER, text=text))


def replacing_rounds(root: Path, *, seed: int, rounds: int, journal: JournalMode) -> int:
    """Kill a process that replaces keys; return how many replacements it had finished."""
    rng = random.Random(seed)
    shelf = ProfileShelf(root, cost=lambda: CHEAP, journal=journal)
    new, vault = shelf.create(PHRASES[0])
    _fill(vault, rng, rows=30)
    expected = snapshot(vault)
    vault.close()
    phrase = finished = 0
    for _ in range(rounds):
        told = _killed(root, journal, phrase, wait_s=rng.uniform(0.005, 0.8))
        finished += len(told)
        scan(root)
        assert shelf.profiles() == [new.profile]
        _opens_nothing_but_its_own(shelf, new.profile, root)
        vault, phrase = opened_with_either(
            lambda secret: shelf.unlock(new.profile, secret), told[-1]
        )
        assert snapshot(vault) == expected
        check_search(vault)
        vault.close()
        folder = root / new.profile.folder
        kept = {path.name for path in folder.iterdir() if path.suffix == ".db"}
        assert kept == {header_file.peeked(folder).database}
    return finished


def _killed(root: Path, journal: JournalMode, phrase: int, *, wait_s: float) -> list[int]:
    """Let a process replace keys; return the phrases it had said were in force, one at least.

    The first replacement is waited for: most of its time goes into imports.
    """
    command = [sys.executable, "-c", SCRIPT, str(root), journal.value, str(phrase)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait_s)
        process.kill()
        lines = [first, *process.stdout]
        return [int(line) for line in lines if line.endswith("\n")]


def _opens_nothing_but_its_own(shelf: ProfileShelf, profile: Profile, root: Path) -> None:
    """With both copies of the header gone nothing opens, and nothing new is made in its place."""
    copy = root.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    for name in header_file.COPIES:
        (copy / profile.folder / name).unlink(missing_ok=True)
    with pytest.raises(VaultError):
        ProfileShelf(copy, journal=shelf.journal).unlock(profile, PHRASES[0])


@pytest.mark.parametrize("journal", JournalMode)
@pytest.mark.parametrize("seed", range(2))
def test_killed_while_replacing_the_key(tmp_path: Path, seed: int, journal: JournalMode) -> None:
    root = tmp_path / "profiles"
    assert replacing_rounds(root, seed=seed, rounds=ROUNDS, journal=journal) >= ROUNDS


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("journal", JournalMode)
@pytest.mark.parametrize("seed", range(100, 104))
def test_killed_for_a_long_time_while_replacing_the_key(
    tmp_path: Path, seed: int, journal: JournalMode, figures: Count, at_most: Most
) -> None:
    rounds = at_most(LONG_ROUNDS)
    done = replacing_rounds(tmp_path / "profiles", seed=seed, rounds=rounds, journal=journal)
    assert done >= rounds
    counts = {"rounds": rounds, "keys replaced": done, "contents lost": 0}
    figures("kill -9, key replaced", counts)
