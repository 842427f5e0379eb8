from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.theme.fonts import app_font


def test_english_quotation_marks_are_narrow_in_a_chinese_font(qapp: QApplication) -> None:
    if "Noto Sans CJK SC" not in QFontDatabase.families():
        pytest.skip("needs Noto Sans CJK SC")
    before = qapp.font()
    qapp.setFont(app_font("linux", Language.EN, pixel_size=20))
    widths = {}
    for language in Language:
        font: QFont = app_font("linux", language, pixel_size=20)
        font.setFamilies(["Noto Sans CJK SC"])
        widths[language] = QFontMetricsF(font).horizontalAdvance("“")
    qapp.setFont(before)
    assert widths[Language.EN] < 0.6 * 20
    assert widths[Language.ZH] > 0.9 * 20
