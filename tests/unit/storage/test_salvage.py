"""What can be read of a damaged vault is read, what is lost is named, the damaged one stays."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress, SalvageReport, TableReport
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.storage import header_file, keyslots, search_index
from psylite_desktop.storage.database import open_copy, open_scratch_database
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.migrations import LATEST
from psylite_desktop.storage.raw_pages import PAGE, read_pages
from psylite_desktop.storage.raw_rows import BRANCH, LEAF, leaf_rows, page_type
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.table_shapes import KNOWN_VALUES, shapes_of, table_of
from psylite_desktop.storage.vault import SqlcipherVault

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
NOW = 1_795_000_000.0
ROWS = 120


@dataclass(frozen=True)
class Saved:
    root: Path
    profile: Profile
    key: bytes
    texts: dict[int, str]
    backed_up: int


def fill(vault: SqlcipherVault, count: int, first: int = 0) -> dict[int, str]:
    """Messages of many lengths, some of them over several pages; ids and texts."""
    texts = {}
    rng = random.Random(first)
    conversation = vault.conversations.start(NOW)
    for number in range(first, first + count):
        text = f"nr {number} 焦虑 " * rng.choice((1, 5, 40, 700))
        message = vault.conversations.append(
            conversation, Message(role=Role.USER, text=text, created_at=NOW + number)
        )
        texts[message.id] = text
    return texts


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """A closed vault, with a backup of two thirds of it."""
    root = tmp_path_factory.mktemp("saved") / "profiles"
    shelf = RescueShelf(root)
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    vault.settings.save(PrivateSettings(welcomed=True, lock_after_min=7))
    vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, "my sister", NOW)])
    vault.drafts.save("talk", "half a word")
    for number in range(30):
        vault.check_ins.add(CheckIn(NOW, "2026-01-01", 3, note=f"day {number} " * 30))
    texts = fill(vault, ROWS * 2 // 3)
    backup = vault.backups.make(BackupKind.AUTO, now=NOW, day="2026-11-20", progress=Progress())
    texts |= fill(vault, ROWS // 3, 1000)
    vault.close()
    folder = root / new.profile.folder
    assert backup.name in {path.name for path in (folder / "backups").iterdir()}
    header = header_file.peeked(folder)
    key = keyslots.database_key(header, keyslots.unwrapped(header, PHRASE))
    return Saved(root, new.profile, bytes(key), texts, ROWS * 2 // 3)


@dataclass
class Case:
    shelf: RescueShelf
    folder: Path
    saved: Saved

    @property
    def path(self) -> Path:
        return self.folder / "vault.db"

    def without_backups(self) -> Case:
        shutil.rmtree(self.folder / "backups")
        return self

    def flip(self, page: int, at: int = 1000) -> None:
        content = bytearray(self.path.read_bytes())
        content[(page - 1) * PAGE + at] ^= 4
        self.path.write_bytes(content)

    def salvage(self) -> tuple[SalvageReport, dict[int, str], SqlcipherVault]:
        before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        report = self.shelf.salvage(self.saved.profile, PHRASE, Progress())
        after = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        assert before == after
        assert report.profile in self.shelf.profiles()
        vault = self.shelf.unlock(report.profile, PHRASE)
        texts = {
            message.id: message.text
            for row in vault.conversations.conversations()
            for message in vault.conversations.messages(row.id)
        }
        return report, texts, vault


@pytest.fixture
def case(saved: Saved, tmp_path: Path) -> Case:
    shutil.copytree(saved.root, tmp_path / "profiles")
    return Case(
        RescueShelf(tmp_path / "profiles"), tmp_path / "profiles" / saved.profile.folder, saved
    )


def table(report: SalvageReport, name: str) -> TableReport:
    return next(table for table in report.tables if table.table == name)


def pages_of(case: Case, wanted: int) -> list[int]:
    """Leaves or branches of the table of messages."""
    key = bytearray(case.saved.key)
    connection = open_copy(case.path, key)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'messages'"
    ).fetchone() or (0,)
    connection.close()
    raw = read_pages(case.path, key)
    if wanted == BRANCH:
        assert page_type(root, raw.pages[root]) == BRANCH
        return [root]
    shapes = shapes_of(LATEST)
    return [
        number
        for number, page in raw.pages.items()
        if page_type(number, page) == LEAF
        and table_of(shapes, [row for _, row in leaf_rows(raw, number) if row]) == "messages"
    ]


def test_all_of_a_whole_vault_is_read_without_sqlite(case: Case) -> None:
    report, texts, vault = case.salvage()
    assert texts == case.saved.texts
    assert report.bad_pages == 0
    assert report.lost == 0
    assert report.profile.label == "teal-1-salvaged"
    assert vault.settings.load().lock_after_min == 7
    assert vault.drafts.load("talk") == "half a word"
    assert [entry.text for entry in vault.safety_plan.entries()] == ["my sister"]
    assert len(vault.check_ins.between("0", "9")) == 30
    assert len(vault.conversations.search("焦虑", limit=500)) == ROWS
    vault.close()


def test_rows_of_a_spoilt_leaf_come_from_the_backup_or_are_named(case: Case) -> None:
    leaves = pages_of(case, LEAF)
    raw = read_pages(case.path, bytearray(case.saved.key))
    for leaf in (leaves[1], leaves[-1]):
        case.flip(leaf)
    on_it = {leaf: {rowid for rowid, _ in leaf_rows(raw, leaf)} for leaf in leaves}
    report, texts, vault = case.salvage()
    vault.close()
    old = {rowid for rowid in case.saved.texts if rowid <= case.saved.backed_up}
    gone = (on_it[leaves[1]] | on_it[leaves[-1]]) - old
    assert gone
    assert texts == {rowid: text for rowid, text in case.saved.texts.items() if rowid not in gone}
    found = table(report, "messages")
    assert set(found.lost) == gone
    assert found.from_backup == len(on_it[leaves[1]] & old)
    assert report.bad_pages == 2
    assert report.backup is not None


def test_without_a_backup_all_rows_of_good_pages_are_there(case: Case) -> None:
    leaves = pages_of(case, LEAF)
    raw = read_pages(case.path, bytearray(case.saved.key))
    gone = {rowid for rowid, _ in leaf_rows(raw, leaves[2])}
    case.without_backups().flip(leaves[2])
    report, texts, vault = case.salvage()
    vault.close()
    assert set(texts) == set(case.saved.texts) - gone
    assert set(table(report, "messages").lost) == gone


def test_leaves_without_their_branch_are_found(case: Case) -> None:
    case.without_backups().flip(pages_of(case, BRANCH)[0])
    report, texts, vault = case.salvage()
    vault.close()
    assert texts == case.saved.texts
    assert report.lost == 0


@pytest.mark.parametrize("backup", [True, False])
def test_a_spoilt_first_page_loses_nothing_else(case: Case, backup: bool) -> None:
    if not backup:
        case.without_backups()
    case.flip(1)
    with pytest.raises(VaultError):
        case.shelf.unlock(case.saved.profile, PHRASE)
    report, texts, vault = case.salvage()
    assert texts == case.saved.texts
    assert vault.settings.load().lock_after_min == 7
    assert vault.drafts.load("talk") == "half a word"
    assert report.bad_pages == 1
    vault.close()


@pytest.mark.parametrize("place", range(0, 16, 5))
def test_a_flipped_bit_in_the_salt_costs_nothing(case: Case, place: int) -> None:
    case.without_backups().flip(1, place)
    report, texts, vault = case.salvage()
    vault.close()
    assert texts == case.saved.texts
    assert report.bad_pages == 0


def test_a_file_cut_in_half_gives_its_first_half(case: Case) -> None:
    raw = read_pages(case.path, bytearray(case.saved.key))
    half = raw.count // 2
    case.path.write_bytes(case.path.read_bytes()[: half * PAGE + 100])
    report, texts, vault = case.salvage()
    vault.close()
    whole = {
        rowid
        for number in pages_of_raw(raw, half)
        for rowid, row in leaf_rows(raw, number)
        if row is not None
    }
    old = {rowid for rowid in case.saved.texts if rowid <= case.saved.backed_up}
    assert old <= set(texts)
    assert all(case.saved.texts[rowid] == text for rowid, text in texts.items())
    assert set(table(report, "messages").lost) == set(case.saved.texts) - set(texts)
    assert whole


def pages_of_raw(raw, last: int) -> list[int]:
    shapes = shapes_of(LATEST)
    return [
        number
        for number, page in raw.pages.items()
        if number <= last
        and page_type(number, page) == LEAF
        and table_of(shapes, [row for _, row in leaf_rows(raw, number) if row]) == "messages"
    ]


def test_what_only_stands_in_the_log_is_read(case: Case, tmp_path: Path) -> None:
    vault = case.shelf.unlock(case.saved.profile, PHRASE)
    more = fill(vault, 5, 5000)
    cut = tmp_path / "cut"
    shutil.copytree(case.folder, cut / case.folder.name)
    vault.close()
    late = Case(RescueShelf(cut), cut / case.folder.name, case.saved)
    assert late.folder.joinpath("vault.db-wal").stat().st_size > 0
    late.flip(1)
    report, texts, vault = late.salvage()
    vault.close()
    assert texts == case.saved.texts | more
    assert report.lost == 0


def test_messages_of_a_lost_talk_keep_together(case: Case) -> None:
    key = bytearray(case.saved.key)
    connection = open_copy(case.path, key)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'conversations'"
    ).fetchone() or (0,)
    connection.close()
    case.without_backups().flip(root)
    report, texts, vault = case.salvage()
    assert texts == case.saved.texts
    assert len(vault.conversations.conversations()) == 2
    assert table(report, "conversations").lost == (1, 2)
    vault.close()


def test_nothing_is_made_where_nothing_was_found(case: Case) -> None:
    case.without_backups()
    for content in (b"", bytes(8 * PAGE), random.Random(1).randbytes(8 * PAGE)):
        case.path.write_bytes(content)
        with pytest.raises(VaultError) as caught:
            case.shelf.salvage(case.saved.profile, PHRASE, Progress())
        assert caught.value.code == "salvage_nothing"
        assert case.shelf.profiles() == [case.saved.profile]
        assert case.path.read_bytes() == content


def test_all_comes_from_the_backup_where_the_file_is_gone(case: Case) -> None:
    case.path.unlink()
    report, texts, vault = case.salvage()
    vault.close()
    assert len(texts) == case.saved.backed_up
    assert table(report, "messages").from_backup == case.saved.backed_up
    assert table(report, "messages").read == 0


def test_a_wrong_passphrase_salvages_nothing(case: Case) -> None:
    with pytest.raises(VaultError) as caught:
        case.shelf.salvage(case.saved.profile, "not the phrase of it", Progress())
    assert caught.value.code == "vault_wrong_passphrase"


def test_salvage_can_be_stopped(case: Case) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(VaultError) as caught:
        case.shelf.salvage(case.saved.profile, PHRASE, progress)
    assert caught.value.code == "cancelled"
    assert case.shelf.profiles() == [case.saved.profile]


def test_deleted_messages_do_not_come_back_from_a_whole_table(case: Case) -> None:
    vault = case.shelf.unlock(case.saved.profile, PHRASE)
    vault.conversations.delete(1)
    vault.close()
    _report, texts, vault = case.salvage()
    vault.close()
    assert set(texts) == {rowid for rowid in case.saved.texts if rowid > case.saved.backed_up}


@pytest.mark.parametrize("seed", range(8))
def test_random_damage_never_gives_a_wrong_row(case: Case, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(case.path.read_bytes())
    for _ in range(rng.choice((1, 3, 20))):
        place = rng.randrange(len(content))
        if rng.random() < 0.3:
            length = rng.randrange(1, 9000)
            content[place : place + length] = rng.randbytes(len(content[place : place + length]))
        else:
            content[place] ^= 1 << rng.randrange(8)
    case.path.write_bytes(content)
    report, texts, vault = case.salvage()
    vault.close()
    assert all(case.saved.texts[rowid] == text for rowid, text in texts.items())
    # Conversations may be lost with their heads; their messages get a new one.
    found = table(report, "messages")
    last = max(texts, default=0) if found.open_end else ROWS
    lost = set(case.saved.texts) - set(texts)
    assert {rowid for rowid in lost if rowid <= last} == set(found.lost)


def test_stray_rows_of_every_table_are_told_apart() -> None:
    """A new table whose rows look like another one's needs a word in `table_shapes`."""
    seen: dict[tuple[tuple[str, bool], ...], str] = {}
    for name, shape in shapes_of(LATEST).items():
        if not shape.is_content or name in KNOWN_VALUES:
            continue
        signature = tuple((column.type, column.is_rowid) for column in shape.columns)
        assert signature not in seen, (name, seen.get(signature))
        seen[signature] = name


def test_every_search_table_can_be_made_anew() -> None:
    connection = open_scratch_database(LATEST)
    assert set(search_index.search_tables(connection)) <= set(search_index.SOURCES)
    assert search_index.search_tables(connection)
    connection.close()
