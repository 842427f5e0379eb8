"""Backups on screen: made, looked into, carried away, and brought back; by keyboard, zh and en."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.backup import Backup, BackupKind, Contents, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.backup.labels import size_text
from psylite_desktop.ui.pages.backup.page import BackupPage
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from psylite_desktop.ui.shell.window import MainWindow
from tests.fakes.app_context import PASSPHRASE, Desk
from tests.fakes.memory_vault import MemoryVault

NOW = 1_795_262_400.0


def press(button: QPushButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.fixture
def vault() -> MemoryVault:
    vault = MemoryVault()
    conversation = vault.conversations.start(NOW)
    vault.conversations.append(conversation, Message(role=Role.USER, text="室友", created_at=NOW))
    return vault


@pytest.fixture
def open_page(desk: Desk, qtbot: QtBot, vault: MemoryVault) -> Iterator[Callable[[], BackupPage]]:
    made: list[BackupPage] = []

    def make() -> BackupPage:
        page = BackupPage(PageContext(desk.context, desk.open_session(vault, False)))
        qtbot.addWidget(page)
        page.resize(900, 680)
        page.show()
        page.window().activateWindow()
        qtbot.waitUntil(lambda: page._is_loaded)
        made.append(page)
        return page

    yield make
    for page in made:
        page.leave()


@pytest.mark.parametrize("language", Language)
def test_one_is_made_and_looked_into(
    open_page: Callable[[], BackupPage], desk: Desk, qtbot: QtBot, language: Language
) -> None:
    desk.context.language.set(language)
    page = open_page()
    assert page.empty.isVisible()
    assert not page.heading.isVisible()
    press(page.make)
    qtbot.waitUntil(lambda: len(page.cards) == 1)
    assert page.notice.isVisible()
    assert not page.empty.isVisible()
    assert not page.progress.isVisible()
    card = page.cards[0]
    assert not card.restore.isVisible()
    assert "123 kB" in card.about.text()
    press(card.look)
    qtbot.waitUntil(card.restore.isVisible)
    assert "1" in card.inside.text()
    assert card.restore.hasFocus()
    with qtbot.waitSignal(page.rescue_requested) as asked:
        press(card.restore)
    assert asked.args[0] == RescueOrder(profile=page._service.profile, backup=card.backup)


def test_the_language_changes_in_place(
    open_page: Callable[[], BackupPage], desk: Desk, qtbot: QtBot
) -> None:
    page = open_page()
    press(page.make)
    qtbot.waitUntil(lambda: len(page.cards) == 1)
    before = page.back.text()
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(lambda: page.back.text() != before)
    assert "November" not in page.cards[0].when.text()


def test_a_full_disk_is_told_and_the_older_one_stays(
    open_page: Callable[[], BackupPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.backups.make(BackupKind.AUTO, now=NOW, day="2026-11-20", progress=Progress())
    page = open_page()
    vault.backups.failure = VaultError("vault_disk_full")
    press(page.make)
    qtbot.waitUntil(page.notice.isVisible)
    assert "disk is full" in page.notice.label.text()
    assert len(page.cards) == 1
    assert page.make.isEnabled()


def test_damage_leads_to_what_can_be_done(
    open_page: Callable[[], BackupPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    page = open_page()
    vault.backups.failure = VaultError("vault_damaged")
    press(page.make)
    qtbot.waitUntil(page.notice.isVisible)
    with qtbot.waitSignal(page.rescue_requested) as asked:
        press(page.notice.action)
    assert asked.args[0].code == "vault_damaged"
    assert asked.args[0].backup is None


def test_damaged_files_are_listed_and_not_offered(
    open_page: Callable[[], BackupPage], vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.backups.make(BackupKind.DAMAGED, now=NOW, day="2026-11-20", progress=Progress())
    page = open_page()
    qtbot.waitUntil(lambda: len(page.cards) == 1)
    assert not page.cards[0].look.isVisible()
    assert not page.cards[0].restore.isVisible()


def test_a_space_is_carried_away(
    open_page: Callable[[], BackupPage], vault: MemoryVault, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    press(page.carry)
    form = page.form
    assert form.isVisible()
    assert not form.first.isVisible()
    qtbot.keyClicks(form.secret.edit, PASSPHRASE)
    press(form.proceed)
    dialog = form.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    form.use_file(tmp_path / "mine")
    qtbot.waitUntil(page.notice.isVisible)
    assert vault.backups.exported == {tmp_path / "mine.psyvault": PASSPHRASE}
    assert not form.isVisible()
    assert form.secret.text == ""


def test_the_file_may_have_its_own_passphrase(
    open_page: Callable[[], BackupPage], vault: MemoryVault, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    press(page.carry)
    form = page.form
    qtbot.keyClicks(form.secret.edit, PASSPHRASE)
    form.other.box.click()
    assert form.first.isVisible()
    press(form.proceed)
    assert "Too short" in form.notice.label.text()
    qtbot.keyClicks(form.first.edit, "for the stick only")
    qtbot.keyClicks(form.second.edit, "for the stick onl")
    press(form.proceed)
    assert "not the same" in form.notice.label.text()
    qtbot.keyClicks(form.second.edit, "for the stick only")
    form.use_file(tmp_path / "mine.psyvault")
    qtbot.waitUntil(page.notice.isVisible)
    assert vault.backups.exported == {tmp_path / "mine.psyvault": "for the stick only"}


def test_a_wrong_passphrase_stays_in_the_form(
    open_page: Callable[[], BackupPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    press(page.carry)
    qtbot.keyClicks(page.form.secret.edit, "not this one")
    page.form.use_file(tmp_path / "mine.psyvault")
    qtbot.waitUntil(page.form.notice.isVisible)
    assert "does not fit" in page.form.notice.label.text()
    assert page.form.secret.edit.hasFocus()


def test_what_runs_can_be_stopped(
    open_page: Callable[[], BackupPage],
    vault: MemoryVault,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(*_args: object, progress: Progress, **_named: object) -> None:
        progress.total, progress.done = 100, 40
        while not progress.is_stopped:
            pass
        raise VaultError("cancelled")

    monkeypatch.setattr(vault.backups, "make", slow)
    page = open_page()
    press(page.make)
    assert page.progress.isVisible()
    qtbot.waitUntil(lambda: page.progress.share.text() == "40 %")
    assert not page.make.isEnabled()
    press(page.progress.stop_button)
    qtbot.waitUntil(lambda: not page.progress.isVisible())
    assert "Stopped" in page.notice.label.text()
    assert page.make.isEnabled()


def test_a_guest_is_told_that_there_is_nothing(desk: Desk, qtbot: QtBot) -> None:
    vault = desk.shelf.guest()
    page = BackupPage(PageContext(desk.context, desk.open_session(vault, True)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._is_loaded)
    assert "guest" in page.intro.text()
    assert not page.make.isVisible()
    assert not page.empty.isVisible()


def test_sizes_are_readable() -> None:
    assert [
        size_text(size) for size in (0, 999, 123_456, 1_234_567, 45_600_000, 3_000_000_000)
    ] == [
        "1 kB",
        "1 kB",
        "123 kB",
        "1.2 MB",
        "46 MB",
        "3.0 GB",
    ]


# -- on the unlock page


@pytest.fixture
def unlock(desk: Desk, qtbot: QtBot) -> UnlockPage:
    desk.new_profile()
    for number, kind in ((1, BackupKind.AUTO), (2, BackupKind.BEFORE), (3, BackupKind.DAMAGED)):
        backup = Backup(f"b{number}", number, "2026-11-20", NOW + number * 86_400, kind, 50_000)
        desk.shelf.kept[backup] = Contents((("messages", 40 + number),), NOW, 4)
    page = UnlockPage(desk.context)
    qtbot.addWidget(page, before_close_func=lambda p: p.discard())
    page.resize(900, 680)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    return page


def fail(page: UnlockPage, desk: Desk, qtbot: QtBot, code: str = "vault_damaged") -> None:
    """Open a damaged space, and press what the notice offers."""
    desk.shelf.failure = VaultError(code)
    page.profiles.cards[0].click()
    qtbot.keyClicks(page.passphrase.passphrase.edit, PASSPHRASE)
    qtbot.keyClick(page.passphrase.passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.passphrase.notice.isVisible)
    assert page.passphrase.notice.action.text() == "What can be done"
    press(page.passphrase.notice.action)
    qtbot.waitUntil(page.rescuer.choice.isVisible)


@pytest.mark.parametrize("code", ["vault_damaged", "vault_missing", "vault_header_damaged"])
def test_a_damaged_space_is_not_the_end(
    unlock: UnlockPage, desk: Desk, qtbot: QtBot, code: str
) -> None:
    fail(unlock, desk, qtbot, code)
    choice = unlock.rescuer.choice
    assert len(choice.cards) == 2
    assert "23" in choice.cards[0].text()
    assert choice.salvage.isVisible()
    assert not choice.secret.isVisible()
    assert choice.mend.isVisible() is (code == "vault_header_damaged")


def test_a_backup_is_seen_before_it_takes_the_place(
    unlock: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    fail(unlock, desk, qtbot)
    press(unlock.rescuer.choice.cards[0])
    preview = unlock.rescuer.preview
    assert preview.isVisible()
    assert not preview.replace.isVisible()
    assert preview.secret.text == PASSPHRASE
    press(preview.look)
    qtbot.waitUntil(preview.replace.isVisible)
    assert "Messages: 42" in preview.inside.text()
    assert desk.shelf.restored == []
    press(preview.replace)
    qtbot.waitUntil(unlock.rescuer.done.isVisible)
    assert desk.shelf.restored == [("teal-1", "b2")]
    assert preview.secret.text == ""
    press(unlock.rescuer.done.proceed)
    qtbot.waitUntil(unlock.profiles.isVisible)


def test_a_backup_can_become_a_space_of_its_own(
    unlock: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    fail(unlock, desk, qtbot)
    press(unlock.rescuer.choice.cards[1])
    press(unlock.rescuer.preview.look)
    qtbot.waitUntil(unlock.rescuer.preview.add.isVisible)
    press(unlock.rescuer.preview.add)
    qtbot.waitUntil(unlock.rescuer.done.isVisible)
    assert "Plum 9" in unlock.rescuer.done.sentence.text()


def test_another_passphrase_hides_what_was_seen(
    unlock: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    fail(unlock, desk, qtbot)
    press(unlock.rescuer.choice.cards[0])
    preview = unlock.rescuer.preview
    press(preview.look)
    qtbot.waitUntil(preview.replace.isVisible)
    qtbot.keyClicks(preview.secret.edit, "x")
    assert not preview.replace.isVisible()
    press(preview.look)
    qtbot.waitUntil(preview.notice.isVisible)
    assert "does not fit" in preview.notice.label.text()
    assert preview.secret.edit.hasFocus()


@pytest.mark.parametrize("language", Language)
def test_what_is_left_is_listed_with_what_is_lost(
    unlock: UnlockPage, desk: Desk, qtbot: QtBot, language: Language
) -> None:
    fail(unlock, desk, qtbot)
    desk.context.language.set(language)
    press(unlock.rescuer.choice.salvage)
    done = unlock.rescuer.done
    qtbot.waitUntil(done.isVisible)
    lines = [line.text() for line in done.lines]
    assert len(lines) == 2
    assert "40" in lines[0]
    assert "7, 8, 9" in lines[0]
    press(done.proceed)
    qtbot.waitUntil(lambda: len(unlock.profiles.cards) == 2)


def test_the_lock_comes_back_from_a_backup(unlock: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    fail(unlock, desk, qtbot, "vault_header_damaged")
    press(unlock.rescuer.choice.mend)
    qtbot.waitUntil(unlock.rescuer.done.isVisible)
    assert desk.shelf.failure is None


def test_a_file_becomes_a_space(unlock: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    assert unlock.profiles.file.text() == "Bring back a .psyvault file"
    unlock.rescuer.begin(RescueOrder(file=Path("/stick/PsyLite.psyvault")))
    preview = unlock.rescuer.preview
    assert preview.name.text() == "PsyLite.psyvault"
    press(preview.look)
    assert preview.secret.edit.hasFocus()
    qtbot.keyClicks(preview.secret.edit, PASSPHRASE)
    qtbot.keyClick(preview.secret.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(preview.add.isVisible)
    assert "Messages: 12" in preview.inside.text()
    assert not preview.replace.isVisible()
    press(preview.add)
    qtbot.waitUntil(unlock.rescuer.done.isVisible)
    assert "Moss 4" in unlock.rescuer.done.sentence.text()


def test_a_damaged_file_is_told(unlock: UnlockPage, qtbot: QtBot) -> None:
    unlock.rescuer.begin(RescueOrder(file=Path("/stick/damaged.psyvault")))
    preview = unlock.rescuer.preview
    qtbot.keyClicks(preview.secret.edit, PASSPHRASE)
    press(preview.look)
    qtbot.waitUntil(preview.notice.isVisible)
    assert "damaged or changed" in preview.notice.label.text()
    press(preview.back)
    qtbot.waitUntil(unlock.profiles.isVisible)


def test_the_dialog_for_a_file_opens(unlock: UnlockPage, qtbot: QtBot) -> None:
    press(unlock.profiles.file)
    dialog = unlock.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()


# -- in the window


def test_bringing_back_locks_first(
    window: MainWindow, open_profile: Callable[[], None], desk: Desk, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    vault = desk.shelf.vaults["teal-1"]
    backup = vault.backups.make(BackupKind.AUTO, now=NOW, day="2026-11-20", progress=Progress())
    desk.shelf.kept[backup] = Contents((("messages", 5),), NOW, 4)
    page = window.pages.show_page("backup")
    assert isinstance(page, BackupPage)
    qtbot.waitUntil(lambda: len(page.cards) == 1)
    press(page.cards[0].look)
    qtbot.waitUntil(page.cards[0].restore.isVisible)
    press(page.cards[0].restore)
    qtbot.waitUntil(lambda: vault.closed)
    assert window.is_locked
    preview = window.unlock_page.rescuer.preview
    qtbot.waitUntil(preview.isVisible)
    qtbot.keyClicks(preview.secret.edit, PASSPHRASE)
    press(preview.look)
    qtbot.waitUntil(preview.replace.isVisible)
    press(preview.replace)
    qtbot.waitUntil(window.unlock_page.rescuer.done.isVisible)
    assert desk.shelf.restored == [("teal-1", backup.name)]


def test_the_backup_of_the_day_is_made_by_itself(
    window: MainWindow, open_profile: Callable[[], None], desk: Desk, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    with qtbot.waitSignal(window.pages.notice.backup.made):
        window.pages.notice.backup.begin()
    assert len(desk.shelf.vaults["teal-1"].backups.held) == 1
    assert not window.pages.notice.isVisible()


def test_a_failed_backup_is_told_once(
    window: MainWindow, open_profile: Callable[[], None], desk: Desk, qtbot: QtBot
) -> None:
    open_profile()
    assert window.pages is not None
    desk.shelf.vaults["teal-1"].backups.failure = VaultError("vault_disk_full")
    window.pages.notice.backup.begin()
    notice = window.pages.notice.notice
    qtbot.waitUntil(notice.isVisible)
    assert "backup could not be made" in notice.label.text()
    assert "disk is full" in notice.label.text()
    press(notice.action)
    assert window.pages.current == "backup"
    assert not notice.isVisible()


def test_settings_lead_to_the_backups(window: MainWindow, open_profile: Callable[[], None]) -> None:
    open_profile()
    assert window.pages is not None
    settings = window.pages.show_page("settings")
    press(settings.links.buttons["backup"])
    assert window.pages.current == "backup"
    page = window.pages.show_page("backup")
    press(page.back)
    assert window.pages.current == "settings"


def test_a_space_of_a_newer_version_says_that_it_is_only_read(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    desk.new_profile().is_read_only = True
    page = window.unlock_page
    page.reset()
    qtbot.waitUntil(lambda: len(page.profiles.cards) == 1)
    page.profiles.cards[0].click()
    qtbot.keyClicks(page.passphrase.passphrase.edit, PASSPHRASE)
    page.passphrase.open.click()
    qtbot.waitUntil(lambda: window.pages is not None)
    assert window.pages is not None
    assert window.pages.notice.read_only.isVisible()
    assert "newer PsyLite" in window.pages.notice.read_only.text()
