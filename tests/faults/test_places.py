"""Odd paths, media that go away or cannot be written, and two processes on one vault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.vault import SqlcipherVault
from tests.faults.leaks import scan
from tests.faults.operations import CANARY_HAN, PHRASES, check_search, snapshot
from tests.faults.shelf_steps import CHEAP
from tests.faults.steps import STEPS

ODD_NAMES = {
    "spaces": " two  spaces and one at the end ",
    "chinese": "我的 日记（私密）",
    "emoji": "🌧️心情👩‍👧 mood",
    "200 characters": "n" * 200,
    "200 bytes of Chinese": "很" * 66,
    "marks of addresses": "50% #1?mode=memory&cache=shared;a=b",
    "quotes": 'it\'s "here" `now` $HOME',
    "right to left": "יומן\u202etxt",
    "two ways to write é": "cafe\u0301",
    "dots": "..hidden..",
}
if sys.platform == "win32":
    for name in ("spaces", "marks of addresses", "quotes", "dots"):
        del ODD_NAMES[name]


def _write(vault: SqlcipherVault) -> None:
    for number, kind in enumerate(["append", "draft", "check_in", "journal", "exercise"]):
        STEPS[kind](vault, f"zugvogelcanary {CANARY_HAN} unique{number}x", 0.25)


@pytest.mark.parametrize("name", list(ODD_NAMES))
def test_a_vault_works_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    root = tmp_path / ODD_NAMES[name] / "profiles"
    shelf = ProfileShelf(root)
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    _write(vault)
    held = snapshot(vault)
    vault.close()
    shelf.change_passphrase(new.profile, PHRASES[0], PHRASES[1], cost=CHEAP)
    vault = ProfileShelf(root).unlock(new.profile, PHRASES[1])
    assert snapshot(vault) == held
    check_search(vault)
    vault.close()
    scan(tmp_path)
    # Everything went into this folder, and nothing beside it.
    assert [path.name for path in tmp_path.iterdir()] == [ODD_NAMES[name]]


def test_a_path_that_is_too_long_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    root = tmp_path / ("a" * 240) / ("b" * 240) / ("c" * 240)
    shelf = ProfileShelf(root)
    with pytest.raises(VaultError) as caught:
        shelf.create(PHRASES[0], cost=CHEAP)
    assert caught.value.code == "vault_path_too_long"
    assert shelf.profiles() == []


def test_a_vault_that_was_moved_too_deep_is_named_and_left_alone(tmp_path: Path) -> None:
    shelf = ProfileShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    vault.close()
    deep = tmp_path / ("a" * 240) / ("b" * 240)
    deep.mkdir(parents=True)
    (tmp_path / "profiles").rename(deep / "profiles")
    with pytest.raises(VaultError) as caught:
        ProfileShelf(deep / "profiles").unlock(new.profile, PHRASES[0])
    assert caught.value.code == "vault_path_too_long"
    (deep / "profiles").rename(tmp_path / "profiles")
    shelf.unlock(new.profile, PHRASES[0]).close()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_linked_folder_is_one_vault_and_not_two(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    shelf = ProfileShelf(real)
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    link.symlink_to(real, target_is_directory=True)
    with pytest.raises(VaultError) as caught:
        ProfileShelf(link).unlock(new.profile, PHRASES[0])
    assert caught.value.code == "vault_busy"
    _write(vault)
    held = snapshot(vault)
    vault.close()
    vault = ProfileShelf(link).unlock(new.profile, PHRASES[0])
    assert snapshot(vault) == held
    vault.close()
    assert ProfileShelf(link).profiles() == shelf.profiles() == [new.profile]


@pytest.mark.skipif(sys.platform == "win32", reason="an open folder cannot be moved there")
def test_a_folder_that_is_moved_while_open_loses_nothing(tmp_path: Path) -> None:
    shelf = ProfileShelf(tmp_path / "stick" / "profiles")
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    _write(vault)
    (tmp_path / "stick").rename(tmp_path / "elsewhere")
    STEPS["append"](vault, f"zugvogelcanary {CANARY_HAN} unique99x", 0.9)
    held = snapshot(vault)
    with pytest.raises(VaultError) as caught:
        shelf.change_passphrase(new.profile, PHRASES[0], PHRASES[1], cost=CHEAP)
    assert caught.value.code == "profile_unknown"
    with pytest.raises(VaultError) as caught:
        shelf.unlock(new.profile, PHRASES[0])
    assert caught.value.code == "profile_unknown"
    vault.close()
    assert ProfileShelf(tmp_path / "stick" / "profiles").profiles() == []
    for root in (tmp_path / "elsewhere", tmp_path / "back"):
        if not root.exists():
            (tmp_path / "elsewhere").rename(root)
        vault = ProfileShelf(root / "profiles").unlock(new.profile, PHRASES[0])
        assert snapshot(vault) == held
        check_search(vault)
        vault.close()


@pytest.mark.skipif(sys.platform == "win32", reason="an open folder cannot be moved there")
def test_another_vault_in_the_place_of_an_open_one_is_not_harmed(tmp_path: Path) -> None:
    """A stick is changed for its twin while the space is open; then the space is locked."""
    shelf = ProfileShelf(tmp_path / "stick")
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    _write(vault)
    shutil.copytree(tmp_path / "stick", tmp_path / "twin")
    twin = snapshot(vault)
    STEPS["append"](vault, f"zugvogelcanary {CANARY_HAN} unique99x", 0.9)
    held = snapshot(vault)
    (tmp_path / "stick").rename(tmp_path / "first")
    (tmp_path / "twin").rename(tmp_path / "stick")
    vault.close()
    for root, expected in ((tmp_path / "first", held), (tmp_path / "stick", twin)):
        vault = ProfileShelf(root).unlock(new.profile, PHRASES[0])
        assert snapshot(vault) == expected, root.name
        vault.close()


def test_files_that_were_taken_away_are_missed_and_not_made_anew(tmp_path: Path) -> None:
    shelf = ProfileShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    vault.close()
    folder = tmp_path / "profiles" / new.profile.folder
    away = tmp_path / "away"
    away.mkdir()
    for name, code in (("vault.db", "vault_missing"), ("header.json", "vault_header_damaged")):
        taken = [path for path in folder.iterdir() if path.name.startswith(name)]
        for path in taken:
            path.rename(away / path.name)
        with pytest.raises(VaultError) as caught:
            shelf.unlock(new.profile, PHRASES[0])
        assert caught.value.code == code
        assert not [path for path in folder.iterdir() if path.name.startswith(name)]
        for path in taken:
            (away / path.name).rename(path)
    shelf.unlock(new.profile, PHRASES[0]).close()


SECOND = """
import sys
from pathlib import Path
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.profiles import ProfileShelf
shelf = ProfileShelf(Path(sys.argv[1]))
(profile,) = shelf.profiles()
for call in (lambda: shelf.unlock(profile, sys.argv[2]), lambda: shelf.delete(profile)):
    try:
        call()
        print("done")
    except VaultError as error:
        print(error.code)
"""


def test_a_second_process_is_kept_out_and_changes_nothing(tmp_path: Path) -> None:
    root = tmp_path / "profiles"
    _new, vault = ProfileShelf(root).create(PHRASES[0], cost=CHEAP)
    _write(vault)
    held = snapshot(vault)
    command = [sys.executable, "-c", SECOND, str(root), PHRASES[0]]
    second = subprocess.run(command, check=True, capture_output=True, text=True)
    assert second.stdout.split() == ["vault_busy", "vault_busy"]
    _write(vault)
    assert snapshot(vault) != held
    vault.close()
    second = subprocess.run(command, check=True, capture_output=True, text=True)
    assert second.stdout.split() == ["done", "vault_busy"]
