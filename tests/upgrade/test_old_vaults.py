"""Vaults of every released schema open for ever. One folder each; see `make_vault`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.risk import Kind, Level
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.storage.migrations import LATEST
from psylite_desktop.storage.profiles import ProfileShelf
from tests.upgrade.make_vault import contents

HERE = Path(__file__).parent
SCHEMAS = sorted(HERE.glob("schema_*"))
RELEASED = (1, 2, 3, 4, 8)
"""Schemas that vaults out there may have; 5 to 7 became 8 before anybody had them."""
MAX_BYTES = 240_000


@pytest.fixture(params=SCHEMAS, ids=lambda folder: folder.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[ProfileShelf, dict[str, Any]]:
    """Copy a kept vault to a shelf of its own."""
    expected = json.loads((request.param / "expected.json").read_text(encoding="utf-8"))
    folder = tmp_path / expected["folder"]
    shutil.copytree(request.param, folder, ignore=shutil.ignore_patterns("expected.json"))
    return ProfileShelf(tmp_path), expected


@pytest.mark.parametrize("secret", ["passphrase", "recovery_code"])
def test_old_vault_opens_with_all_its_contents(
    old: tuple[ProfileShelf, dict[str, Any]], secret: str
) -> None:
    shelf, expected = old
    assert shelf.profiles() == [Profile(folder=expected["folder"], label="teal-1")]
    for _ in range(2):  # as it was, and after its upgrade
        vault = shelf.unlock(shelf.profiles()[0], expected[secret])
        found = json.loads(json.dumps(contents(vault)))
        for word in ("焦虑", "室友", "roommate", "long"):
            assert len(vault.conversations.search(word)) == 1
        vault.close()
        # Newer versions may know more about a thing, never less.
        assert _is_part(expected["contents"], found)


def test_an_upgraded_vault_takes_what_it_could_not_hold_before(
    old: tuple[ProfileShelf, dict[str, Any]], tmp_path: Path
) -> None:
    shelf, expected = old
    entry = PlanEntry(PlanStep.SIGNS, "nights without sleep", 5.0)
    for is_new in (True, False):
        vault = shelf.unlock(shelf.profiles()[0], expected["passphrase"])
        if is_new:
            before = vault.corrections.count()
            about = vault.conversations.messages(1)[-1].id
            vault.corrections.add(Correction(Verdict.MISREAD, Level.WATCH, Kind.NONE, (), about))
            vault.safety_plan.save([entry])
        assert entry in vault.safety_plan.entries()
        assert vault.corrections.count() == before + 1
        if not is_new:
            vault.conversations.drop_from(1, about)
            assert vault.corrections.count() == before
        vault.close()
    names = {path.name for path in (tmp_path / expected["folder"]).iterdir()}
    assert not [name for name in names if ".new" in name or name.endswith("-wal")]


def test_every_schema_has_a_small_vault() -> None:
    assert [folder.name for folder in SCHEMAS] == [f"schema_{number:03d}" for number in RELEASED]
    assert RELEASED[-1] == LATEST
    for folder in SCHEMAS:
        assert sum(path.stat().st_size for path in folder.iterdir()) < MAX_BYTES


def _is_part(expected: object, found: object) -> bool:
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(_is_part(value, found.get(name)) for name, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_is_part, expected, found))
    return expected == found
