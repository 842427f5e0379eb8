"""A process killed at any moment loses nothing that was acknowledged and leaks nothing."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault
from tests.faults.leaks import scan
from tests.faults.operations import (
    PHRASES,
    Operation,
    apply,
    check_search,
    opened_with_either,
    snapshot,
)
from tests.faults.writer import CHEAP

ROUNDS = 5
"""Rounds on one vault; each default seed is one test, so that they run side by side."""

LONG_ROUNDS = 100


@dataclass
class Told:
    """What the killed process had said: finished operations and the one under way."""

    done: list[Operation] = field(default_factory=list)
    begun: Operation | None = None


@contextlib.contextmanager
def writer(
    watched: Watched, *, seed: int, first: int, limit: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """Start a writer that has opened the vault; it is dead at the end of the block."""
    numbers = map(str, (watched.phrase, seed, first, limit))
    place, journal = str(watched.root), watched.shelf.journal.value
    command = [sys.executable, "-m", "tests.faults.writer", place, *numbers, journal]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"state": "open"}
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[str]) -> Told:
    """Sort what a writer has said until it died."""
    assert process.stdout is not None
    told = Told()
    for line in process.stdout:
        try:
            said = json.loads(line)
        except json.JSONDecodeError:
            break  # the line it was killed in: never acknowledged
        if said["state"] == "begin":
            told.begun = said["operation"]
        elif told.begun is not None:
            told.done.append(told.begun)
            told.begun = None
    return told


class Watched:
    """A vault that is killed again and again, and the fake that did what was acknowledged."""

    def __init__(self, root: Path, journal: JournalMode) -> None:
        self.root = root
        self.shelf = ProfileShelf(root, journal=journal)
        new, vault = self.shelf.create(PHRASES[0], cost=CHEAP)
        vault.close()
        self.profile = new.profile
        self.phrase = 0
        self.history: list[Operation] = []
        self.fake = MemoryVault()

    def replay(self, operation: Operation) -> None:
        """Do an operation on the fake as well."""
        self.history.append(operation)
        apply(self.fake, operation)

    def forget_last(self) -> None:
        """Take the newest operation back."""
        self.history.pop()
        self.fake = MemoryVault()
        for operation in self.history:
            apply(self.fake, operation)

    def check(self, told: Told) -> None:
        """Assert that the vault holds all that was acknowledged, and perhaps what had begun."""
        for operation in told.done:
            if operation["kind"] == "phrase":
                self.phrase = 1 - self.phrase
            self.replay(operation)
        acknowledged = snapshot(self.fake)
        scan(self.root)
        assert self.shelf.profiles() == [self.profile]
        vault, found = opened_with_either(
            lambda secret: self.shelf.unlock(self.profile, secret), self.phrase
        )
        changing = told.begun is not None and told.begun["kind"] == "phrase"
        assert found == self.phrase or changing
        self.phrase = found
        state = snapshot(vault)
        check_search(vault)
        vault.close()
        scan(self.root)
        if told.begun is not None:
            self.replay(told.begun)
            if state == snapshot(self.fake):
                return
            self.forget_last()
        assert state == acknowledged


def kill_rounds(
    root: Path, *, seed: int, rounds: int, journal: JournalMode = JournalMode.LOG
) -> int:
    """Kill a writer on one vault `rounds` times; return how many operations were acknowledged."""
    rng = random.Random(seed)
    watched = Watched(root, journal)
    acknowledged = 0
    for number in range(rounds):
        with writer(watched, seed=rng.randrange(2**32), first=number * 100_000) as process:
            with pytest.raises(VaultError) as caught:
                watched.shelf.unlock(watched.profile, PHRASES[watched.phrase])
            assert caught.value.code == "vault_busy"
            time.sleep(rng.uniform(0.01, 0.25))
            scan(root)
            time.sleep(rng.uniform(0.01, 0.25))
            process.kill()
            told = heard(process)
        watched.check(told)
        acknowledged += len(told.done)
    return acknowledged


def torn_rounds(
    root: Path, *, seed: int, rounds: int, journal: JournalMode = JournalMode.LOG
) -> int:
    """As `kill_rounds`, but the writer dies inside a write: mostly in the middle of a commit."""
    rng = random.Random(seed)
    watched = Watched(root, journal)
    acknowledged = 0
    for number in range(rounds):
        limit = rng.randrange(20_000, 400_000)
        first = number * 100_000
        with writer(watched, seed=rng.randrange(2**32), first=first, limit=limit) as process:
            told = heard(process)
        assert told.begun is not None
        watched.check(told)
        acknowledged += len(told.done)
    return acknowledged


@pytest.mark.parametrize("seed", range(4))
def test_killed_writer_loses_nothing_acknowledged(tmp_path: Path, seed: int) -> None:
    assert kill_rounds(tmp_path / "profiles", seed=seed, rounds=ROUNDS) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("seed", range(4))
def test_writer_that_dies_inside_a_write_loses_nothing_acknowledged(
    tmp_path: Path, seed: int
) -> None:
    assert torn_rounds(tmp_path / "profiles", seed=seed, rounds=ROUNDS) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("seed", range(2))
def test_a_stick_loses_nothing_acknowledged(tmp_path: Path, seed: int) -> None:
    for rounds_of, name in ((kill_rounds, "killed"), (torn_rounds, "torn")):
        journal = JournalMode.ROLLBACK
        assert rounds_of(tmp_path / name, seed=seed, rounds=3, journal=journal) > 0


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 120))
def test_writer_killed_for_a_long_time_loses_nothing(tmp_path: Path, seed: int) -> None:
    for journal in JournalMode:
        for rounds_of in (kill_rounds, torn_rounds):
            folder = tmp_path / f"{rounds_of.__name__}-{journal.value}"
            assert rounds_of(folder, seed=seed, rounds=LONG_ROUNDS, journal=journal) > 0


def test_process_killed_while_it_makes_profiles_leaves_none_half_made(tmp_path: Path) -> None:
    root = tmp_path / "profiles"
    script = (
        "import sys; from pathlib import Path\n"
        "from psylite_desktop.storage.profiles import ProfileShelf\n"
        "from tests.faults.writer import CHEAP\n"
        "shelf = ProfileShelf(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    new, vault = shelf.create('first phrase of all', cost=CHEAP); vault.close()\n"
        "    print(new.profile.folder, flush=True)\n"
    )
    rng = random.Random(5)
    made: set[str] = set()
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(root)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(rng.uniform(0.01, 0.4))
            process.kill()
            made |= {line.strip() for line in process.stdout if len(line) == 33}
        shelf = ProfileShelf(root)
        listed = shelf.profiles()
        assert made <= {profile.folder for profile in listed}
        for profile in listed:
            shelf.unlock(profile, PHRASES[0]).close()
        made = {profile.folder for profile in listed}
    assert not [path.name for path in root.iterdir() if path.name.startswith(".")]
