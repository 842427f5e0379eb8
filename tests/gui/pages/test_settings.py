"""The settings page: built from the fields, applied at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.settings import Language, PlainSettings, PrivateSettings, Theme
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.settings.editors import ChoiceEditor
from psylite_desktop.ui.pages.settings.fields import NOT_SHOWN, PLAIN, PRIVATE
from psylite_desktop.ui.pages.settings.page import SettingsPage
from tests.fakes.app_context import Desk


@pytest.fixture
def page(page_context: PageContext, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(page_context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.profile_card.isEnabled)
    qtbot.waitUntil(lambda: page.editors["model"].models.count() == 4)
    return page


def _pick(editor: QComboBox, text: str) -> None:
    index = editor.findText(text)
    assert index >= 0, [editor.itemText(at) for at in range(editor.count())]
    editor.setCurrentIndex(index)
    editor.activated.emit(index)


def test_every_field_has_its_line() -> None:
    known = {field.name for kind in (PlainSettings, PrivateSettings) for field in fields(kind)}
    assert {line.field for line in (*PLAIN, *PRIVATE)} | NOT_SHOWN == known


def test_plain_settings_are_applied_at_once(page: SettingsPage, desk: Desk) -> None:
    _pick(page.editors["theme"], "Dark")
    _pick(page.editors["zoom"], "150 %")
    page.editors["reduce_motion"].box.click()
    assert desk.plain.current.theme is Theme.DARK
    assert desk.plain.current.zoom == 150
    assert desk.context.theme.reduce_motion


def test_language_is_live(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    _pick(page.editors["language"], "中文")
    qtbot.waitUntil(lambda: page.title.text() == "设置")
    assert desk.plain.current.language is Language.ZH
    _pick(page.editors["language"], "English")
    qtbot.waitUntil(lambda: page.title.text() == "Settings")


def test_private_settings_are_stored_and_told(
    page: SettingsPage, page_context: PageContext, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.private_settings_saved) as saved:
        _pick(page.editors["lock_after_min"], "10 min")
    assert saved.args[0].lock_after_min == 10
    with qtbot.waitSignal(page.private_settings_saved):
        page.editors["humor"].box.click()
    stored = page_context.session.vault.settings.load()
    assert (stored.lock_after_min, stored.humor) == (10, False)


def test_models_say_what_they_are(page: SettingsPage) -> None:
    models = page.editors["model"].models
    shown = [models.itemText(at) for at in range(models.count())]
    assert shown == [
        "Written replies (no model)",
        "PsyLite Nano (practice model)",
        "Qwen 1.7B",
        "broken: cannot be used",
    ]
    assert models.currentIndex() == 0
    assert "written beforehand" in page.editors["model"].note.text()
    assert not models.model().item(3).isEnabled()


def test_a_brought_model_is_tried_before_it_can_be_chosen(
    desk: Desk, page_context: PageContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.context.library, "is_trusted", lambda path: "qwen" not in path.name)
    page = SettingsPage(page_context)
    qtbot.addWidget(page)
    models = page.editors["model"].models
    qtbot.waitUntil(lambda: models.count() == 4)
    assert models.itemText(2) == "Qwen 1.7B: try it first, on the page Models"
    assert not models.model().item(2).isEnabled()
    assert models.model().item(1).isEnabled()
    assert models.model().item(0).isEnabled()


def test_a_chosen_model_is_used_next(page: SettingsPage, desk: Desk) -> None:
    _pick(page.editors["model"].models, "Qwen 1.7B")
    assert desk.plain.current.model == "qwen-1.7b"
    assert desk.host.used == [Path("/models/qwen-1.7b")]
    _pick(page.editors["model"].models, "PsyLite Nano (practice model)")
    assert desk.plain.current.model == "psylite-nano"
    assert desk.host.used[-1] == Path("/models/psylite-nano")
    assert not desk.host.is_without
    assert "make no sense" in page.editors["model"].note.text()


@pytest.mark.parametrize(
    ("language", "written", "word"),
    [
        (Language.EN, "Written replies (no model)", "written beforehand"),
        (Language.ZH, "写好的回复（不用模型）", "写好的句子"),
    ],
)
def test_written_replies_are_chosen_by_keyboard(
    page: SettingsPage, desk: Desk, qtbot: QtBot, language: Language, written: str, word: str
) -> None:
    desk.plain.change(model="psylite-nano", language=language)
    page.hide()
    page.show()
    editor = page.editors["model"]
    qtbot.waitUntil(lambda: editor.models.itemText(0) == written)
    assert editor.models.currentIndex() == 1
    editor.models.setFocus()
    QTest.keyClick(editor.models, Qt.Key.Key_Up)
    assert desk.plain.current.model == ""
    assert desk.host.is_without
    assert word in editor.note.text()
    qtbot.waitUntil(lambda: desk.host.warmed == 1)  # what it took of the memory is given back
    QTest.keyClick(editor.models, Qt.Key.Key_Down)
    assert desk.plain.current.model == "psylite-nano"
    assert not desk.host.is_without


def test_a_file_that_is_no_model_is_refused_with_the_reason(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    editor = page.editors["model"]
    editor.use_file(Path("/somewhere/photo.jpg"))
    qtbot.waitUntil(lambda: "not a model file" in editor.note.text())
    assert desk.plain.current.model == ""


def test_a_model_file_from_anywhere_can_be_used(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    editor = page.editors["model"]
    editor.use_file(Path("/usb/brought.gguf"))
    qtbot.waitUntil(lambda: desk.plain.current.model == "/usb/brought.gguf")
    assert editor.models.currentText() == "brought"


def test_a_model_that_does_not_fit_is_told_with_numbers(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    page.editors["model"].use_file(Path("/usb/huge.gguf"))
    qtbot.waitUntil(lambda: "5150 MB" in page.notice.label.text())
    assert "3500 MB" in page.notice.label.text()


def test_what_cannot_be_saved_is_told(
    page: SettingsPage, desk: Desk, page_context: PageContext, qtbot: QtBot
) -> None:
    page_context.session.vault.failure = VaultError("vault_disk_full")  # type: ignore[attr-defined]
    page.editors["humor"].box.click()
    qtbot.waitUntil(page.notice.isVisible)
    assert "disk is full" in page.notice.label.text()


def test_a_settings_file_that_cannot_be_written_is_told(
    page: SettingsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise PermissionError

    monkeypatch.setattr(desk.plain, "_store", fail)
    _pick(page.editors["theme"], "Dark")
    assert page.notice.isVisible()
    assert desk.context.theme.tokens.is_dark


def test_keys_and_page_agree_on_the_zoom(page: SettingsPage, desk: Desk) -> None:
    desk.plain.change(zoom=175)
    page.hide()
    page.show()
    assert page.editors["zoom"].currentText() == "175 %"


def test_a_value_beside_the_steps_is_shown_all_the_same(page: SettingsPage) -> None:
    editor = page.editors["lock_after_min"]
    assert isinstance(editor, ChoiceEditor)
    editor.show_value(7)
    assert editor.currentIndex() == -1
    assert editor.placeholderText() == "7 min"


def test_scrolling_past_a_choice_changes_nothing(
    page: SettingsPage, desk: Desk, qapp: QApplication
) -> None:
    editor = page.editors["theme"]
    before = editor.currentIndex()
    point = QPointF(editor.rect().center())
    turn = QWheelEvent(
        point,
        editor.mapToGlobal(point),
        point.toPoint(),
        (point * -10).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(editor, turn)
    assert editor.currentIndex() == before
