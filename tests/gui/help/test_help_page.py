"""Help now works with nothing behind it but data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
import segno
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QGuiApplication

from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.domain.settings import REGIONS, Language
from psylite_desktop.services.help import HelpService
from psylite_desktop.ui.pages.help.page import HelpPage
from psylite_desktop.ui.pages.help.qr_code import QUIET, QrCode, uri_of
from tests.gui.talk.talk_fakes import ASSETS, hotline, make_talk


@pytest.fixture
def talk(qapp):
    made = make_talk(qapp)
    yield made
    made.plain.change(language=Language.EN)
    made.context.app.language.deleteLater()
    made.context.app.theme.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def real_help():
    return HelpService(load_hotlines(ASSETS), CrisisTexts.load(ASSETS))


def show(qtbot, talk, **changes):
    """Open the page with neither engine nor vault nor models behind it."""
    nothing = cast("Any", None)
    app = replace(
        talk.context.app,
        engine=nothing,
        host=nothing,
        chat_bridge=nothing,
        profiles=nothing,
        models=nothing,
        **changes,
    )
    page = HelpPage(app)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    return page


def test_the_emergency_number_comes_first_and_all_can_be_copied(qtbot, talk):
    page = show(qtbot, talk)
    assert [view.number.text() for view in page.views] == ["120", "12356", "400-161-9995"]
    page.views[0].copy.click()
    assert QGuiApplication.clipboard().text() == "120"
    assert page.views[0].code.isVisible()
    assert "2026-10-01" in page.views[1].facts.text()
    assert "one source" in page.views[2].facts.text()


def test_without_a_region_it_asks_for_one(qtbot, talk):
    talk.plain.change(region="")
    page = show(qtbot, talk)
    assert page.notice.isVisible()
    assert not page.danger.isVisible()
    assert page.views == []
    page.region.setCurrentIndex(page.region.findData("cn"))
    page.region.activated.emit(page.region.currentIndex())
    assert talk.plain.current.region == "cn"
    assert page.danger.isVisible()
    assert not page.notice.isVisible()


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("language", list(Language))
def test_every_region_has_something_to_show(qtbot, talk, real_help, region, language):
    talk.plain.change(region=region, language=language)
    page = show(qtbot, talk, help=real_help)
    assert page.danger.isVisible()
    assert page.emergency.count() >= 1
    for view in page.views:
        assert view.number.text()
        assert view.name.text()
        assert view.facts.text()
        assert view.copy.accessibleName()
    page.grab()


def test_grounding_goes_step_by_step(qtbot, talk):
    page = show(qtbot, talk)
    assert page.grounding.count.text() == "1 of 2"
    assert not page.grounding.back.isEnabled()
    first = page.grounding.step.text()
    page.grounding.next.click()
    assert page.grounding.step.text() != first
    page.grounding.back.click()
    assert page.grounding.step.text() == first


def test_it_switches_language_live(qtbot, talk, qapp):
    page = show(qtbot, talk)
    talk.plain.change(language=Language.ZH)
    qapp.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    qtbot.waitUntil(lambda: page.title.text() == "马上求助")
    assert "心理援助热线" in page.views[1].name.text()
    assert page.views[0].copy.text() == "复制"


def test_the_painted_code_is_the_matrix(qtbot, talk):
    code = QrCode(talk.context.app.theme)
    qtbot.addWidget(code)
    code.show_line(hotline("12356"))
    code.resize(code.sizeHint())
    image = code.grab().toImage()
    matrix = segno.make("tel:12356", error="m", micro=False).matrix
    step = image.width() // (len(matrix) + 2 * QUIET)
    black = QColor("black")
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            middle = QPoint((x + QUIET) * step + step // 2, (y + QUIET) * step + step // 2)
            assert (image.pixelColor(middle) == black) == bool(is_dark)


def test_lines_reached_by_text_open_a_message():
    line = replace(hotline("741741"), dial="", sms="741741")
    assert uri_of(line) == "sms:741741"
    assert uri_of(hotline("12356")) == "tel:12356"
    assert uri_of(replace(line, sms="")) == ""
