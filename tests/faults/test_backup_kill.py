"""A process killed while it copies or brings back leaves every vault and every copy whole."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.storage.rescue import RescueShelf
from tests.faults.conftest import Count, Most
from tests.faults.keeper import EXPORTED, text_of, texts
from tests.faults.leaks import scan
from tests.faults.operations import PHRASES
from tests.faults.writer import CHEAP

ROUNDS = 4
LONG_ROUNDS = 60


class Kept:
    """One profile that is killed again and again, and what must be in it and in its copies."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shelf = RescueShelf(root)
        new, vault = self.shelf.create(PHRASES[0], cost=CHEAP)
        self.profile = new.profile
        vault.close()
        self.said: list[str] = []
        self.copies: dict[str, list[str]] = {}
        self.exported: list[list[str]] = []

    def after(self, kind: str, number: int, name: str) -> list[str]:
        """What the vault holds once an operation was done."""
        if kind == "say":
            return [*self.said, text_of(number)]
        if kind == "restore" and name:
            return self.copies[name]
        return self.said

    def note(self, kind: str, number: int, name: str) -> None:
        """An operation was acknowledged."""
        self.said = self.after(kind, number, name)
        if kind == "backup":
            self.copies[name] = self.said
        if kind == "export":
            self.exported = [self.said]

    def check(self, begun: dict[str, Any] | None) -> None:
        """Everything opens and holds what was acknowledged, or what had begun besides."""
        scan(self.root.parent)
        assert self.profile in self.shelf.profiles()
        for other in self.shelf.profiles():
            self.shelf.unlock(other, PHRASES[0]).close()
            if other != self.profile:
                self.shelf.delete(other)
        vault = self.shelf.unlock(self.profile, PHRASES[0])
        found = texts(vault)
        vault.close()
        allowed = [self.said]
        if begun is not None and begun["kind"] == "say":
            allowed.append([*self.said, text_of(begun["number"])])
        if begun is not None and begun["kind"] == "restore":
            allowed.extend(self.copies.values())
        assert found in allowed
        was, self.said = self.said, found
        self._check_copies([was, found])
        self._check_export(begun, was)
        scan(self.root.parent)

    def _check_copies(self, newest: list[list[str]]) -> None:
        for backup in self.shelf.backups(self.profile):
            assert backup.kind is not BackupKind.DAMAGED
            made = self.shelf.restore_as_new(self.profile, backup.name, PHRASES[0], Progress())
            vault = self.shelf.unlock(made, PHRASES[0])
            found = texts(vault)
            vault.close()
            self.shelf.delete(made)
            if backup.name in self.copies:
                assert found == self.copies[backup.name]
            elif backup.kind is BackupKind.AUTO:
                assert found in newest  # named just before the end
                self.copies[backup.name] = found

    def _check_export(self, begun: dict[str, Any] | None, was: list[str]) -> None:
        path = self.root.parent / EXPORTED
        allowed = list(self.exported)
        if begun is not None and begun["kind"] == "export":
            allowed.append(was)
        if not path.exists():
            assert not self.exported
            return
        made = self.shelf.import_file(path, PHRASES[0], Progress())
        vault = self.shelf.unlock(made, PHRASES[0])
        found = texts(vault)
        vault.close()
        self.shelf.delete(made)
        assert found in allowed
        self.exported = [found]


def rounds_of(root: Path, *, seed: int, rounds: int, torn: bool) -> int:
    """Kill a keeper `rounds` times; return how many operations were acknowledged."""
    rng = random.Random(seed)
    kept = Kept(root)
    done = 0
    for number in range(rounds):
        limit = rng.randrange(20_000, 300_000) if torn else 0
        arguments = (kept.profile.folder, rng.randrange(2**32), number * 10_000, limit)
        command = [sys.executable, "-m", "tests.faults.keeper", str(root), *map(str, arguments)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline()) == {"state": "open"}
            # Long enough for some operations: what they do between is what is tested.
            time.sleep(rng.uniform(0.1, 1.5) if not torn else rng.uniform(1.0, 2.0))
            process.kill()
            begun: dict[str, Any] | None = None
            for line in process.stdout:
                try:
                    told = json.loads(line)
                except json.JSONDecodeError:
                    break
                if told["state"] == "begin":
                    begun = told
                elif begun is not None:
                    kept.note(begun["kind"], begun["number"], told["name"])
                    begun = None
                    done += 1
        kept.check(begun)
    return done


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_copying(tmp_path: Path, seed: int) -> None:
    assert rounds_of(tmp_path / "profiles", seed=seed, rounds=ROUNDS, torn=False) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_killed_inside_a_write_while_copying(tmp_path: Path) -> None:
    rounds_of(tmp_path / "profiles", seed=7, rounds=ROUNDS, torn=True)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("seed", range(100, 110))
def test_killed_for_a_long_time_while_copying(
    tmp_path: Path, seed: int, torn: bool, figures: Count, at_most: Most
) -> None:
    if torn and sys.platform == "win32":
        pytest.skip("needs RLIMIT_FSIZE")
    rounds = at_most(LONG_ROUNDS)
    done = rounds_of(tmp_path / "profiles", seed=seed, rounds=rounds, torn=torn)
    assert done > 0 or torn
    counts = {"rounds": rounds, "operations acknowledged": done, "contents lost": 0}
    figures("kill -9, copies", counts)
