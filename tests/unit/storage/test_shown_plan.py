"""Steps of a plan in clear: only those that were chosen, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.storage import durable_file, shown_plan
from psylite_desktop.storage.backup_folder import copy_files
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.plain_text import storable
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.shown_plan import NAME, FolderShownPlan, read

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"
STEPS = (PlanEntry(PlanStep.REASON, "my cat"), PlanEntry(PlanStep.PEOPLE, "姐姐 138 0000 0000"))


def written(folder: Path) -> bytes:
    FolderShownPlan(folder).keep(STEPS)
    return (folder / NAME).read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What stands in a file that is as it should be."""
    return written(tmp_path_factory.mktemp("whole"))


def test_what_was_chosen_comes_back_in_the_order_of_the_plan(tmp_path: Path) -> None:
    FolderShownPlan(tmp_path).keep(STEPS[::-1])
    assert read(tmp_path) == STEPS
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_nothing_chosen_leaves_no_file(tmp_path: Path) -> None:
    keeper = FolderShownPlan(tmp_path)
    keeper.keep([])
    keeper.keep(STEPS)
    keeper.keep([])
    assert list(tmp_path.iterdir()) == []
    assert read(tmp_path) == ()


def test_no_folder_is_no_plan(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere") == ()


@given(texts=st.dictionaries(st.sampled_from(PlanStep), st.text(max_size=200)))
def test_any_words_come_back_or_are_left_out(texts: dict[PlanStep, str]) -> None:
    with TemporaryDirectory() as folder:
        FolderShownPlan(Path(folder)).keep([PlanEntry(step, text) for step, text in texts.items()])
        found = {entry.step: entry.text for entry in read(Path(folder))}
    for step, text in texts.items():
        assert found.get(step, "").strip() == storable(text).strip()


@given(data=st.data())
def test_a_file_cut_short_is_not_shown(whole: bytes, data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / NAME).write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        assert read(folder) == ()


@given(data=st.data())
def test_one_wrong_byte_is_not_shown(whole: bytes, data: st.DataObject) -> None:
    """Most of all not in a phone number."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        changed = bytearray(whole)
        place = data.draw(st.integers(0, len(whole) - 1))
        changed[place] ^= data.draw(st.integers(1, 255))
        (folder / NAME).write_bytes(changed)
        assert read(folder) in ((), STEPS)  # a space more or less changes nothing


@given(content=st.binary(max_size=300))
def test_odd_bytes_are_not_shown(content: bytes) -> None:
    with TemporaryDirectory() as name:
        (Path(name) / NAME).write_bytes(content)
        assert read(Path(name)) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"null", b'{"check":"","steps":[{"step":1}]}', b"[" * 9_999],
)
def test_what_is_no_plan_is_not_shown(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert read(tmp_path) == ()


def test_a_huge_file_or_a_folder_in_its_place_is_not_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b" " * 300_000)
    assert read(tmp_path) == ()
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    assert read(tmp_path) == ()


def test_a_step_that_a_newer_version_knows_is_left_out(tmp_path: Path) -> None:
    steps = (shown_plan._Step("weather", "x"), shown_plan._Step("alone", "walk"))
    file = shown_plan._File(shown_plan._check(steps), steps)
    (tmp_path / NAME).write_bytes(shown_plan.msgspec.json.encode(file))
    assert read(tmp_path) == (PlanEntry(PlanStep.ALONE, "walk"),)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_neither_followed_nor_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    written(other)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / NAME).symlink_to(other / NAME)
    assert read(folder) == ()
    FolderShownPlan(folder).keep([])
    assert not os.path.lexists(folder / NAME)
    assert read(other) == STEPS


def test_a_disk_that_refuses_leaves_nothing_old_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = FolderShownPlan(tmp_path)
    keeper.keep(STEPS)

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shown_plan, "write_new", full)
    with pytest.raises(VaultError) as caught:
        keeper.keep(STEPS[:1])
    assert caught.value.code == "vault_disk_full"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(shown_plan, "write_new", durable_file.write_new)
    keeper.keep(STEPS[:1])
    assert read(tmp_path) == STEPS[:1]


def test_words_of_before_are_covered_before_they_are_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = FolderShownPlan(tmp_path)
    keeper.keep(STEPS)
    covered: list[tuple[str, bytes, bytes]] = []

    def watched(path: Path) -> None:
        before = path.read_bytes() if path.exists() else b""
        durable_file.overwrite(path)
        covered.append((path.name, before, path.read_bytes() if path.exists() else b""))

    monkeypatch.setattr(shown_plan, "overwrite", watched)
    keeper.keep(STEPS[:1])
    ((before, after),) = [(one[1], one[2]) for one in covered if one[0] == NAME]
    assert b"138 0000 0000" in before
    assert b"138 0000 0000" not in after
    assert len(before) == len(after)
    assert read(tmp_path) == STEPS[:1]


def test_a_crash_in_the_middle_shows_the_older_one_and_is_tidied(tmp_path: Path) -> None:
    keeper = FolderShownPlan(tmp_path)
    keeper.keep(STEPS)
    (tmp_path / ".shown-plan.tmp").write_bytes(b"half of something")
    assert read(tmp_path) == STEPS
    keeper.keep([])
    assert list(tmp_path.iterdir()) == []


def files_with(root: Path, words: bytes) -> set[str]:
    return {path.name for path in root.rglob("*") if path.is_file() and words in path.read_bytes()}


def test_it_goes_with_its_profile_and_into_no_copy(tmp_path: Path) -> None:
    shelf = RescueShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    vault.shown_plan.keep(STEPS)
    assert shelf.shown_plan(new.profile) == STEPS
    made = vault.backups.make(BackupKind.MANUAL, now=1.0, day="2026-01-01", progress=Progress())
    exported = tmp_path / "x.psyvault"
    vault.backups.export(exported, PHRASE, own=None, progress=Progress())
    vault.close()
    assert shelf.shown_plan(new.profile) == STEPS
    folder = shelf.folder_of(new.profile)
    assert not (folder / "backups" / made.name / NAME).exists()
    draft = tmp_path / "draft"
    draft.mkdir()
    copy_files(folder, draft)
    assert not (draft / NAME).exists()
    brought = shelf.import_file(exported, PHRASE, Progress())
    assert shelf.shown_plan(brought) == ()
    assert files_with(tmp_path, b"my cat") == {NAME}
    shelf.delete(new.profile)
    assert files_with(tmp_path, b"my cat") == set()
    assert shelf.shown_plan(new.profile) == ()


def test_it_can_be_taken_away_for_all_profiles(tmp_path: Path) -> None:
    shelf = RescueShelf(tmp_path / "profiles")
    shelf.hide_plans()
    made = []
    for _ in range(2):
        new, vault = shelf.create(PHRASE, cost=CHEAP)
        vault.shown_plan.keep(STEPS)
        vault.close()
        made.append(new.profile)
    shelf.hide_plans()
    assert [shelf.shown_plan(profile) for profile in made] == [(), ()]


def test_one_that_cannot_be_taken_away_keeps_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = RescueShelf(tmp_path / "profiles")
    made = []
    for _ in range(3):
        new, vault = shelf.create(PHRASE, cost=CHEAP)
        vault.shown_plan.keep(STEPS)
        vault.close()
        made.append(new.profile)
    bad = shelf.folder_of(shelf.profiles()[0])

    def refusing(path: Path) -> None:
        if path.parent == bad:
            raise OSError(errno.EIO, "refused")
        durable_file.overwrite(path)

    monkeypatch.setattr(shown_plan, "overwrite", refusing)
    with pytest.raises(VaultError) as caught:
        shelf.hide_plans()
    assert caught.value.code == "vault_io"
    assert [shelf.shown_plan(profile) for profile in shelf.profiles()] == [STEPS, (), ()]


def test_a_guest_and_nobody_have_none(tmp_path: Path) -> None:
    shelf = RescueShelf(tmp_path / "profiles")
    vault = shelf.guest()
    vault.shown_plan.keep(STEPS)
    vault.close()
    assert list(tmp_path.rglob("*")) == []
    assert shelf.shown_plan(Profile("nobody", "teal-1")) == ()
