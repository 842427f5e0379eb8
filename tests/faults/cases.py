"""Orders for a subject, each on a fresh copy, and what must hold after it however it ended."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault
from tests.faults.mixes import Mix
from tests.faults.operations import (
    PHRASES,
    Operation,
    apply,
    check_search,
    digest,
    drawn,
    opened_with_either,
)
from tests.faults.outcome import Order, Outcome
from tests.faults.shelf_steps import CHEAP, SHELF_STEPS
from tests.faults.steps import STEPS
from tests.upgrade.make_vault import contents

REFUSALS = {"vault_disk_full", "vault_io"}
SCHEMAS = sorted((Path(__file__).parents[1] / "upgrade").glob("schema_*"))
WAYS = {
    "append": (0.1, 0.65),
    "draft": (0.1, 0.65),
    "plan": (0.05, 0.65),
    "check_in": (0.1, 0.65, 0.85, 0.95),
    "exercise": (0.1, 0.65, 0.85, 0.95),
    "scale": (0.1, 0.95),
    "aside": (0.1, 0.95),
    "memory": (0.1, 0.65, 0.8, 0.95),
    "journal": (0.1, 0.4, 0.65, 0.75, 0.85, 0.95),
    "rating": (0.1, 0.95),
    "suggestion": (0.1, 0.6, 0.8, 0.95),
    "mirror": (0.1, 0.95),
    "version": (0.1, 0.65),
}
"""Draws at which a kind of operation takes its different ways; others have one."""


@dataclass(frozen=True)
class Prepared:
    """A shelf with one profile, and the operations that filled its vault."""

    root: Path
    profile: Profile
    history: list[Operation]

    def fake(self) -> MemoryVault:
        """A fake that has done the same."""
        vault = MemoryVault()
        for operation in self.history:
            apply(vault, operation)
        return vault

    def copied(self, target: Path) -> Path:
        """A copy to spoil."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.root, target)
        return target


def prepare(root: Path) -> Prepared:
    """Make a shelf with a vault in which every operation finds something to work on."""
    shelf = ProfileShelf(root)
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    rng = random.Random(11)
    mix = Mix(dict.fromkeys(STEPS, 1), long_texts=0.02)
    history = [drawn(rng, number, mix) for number in range(20)]
    # One of each after that, so that every operation finds something to work on.
    for number, kind in enumerate(STEPS, 20):
        if kind not in ("delete", "drop"):
            history.append(drawn(rng, number, Mix({kind: 1}, 0.0)) | {"draw": 0.3})
    for operation in history:
        apply(vault, operation)
    vault.close()
    return Prepared(root, new.profile, history)


@dataclass(frozen=True)
class Case:
    """An order on a fresh copy, and what must hold after it; `judge` asserts it."""

    order: Callable[[], Order]
    judge: Callable[[Outcome], None]
    refusals: frozenset[str] = frozenset()
    """Codes that are right here beside those of a failing disk."""


def operate(prepared: Prepared, scratch: Path, operation: Operation) -> Case:
    """An operation on an open vault, or on its profile."""
    fake = prepared.fake()
    before = digest(fake)
    apply(fake, operation)
    after = digest(fake)

    def order() -> Order:
        root = str(prepared.copied(scratch))
        said = {"action": "operate", "root": root, "folder": prepared.profile.folder}
        return said | {"phrase": 0, "operation": operation}

    def judge(outcome: Outcome) -> None:
        for said in outcome.tries.values():
            expected = after if said["state"] == "done" else before
            assert said.get("digest", expected) == expected, said
        shelf = ProfileShelf(scratch)
        _refuse_half_neighbours(shelf, prepared.profile)
        vault, phrase = opened_with_either(lambda secret: shelf.unlock(prepared.profile, secret), 0)
        found = digest(vault)
        check_search(vault)
        vault.close()
        if operation["kind"] != "phrase":
            assert phrase == 0
        elif outcome.acknowledged or "first" in outcome.tries:
            assert phrase == int(outcome.acknowledged), "told one thing, did the other"
        assert found == after if outcome.acknowledged else found in (before, after)

    return Case(order, judge)


