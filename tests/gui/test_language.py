"""Two languages: nothing untranslated, nothing that cannot be translated, switched live."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.language import read_ts
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from tests.fakes.app_context import ASSETS, Desk

UI = Path(__file__).parents[2] / "psylite_desktop" / "ui"
TS = ASSETS / "i18n" / "psylite_zh_CN.ts"
SOURCES = sorted(UI.rglob("*.py"))


def test_no_text_is_missing_or_unfinished(tmp_path: Path) -> None:
    copy = tmp_path / TS.name
    shutil.copyfile(TS, copy)
    lupdate = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if lupdate is None:
        pytest.skip("pyside6-lupdate is not installed here")
    subprocess.run(
        [lupdate, "-extensions", "py", str(UI), "-locations", "none", "-ts", str(copy)],
        check=True,
        capture_output=True,
    )
    unfinished = [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ElementTree.parse(copy).getroot().iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if (translation := message.find("translation")) is None
        or translation.get("type") == "unfinished"
        or not translation.text
    ]
    assert unfinished == []


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        (source, text)
        for (_context, source), text in read_ts(TS).items()
        if sorted(re.findall(r"{\w+}", source)) != sorted(re.findall(r"{\w+}", text))
    ]
    assert wrong == []


def test_chinese_speaks_plainly() -> None:
    for text in read_ts(TS).values():
        assert "您" not in text
        assert "！" not in text
        assert not re.search(r"加油|想开点|患者", text), text
        assert not re.search(r"[\u4e00-\u9fff][,.?!;:]", text), f"half-width mark: {text}"


def test_tr_gets_plain_strings() -> None:
    """An f-string is extracted with its braces but looked up with the values filled in."""
    assert len(SOURCES) > 100
    filled_in = [
        f"{path.relative_to(UI)}, line {node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "tr"
        and not isinstance(node.args[0], ast.Constant)
    ]
    assert filled_in == []


def test_switching_is_live_and_takes_qt_along(desk: Desk, qtbot: QtBot) -> None:
    language = desk.context.language
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    cancel = box.buttons()[0]
    assert cancel.text().replace("&", "") == "Cancel"
    with qtbot.waitSignal(language.changed):
        language.set(Language.ZH)
    qtbot.waitUntil(lambda: cancel.text() == "取消")
    assert profile_text("teal-2") == "青色 2"
    assert QLocale().language() == QLocale.Language.Chinese
    language.set(Language.EN)
    qtbot.waitUntil(lambda: cancel.text().replace("&", "") == "Cancel")
    assert profile_text("teal-2") == "Teal 2"


def test_an_unknown_text_stays_as_it_is(desk: Desk) -> None:
    desk.context.language.set(Language.ZH)
    assert QCoreApplication.translate("Nowhere", "a text nobody knows") == "a text nobody knows"


def test_a_broken_file_leaves_the_source_language(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ts"
    broken.write_text("<TS><context>", encoding="utf-8")
    assert read_ts(broken) == {}
    assert read_ts(tmp_path / "missing.ts") == {}


def test_the_choice_is_remembered(desk: Desk) -> None:
    desk.context.language.set(Language.ZH)
    assert desk.plain.current.language is Language.ZH
