"""Switching the theme while a window is open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language, Theme
from psylite_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT
from psylite_desktop.ui.widgets.text import Paragraph
from tests.fakes.app_context import ASSETS, Desk


def test_a_chosen_theme_is_worn_at_once(desk: Desk, qtbot: QtBot, qapp: QApplication) -> None:
    theme = desk.context.theme
    with qtbot.waitSignal(theme.changed):
        desk.plain.change(theme=Theme.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().window().color().name().upper() == DARK.page
    desk.plain.change(theme=Theme.HIGH_CONTRAST)
    assert theme.tokens is HIGH_CONTRAST


def test_the_system_decides_where_nothing_is_chosen(desk: Desk) -> None:
    desk.plain.change(theme=Theme.SYSTEM)
    assert desk.context.theme.tokens in (LIGHT, DARK)


def test_zoom_changes_the_size_of_text(desk: Desk, qapp: QApplication) -> None:
    desk.plain.change(zoom=200)
    assert qapp.font().pixelSize() == 30
    assert desk.context.theme.sizes.column == 1200


def test_other_settings_leave_the_theme_alone(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.context.theme.changed):
        desk.plain.change(region="hk", model="x")


def test_reduced_motion_is_told(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.context.theme.changed):
        desk.plain.change(reduce_motion=True)
    assert desk.context.theme.reduce_motion


def test_chinese_font_comes_first_in_chinese(desk: Desk, qapp: QApplication) -> None:
    desk.plain.change(language=Language.ZH)
    chinese_first = qapp.font().families()
    desk.plain.change(language=Language.EN)
    assert set(chinese_first) == set(qapp.font().families())
    assert chinese_first != qapp.font().families()


def test_controls_get_their_images_in_every_scheme(desk: Desk, qapp: QApplication) -> None:
    for theme in (Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST):
        desk.plain.change(theme=theme)
        assert f"/{theme.value}/check.svg" in qapp.styleSheet()


def test_paragraphs_have_more_room_between_lines_in_chinese(desk: Desk, qtbot: QtBot) -> None:
    paragraph = Paragraph()
    qtbot.addWidget(paragraph)
    paragraph.setText("一行字")
    chinese = paragraph.heightForWidth(500)
    paragraph.setText("a line")
    assert chinese > paragraph.heightForWidth(500) >= paragraph.fontMetrics().height()
    paragraph.setText("a line\nand another")
    assert paragraph.heightForWidth(500) > 3 * paragraph.font().pixelSize()


LAST_WORDS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.ui.theme.switch import ThemeSwitch
app = QApplication([])
theme = ThemeSwitch(app, PlainSettingsService(None), Path(sys.argv[1]))
print(sum(1 for _ in Path(sys.argv[2]).rglob("*.svg")))
sys.exit(0)
"""


def test_nothing_stays_in_the_folder_for_temporary_files(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LAST_WORDS, str(ASSETS), str(tmp_path)],
        env=os.environ | {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert int(done.stdout) > 0  # they were there
    assert list(tmp_path.iterdir()) == []