def create(prepared: Prepared, scratch: Path) -> Case:
    """Another profile is made on a shelf that has one."""
    before = digest(prepared.fake())

    def order() -> Order:
        root = str(prepared.copied(scratch))
        return {"action": "create", "root": root, "folder": prepared.profile.folder, "phrase": 0}

    def judge(outcome: Outcome) -> None:
        shelf = ProfileShelf(scratch)
        listed = {profile.folder for profile in shelf.profiles()}
        made = {said["made"] for said in outcome.tries.values() if "made" in said}
        assert listed >= made
        if outcome.status == 0:
            assert listed == made | {prepared.profile.folder}, "a profile nobody was told of"
        _refuse_half_neighbours(shelf, prepared.profile)
        vault = shelf.unlock(prepared.profile, PHRASES[0])
        assert digest(vault) == before
        vault.close()

    return Case(order, judge)


def remove(prepared: Prepared, scratch: Path) -> Case:
    """A profile is deleted: it is there or gone, and its neighbour stays."""

    def order() -> Order:
        shelf = ProfileShelf(prepared.copied(scratch))
        shelf.create(PHRASES[0], cost=CHEAP)[1].close()
        (other,) = set(shelf.profiles()) - {prepared.profile}
        return {"action": "remove", "root": str(scratch), "folder": other.folder, "phrase": 0}

    def judge(outcome: Outcome) -> None:
        shelf = ProfileShelf(scratch)
        if outcome.acknowledged:
            assert shelf.profiles() == [prepared.profile]
        _refuse_half_neighbours(shelf, prepared.profile)
        shelf.unlock(prepared.profile, PHRASES[0]).close()

    # Out of the list at once, and destroyed later where that fails now.
    return Case(order, judge, refusals=frozenset({"profile_unknown"}))


def migrate(schema: Path, scratch: Path) -> Case:
    """A vault of an old schema is opened, which brings it to the newest one."""
    expected = json.loads((schema / "expected.json").read_text("utf-8"))
    profile = Profile(folder=expected["folder"], label="")

    def order() -> Order:
        shutil.rmtree(scratch, ignore_errors=True)
        ignored = shutil.ignore_patterns("expected.json")
        shutil.copytree(schema, scratch / profile.folder, ignore=ignored)
        said = {"action": "open", "root": str(scratch), "folder": profile.folder, "phrase": 0}
        return said | {"secret": expected["passphrase"]}

    def judge(_outcome: Outcome) -> None:
        shelf = ProfileShelf(scratch)
        assert [profile.folder for profile in shelf.profiles()] == [profile.folder]
        for _ in range(2):
            vault = shelf.unlock(profile, expected["passphrase"])
            found = json.loads(json.dumps(contents(vault)))
            hits = len(vault.conversations.search("焦虑"))
            vault.close()
            for name, value in expected["contents"].items():
                assert _is_part(value, found[name]), name
            assert hits == 1

    return Case(order, judge)


def _refuse_half_neighbours(shelf: ProfileShelf, ours: Profile) -> None:
    listed = shelf.profiles()
    assert ours in listed
    for profile in listed:
        if profile != ours:
            shelf.unlock(profile, PHRASES[0]).close()


def _is_part(expected: Any, found: Any) -> bool:
    """Newer versions may know more about a thing, never less."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(_is_part(value, found.get(name)) for name, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_is_part, expected, found))
    return bool(expected == found)


def cases(prepared: Prepared, scratch: Path, name: str) -> Iterator[Case]:
    """The cases of one name: a kind of operation, or something done to a whole profile."""
    if name in STEPS or name in SHELF_STEPS:
        for draw in WAYS.get(name, (0.65,)):
            text = f"zugvogelcanary 金丝雀在矿井里 unique999x {'长' * 900}"
            yield operate(prepared, scratch, {"kind": name, "text": text, "more": 0, "draw": draw})
    elif name == "create":
        yield create(prepared, scratch)
    elif name == "remove":
        yield remove(prepared, scratch)
    else:
        yield migrate(next(path for path in SCHEMAS if path.name == name), scratch)


NAMES = [*STEPS, *SHELF_STEPS, "create", "remove", *(schema.name for schema in SCHEMAS)]
