"""What a person reads at the door where the disk, the folder or another window is in the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.settings import Language
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from tests.fakes.app_context import PASSPHRASE, Desk

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


@dataclass
class Door:
    """The unlock page in front of a real shelf with one profile."""

    page: UnlockPage
    root: Path
    shelf: ProfileShelf
    profile: Profile
    desk: Desk

    @property
    def folder(self) -> Path:
        return self.root / self.profile.folder

    def knock(self, qtbot: QtBot) -> str:
        """Type the passphrase; what the page says then, nothing where it opened."""
        opened: list[Any] = []
        self.page.session_opened.connect(opened.append)
        field = self.page.passphrase.passphrase
        field.clear()
        qtbot.keyClicks(field.edit, PASSPHRASE)
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(opened) or not self.page.busy.isVisible())
        for session in opened:
            session.vault.close()
        return "" if opened else self.page.passphrase.notice.label.text()


@pytest.fixture
def door(desk: Desk, qtbot: QtBot, tmp_path: Path) -> Door:
    root = tmp_path / "我的 stick" / "profiles"
    shelf = ProfileShelf(root)
    new, vault = shelf.create(PASSPHRASE, cost=CHEAP)
    vault.close()
    page = UnlockPage(replace(desk.context, profiles=cast(Any, shelf)))
    qtbot.addWidget(page, before_close_func=lambda p: p.discard())
    page.resize(900, 600)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    page.profiles.cards[0].click()
    return Door(page, root, shelf, new.profile, desk)


@pytest.mark.parametrize("language", list(Language))
def test_a_space_that_is_open_elsewhere(door: Door, qtbot: QtBot, language: Language) -> None:
    door.desk.context.language.set(language)
    elsewhere = door.shelf.unlock(door.profile, PASSPHRASE)
    said = door.knock(qtbot)
    assert {"en": "open in another window", "zh": "另一个"}[language] in said
    elsewhere.close()
    assert door.knock(qtbot) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="moves an open folder")
def test_a_stick_that_was_pulled_out_can_be_put_back(door: Door, qtbot: QtBot) -> None:
    away = door.root.parent.with_name("away")
    door.root.parent.rename(away)
    said = door.knock(qtbot)
    assert "not here any more" in said
    assert "connect that and try again" in said
    assert not door.root.exists()  # nothing is made in its place
    away.rename(door.root.parent)
    assert door.knock(qtbot) == ""


def test_a_file_that_was_moved_away(door: Door, qtbot: QtBot) -> None:
    (door.folder / "vault.db").rename(door.root / "vault.db")
    assert "may have been moved or deleted" in door.knock(qtbot)
    assert not (door.folder / "vault.db").exists()
    (door.root / "vault.db").rename(door.folder / "vault.db")
    assert door.knock(qtbot) == ""


@pytest.mark.parametrize("name", ["vault.db", "header.json"])
def test_damage_is_told_from_a_wrong_passphrase(door: Door, qtbot: QtBot, name: str) -> None:
    for path in door.folder.glob(f"{name}*"):
        path.write_bytes(path.read_bytes()[:-100] + bytes(100))
    if name == "vault.db":
        (door.folder / name).write_bytes(bytes(4096))
    said = door.knock(qtbot)
    assert "damaged" in said
    assert "Your passphrase is not the reason" in said


@pytest.fixture
def write_protected(door: Door) -> Iterator[Callable[[bool], None]]:
    """Makes the folder of the spaces read-only, or writable again."""

    def mount(*options: str) -> bool:
        command = ["mount", *options, str(door.root)]
        try:
            return subprocess.run(command, check=False, capture_output=True).returncode == 0
        except FileNotFoundError:
            return False

    if sys.platform != "linux" or not mount("--bind", str(door.root)):
        pytest.skip("mounting is not allowed here")
    yield lambda on: cast(None, mount("-o", f"remount,bind,{'ro' if on else 'rw'}"))
    subprocess.run(["umount", "-l", str(door.root)], check=True)


def test_a_write_protected_stick(
    door: Door, qtbot: QtBot, write_protected: Callable[[bool], None]
) -> None:
    write_protected(True)
    said = door.knock(qtbot)
    assert "may not write here" in said
    assert "write-protected" in said
    write_protected(False)
    assert door.knock(qtbot) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="has other limits")
def test_a_path_that_is_too_long(door: Door, qtbot: QtBot, tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 240) / ("b" * 240)
    deep.mkdir(parents=True)
    home = door.root.parent
    home.rename(deep / "stick")
    home.symlink_to(deep / "stick", target_is_directory=True)
    assert "too long" in door.knock(qtbot)
    home.unlink()
    (deep / "stick").rename(home)
    assert door.knock(qtbot) == ""
