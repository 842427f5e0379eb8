"""A process killed at any moment loses nothing that was acknowledged and leaks nothing."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault
from tests.faults.conftest import Count, Most
from tests.faults.leaks import scan
from tests.faults.mixes import MIXES
from tests.faults.operations import (
    PHRASES,
    Operation,
    apply,
    check_search,
    opened_with_either,
    snapshot,
)
from tests.faults.shelf_steps import CHEAP, SHELF_STEPS
from tests.faults.steps import STEPS

NO_LIMITS = {"condition": sys.platform == "win32", "reason": "needs RLIMIT_FSIZE"}

LONG_ROUNDS = 10
"""Rounds of each mix and of each way to die; together well over 200."""

SHORT = 6
"""Rounds by default; each takes another mix."""


@dataclass
class Told:
    """What the killed process had said: finished operations and the one under way."""

    done: list[Operation] = field(default_factory=list)
    begun: Operation | None = None


@contextlib.contextmanager
def writer(
    watched: Watched, *, mix: str, seed: int, first: int, limit: int = 0
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a writer that has opened the vault; it is dead at the end of the block."""
    folder = watched.profile.folder
    said = map(
        str, (watched.root, folder, watched.phrase, seed, first, mix, limit, watched.journal.value)
    )
    command = [sys.executable, "-m", "tests.faults.writer", *said]
    # Into a file: nobody reads a pipe while the writer works, and a full one would stop it.
    with watched.said.open("wb") as output, subprocess.Popen(command, stdout=output) as process:
        try:
            while not watched.said.read_bytes().startswith(b'{"state": "open"}\n'):
                assert process.poll() is None
                time.sleep(0.005)
            yield process
        finally:
            process.kill()


def heard(watched: Watched) -> Told:
    """Sort what a writer has said until it died."""
    told = Told()
    for line in watched.said.read_text("utf-8").splitlines():
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
        self.said = root.with_name(f"{root.name}.said")
        self.journal = journal
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

    def refuse_half_neighbours(self) -> None:
        """Assert that each other profile on the shelf is whole, and take it away."""
        listed = self.shelf.profiles()
        assert self.profile in listed
        for profile in listed:
            if profile != self.profile:
                self.shelf.unlock(profile, PHRASES[0]).close()
                self.shelf.delete(profile)
        assert self.shelf.profiles() == [self.profile]

    def check(self, told: Told) -> None:
        """Assert that the vault holds all that was acknowledged, and perhaps what had begun."""
        for operation in told.done:
            if operation["kind"] == "phrase":
                self.phrase = 1 - self.phrase
            self.replay(operation)
        acknowledged = snapshot(self.fake)
        scan(self.root)
        self.refuse_half_neighbours()
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


def killed(watched: Watched, mix: str, *, rng: random.Random, first: int) -> Told:
    """Kill a writer from outside, whenever; return what it had said."""
    with writer(watched, mix=mix, seed=rng.randrange(2**32), first=first):
        if "lock" not in MIXES[mix].weights:
            with pytest.raises(VaultError) as caught:
                watched.shelf.unlock(watched.profile, PHRASES[watched.phrase])
            assert caught.value.code == "vault_busy"
        time.sleep(rng.uniform(0.01, 0.25))
        scan(watched.root)
        time.sleep(rng.uniform(0.01, 0.25))
    return heard(watched)


def torn(watched: Watched, mix: str, *, rng: random.Random, first: int) -> Told:
    """Have a writer die inside a write: mostly in the middle of a commit."""
    limit = rng.randrange(20_000, 400_000)
    seed = rng.randrange(2**32)
    with writer(watched, mix=mix, seed=seed, first=first, limit=limit) as process:
        process.wait()
    told = heard(watched)
    assert told.begun is not None
    return told


WAYS = {"killed": killed, "torn": torn}


def rounds_of(
    root: Path,
    way: str,
    mixes: list[str],
    *,
    seed: int,
    journal: JournalMode = JournalMode.LOG,
) -> Counter[str]:
    """Have a writer on one vault die once for each mix in the list; return what was counted."""
    rng = random.Random(f"{seed} {way}")
    watched = Watched(root, journal)
    counts: Counter[str] = Counter()
    for number, mix in enumerate(mixes):
        told = WAYS[way](watched, mix, rng=rng, first=number * 100_000)
        watched.check(told)
        counts["operations acknowledged"] += len(told.done)
        counts["died inside an operation"] += told.begun is not None
        counts["rounds"] += 1
        counts["acknowledged operations lost"] += 0  # `check` asserts it
    return counts


@pytest.mark.parametrize(
    "way", ["killed", pytest.param("torn", marks=pytest.mark.skipif(**NO_LIMITS))]
)
def test_writer_that_dies_loses_nothing_acknowledged(
    tmp_path: Path, way: str, figures: Count
) -> None:
    names = list(MIXES)
    start = len(names) // 2 if way == "torn" else 0
    mixes = [names[(start + 3 * number) % len(names)] for number in range(SHORT)]
    counts = rounds_of(tmp_path / "profiles", way, mixes, seed=1)
    assert counts["operations acknowledged"] > 0
    figures(f"kill -9, {way}", counts)


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("way", WAYS)
def test_a_stick_loses_nothing_acknowledged(tmp_path: Path, way: str) -> None:
    mixes = list(MIXES)[::5]
    counts = rounds_of(tmp_path / way, way, mixes, seed=2, journal=JournalMode.ROLLBACK)
    assert counts["operations acknowledged"] > 0


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mix", list(MIXES))
@pytest.mark.parametrize("way", ["killed", "torn"])
def test_writer_that_dies_in_every_mix_loses_nothing(
    tmp_path: Path, way: str, mix: str, figures: Count, at_most: Most
) -> None:
    if way == "torn" and sys.platform == "win32":
        pytest.skip("needs RLIMIT_FSIZE")
    counts = rounds_of(tmp_path / "profiles", way, [mix] * at_most(LONG_ROUNDS), seed=100)
    assert counts["operations acknowledged"] > 0
    figures(f"kill -9, {way}", counts, mixes=1)


def test_there_are_twenty_mixes_which_know_their_operations() -> None:
    assert len(MIXES) >= 20
    kinds = {kind for mix in MIXES.values() for kind in mix.weights}
    assert kinds == set(STEPS) | set(SHELF_STEPS)


def test_process_killed_while_it_makes_profiles_leaves_none_half_made(tmp_path: Path) -> None:
    root = tmp_path / "profiles"
    script = (
        "import os, sys; from pathlib import Path\n"
        "from psylite_desktop.storage.profiles import ProfileShelf\n"
        "from tests.faults.shelf_steps import CHEAP\n"
        "shelf = ProfileShelf(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "parent = os.getppid()\n"
        "while os.getppid() == parent:\n"
        "    new, vault = shelf.create('first phrase of all', cost=CHEAP); vault.close()\n"
        "    print(new.profile.folder, flush=True)\n"
    )
    rng = random.Random(5)
    made: set[str] = set()
    for _ in range(4):
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
