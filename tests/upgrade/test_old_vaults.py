"""Vaults of every released schema open for ever. One folder each; see `make_vault`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.backup import Progress
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.risk import Kind, Level
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.storage import header_file, profile_folder
from psylite_desktop.storage.database import open_copy
from psylite_desktop.storage.migrations import LATEST
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.rescue import RescueShelf
from tests.upgrade.make_vault import contents

HERE = Path(__file__).parent
SCHEMAS = sorted(HERE.glob("schema_*"))
PAGE_BYTES = 4096
SPARE_PAGES = 4
"""For the schema itself, and for what does not fit into one page."""
MAX_BYTES_BESIDE = 20_000


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


def test_an_upgraded_vault_is_salvaged_whole(
    old: tuple[ProfileShelf, dict[str, Any]], tmp_path: Path
) -> None:
    """Rows keep the shape in which an earlier schema wrote them."""
    shelf, expected = RescueShelf(tmp_path), old[1]
    (profile,) = shelf.profiles()
    vault = shelf.unlock(profile, expected["passphrase"])
    before = contents(vault)
    vault.close()
    # A copy that was made before the upgrade would have the rows as well.
    shutil.rmtree(tmp_path / profile.folder / "backups", ignore_errors=True)
    report = shelf.salvage(profile, expected["passphrase"], Progress())
    assert report.lost == 0
    vault = shelf.unlock(report.profile, expected["passphrase"])
    assert contents(vault) == before
    for word in ("焦虑", "室友", "roommate", "long"):
        assert len(vault.conversations.search(word)) == 1
    vault.close()


def test_every_schema_has_a_small_vault() -> None:
    assert [folder.name for folder in SCHEMAS] == [
        f"schema_{number:03d}" for number in range(1, LATEST + 1)
    ]
    for folder in SCHEMAS:
        sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
        trees = tables_and_indexes(folder)
        assert sizes.pop("vault.db") <= (trees + SPARE_PAGES) * PAGE_BYTES
        assert sum(sizes.values()) < MAX_BYTES_BESIDE


def tables_and_indexes(folder: Path) -> int:
    """How many there are in a kept vault; each takes a page at least."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    header = header_file.peeked(folder)
    key = profile_folder.database_key(header, expected["passphrase"])
    connection = open_copy(folder / header.database, key)
    try:
        row = connection.execute("SELECT count(*) FROM sqlite_master WHERE rootpage > 0").fetchone()
    finally:
        connection.close()
    assert row is not None
    return int(row[0])


def _is_part(expected: object, found: object) -> bool:
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(_is_part(value, found.get(name)) for name, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_is_part, expected, found))
    return expected == found
