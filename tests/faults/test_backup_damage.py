"""Damaged copies are refused; damaged vaults are salvaged: never a wrong row, never a new vault."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import header_file, keyslots
from psylite_desktop.storage.migrations import LATEST
from psylite_desktop.storage.raw_pages import PAGE, RawPages, read_pages
from psylite_desktop.storage.raw_rows import LEAF, leaf_rows, page_type
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.table_shapes import shapes_of, table_of
from tests.faults.conftest import Count, Most
from tests.faults.writer import CHEAP

PHRASE = "first phrase of all"
MESSAGES = 200
FLIPS = 60
VAULTS = 10
LONG_FLIPS = 1000
LONG_VAULTS = 100


@dataclass(frozen=True)
class Saved:
    root: Path
    profile: Profile
    file: Path
    texts: dict[int, str]
    key: bytes


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    folder = tmp_path_factory.mktemp("saved")
    shelf = RescueShelf(folder / "profiles")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    conversation = vault.conversations.start(1.0)
    rng = random.Random(3)
    texts = {}
    for number in range(MESSAGES):
        text = f"nr {number} 焦虑 " * rng.choice((1, 9, 40, 400))
        message = vault.conversations.append(conversation, Message(role=Role.USER, text=text))
        texts[message.id] = text
    file = folder / "all.psyvault"
    vault.backups.export(file, PHRASE, own=None, progress=Progress())
    vault.close()
    profile_folder = folder / "profiles" / new.profile.folder
    shutil.rmtree(profile_folder / "backups")
    header = header_file.peeked(profile_folder)
    key = keyslots.database_key(header, keyslots.unwrapped(header, PHRASE))
    return Saved(folder / "profiles", new.profile, file, texts, bytes(key))


def flipped_files(saved: Saved, tmp_path: Path, *, seed: int, count: int) -> None:
    """Flip single bits of a .psyvault file: each time it is refused by name."""
    rng = random.Random(seed)
    content = saved.file.read_bytes()
    shelf = RescueShelf(tmp_path / "other")
    path = tmp_path / "x.psyvault"
    for _ in range(count):
        spoilt = bytearray(content)
        spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
        path.write_bytes(spoilt)
        with pytest.raises(VaultError) as caught:
            shelf.import_file(path, PHRASE, Progress())
        assert caught.value.code in {
            "psyvault_damaged",
            "psyvault_truncated",
            "psyvault_unknown",
            "vault_newer",
        }
        cut = content[: rng.randrange(len(content))]
        path.write_bytes(cut)
        with pytest.raises(VaultError) as caught:
            shelf.import_file(path, PHRASE, Progress())
        assert caught.value.code == ("psyvault_truncated" if cut else "psyvault_unknown")
    assert shelf.profiles() == []


def salvaged_vaults(saved: Saved, tmp_path: Path, *, seed: int, count: int) -> None:
    """Damage vaults without backups: every row of a good page is there, no row is wrong."""
    rng = random.Random(seed)
    for number in range(count):
        root = tmp_path / f"{seed}-{number}"
        shutil.copytree(saved.root, root)
        path = root / saved.profile.folder / "vault.db"
        content = bytearray(path.read_bytes())
        for _ in range(rng.choice((1, 2, 5, 30))):
            place = rng.randrange(len(content))
            if rng.random() < 0.2:
                end = min(len(content), place + rng.randrange(1, 3 * PAGE))
                content[place:end] = bytes(end - place)
            else:
                content[place] ^= 1 << rng.randrange(8)
        path.write_bytes(content)
        expected = readable(saved, path)
        shelf = RescueShelf(root)
        try:
            report = shelf.salvage(saved.profile, PHRASE, Progress())
        except VaultError as error:
            assert error.code == "salvage_nothing"  # noqa: PT017 - both endings are right
            assert expected == set()
            assert shelf.profiles() == [saved.profile]
            continue
        assert path.read_bytes() == content
        vault = shelf.unlock(report.profile, PHRASE)
        found = {
            message.id: message.text
            for row in vault.conversations.conversations()
            for message in vault.conversations.messages(row.id)
        }
        vault.close()
        assert expected <= set(found)
        assert all(saved.texts[rowid] == text for rowid, text in found.items())
        messages = next(table for table in report.tables if table.table == "messages")
        last = max(found, default=0) if messages.open_end else MESSAGES
        lost = set(saved.texts) - set(found)
        assert {rowid for rowid in lost if rowid <= last} <= set(messages.lost)
        shutil.rmtree(root)


def readable(saved: Saved, path: Path) -> set[int]:
    """Ids of messages whose pages are all good."""
    raw: RawPages = read_pages(path, bytearray(saved.key))
    shapes = shapes_of(LATEST)
    found = set()
    for number, page in raw.pages.items():
        if page_type(number, page) != LEAF:
            continue
        rows = dict(leaf_rows(raw, number))
        if table_of(shapes, [row for row in rows.values() if row is not None]) == "messages":
            found |= {rowid for rowid, row in rows.items() if row is not None}
    return found


def test_flipped_and_cut_files_are_refused(saved: Saved, tmp_path: Path) -> None:
    flipped_files(saved, tmp_path, seed=1, count=FLIPS)


def test_damaged_vaults_are_salvaged(saved: Saved, tmp_path: Path) -> None:
    salvaged_vaults(saved, tmp_path, seed=1, count=VAULTS)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_flipped_and_cut_files_are_refused(
    saved: Saved, tmp_path: Path, figures: Count, at_most: Most
) -> None:
    flipped_files(saved, tmp_path, seed=2, count=at_most(LONG_FLIPS))
    counts = {"flipped, refused by name": at_most(LONG_FLIPS)}
    figures("psyvault files", counts | {"cut off, refused by name": at_most(LONG_FLIPS)})


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_damaged_vaults_are_salvaged(
    saved: Saved, tmp_path: Path, figures: Count, at_most: Most
) -> None:
    salvaged_vaults(saved, tmp_path, seed=2, count=at_most(LONG_VAULTS))
    counts = {"damaged vaults salvaged": at_most(LONG_VAULTS)}
    figures("salvage", counts | {"rows of good pages lost": 0, "wrong rows": 0})
