"""The calendar file is saved with the times and the words that were chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.calendar.page import CalendarPage
from psylite_desktop.ui.pages.settings.page import SettingsPage
from psylite_desktop.ui.pages.settings.times_editor import TimesEditor
from tests.fakes.app_context import Desk


@pytest.mark.parametrize("language", Language)
def test_it_is_saved_by_keyboard(
    desk: Desk, page_context: PageContext, qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    desk.plain.change(language=language)
    page_context.session.vault.settings.save(PrivateSettings(reminder_times=("07:30",)))
    page = CalendarPage(page_context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.times.times == ("07:30",))
    page.name.selectAll()
    QTest.keyClicks(page.name, "Tea; time")
    QTest.keyClick(page.times.add, Qt.Key.Key_Space)
    assert page.times.times == ("07:30", "20:00")
    page.save_to(tmp_path / "x.ics")
    qtbot.waitUntil(page.notice.isVisible)
    text = (tmp_path / "x.ics").read_text(encoding="utf-8")
    assert "SUMMARY:Tea\\; time" in text
    assert text.count("BEGIN:VEVENT") == 2
    with qtbot.waitSignal(page.back_requested):
        QTest.keyClick(page.name, Qt.Key.Key_Escape)


def test_a_folder_that_is_gone_is_told(
    page_context: PageContext, qtbot: QtBot, tmp_path: Path
) -> None:
    page = CalendarPage(page_context)
    qtbot.addWidget(page)
    page.show()
    page.save_to(tmp_path / "gone" / "x.ics")
    qtbot.waitUntil(page.notice.isVisible)
    assert "not there any more" in page.notice.label.text()


def test_times_are_edited_in_the_settings(page_context: PageContext, qtbot: QtBot) -> None:
    page = SettingsPage(page_context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.profile_card.isEnabled)
    editor = page.editors["reminder_times"]
    assert isinstance(editor, TimesEditor)
    assert not editor.remove.isEnabled()
    with qtbot.waitSignal(page.private_settings_saved) as saved:
        QTest.keyClick(editor.add, Qt.Key.Key_Space)
    assert saved.args[0].reminder_times == ("08:00", "20:00")
    with qtbot.waitSignal(page.private_settings_saved):
        page.editors["reminders"].box.click()
    with qtbot.waitSignal(page.private_settings_saved) as saved:
        QTest.keyClick(editor.remove, Qt.Key.Key_Space)
    assert len(saved.args[0].reminder_times) == 1
    stored = page_context.session.vault.settings.load()
    assert stored.reminders
    quiet = page.editors["quiet_from"]
    quiet.setCurrentIndex(quiet.findText("23:00"))
    with qtbot.waitSignal(page.private_settings_saved) as saved:
        quiet.activated.emit(quiet.currentIndex())
    assert saved.args[0].quiet_from == "23:00"


def test_an_odd_time_of_elsewhere_is_shown_as_it_is(qtbot: QtBot) -> None:
    editor = TimesEditor()
    qtbot.addWidget(editor)
    editor.show_value(["07:15", "nonsense", "07:15"])
    assert editor.times == ("07:15",)
