"""From the card and the strip to the plan and the protocol page, and back to the card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from psylite_desktop.domain.safety_plan import PlanStep
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.shell.pages_view import PagesView


@pytest.fixture
def pages(talk, qtbot):
    """The pages of an open profile, Talk in front."""
    view = PagesView(talk.context)
    qtbot.addWidget(view)
    view.resize(1024, 680)
    view.show()
    view.activateWindow()
    view.show_page("talk")
    qtbot.waitUntil(lambda: not view.made_page("talk").presenter.is_opening)
    yield view
    view.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(pages):
    return pages.made_page("talk")


def say(page, qtbot, text):
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def tab_to(qapp, target):
    for _ in range(25):
        if qapp.focusWidget() is target:
            return
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not reach {target}")


@pytest.mark.parametrize(
    ("language", "plan", "protocol"),
    [
        (Language.EN, "My plan", "How I listen for danger"),
        (Language.ZH, "我的计划", "我怎样留意危险"),
    ],
)
def test_the_card_names_both_ways(page, talk, qtbot, qapp, language, plan, protocol):
    talk.plain.change(language=language)
    say(page, qtbot, "level2")
    card = page.crisis.card
    qtbot.waitUntil(lambda: card.plan.text() == plan)
    assert card.protocol.text() == protocol
    assert page.crisis.strip.plan.text() == plan


def test_in_an_emergency_the_plan_opens_and_the_card_comes_back(pages, page, talk, qtbot, qapp):
    say(page, qtbot, "level3")
    card, cover = page.crisis.card, page.crisis.cover
    assert cover.isVisible()
    assert not card.shrink.isVisible()
    tab_to(qapp, card.plan)
    QTest.keyClick(card.plan, Qt.Key.Key_Space)
    assert pages.current == "plan"
    assert not cover.isVisible()
    plan = pages.made_page("plan")
    assert plan.back.isVisible()
    assert "120" in plan.number_label.text()
    qtbot.waitUntil(lambda: plan.keeper.is_loaded)
    editor = plan.fields[PlanStep.REASON].editor
    assert qapp.focusWidget() is editor
    QTest.keyClicks(editor, "my cat")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert pages.current == "talk"
    assert cover.isVisible()
    assert page.crisis.surface is Surface.COVER
    # A choice was made, so the card may now give way step by step.
    assert card.shrink.isVisible()
    qtbot.waitUntil(lambda: cover.isAncestorOf(qapp.focusWidget()))
    QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert cover.isAncestorOf(qapp.focusWidget())
    qtbot.waitUntil(lambda: [e.text for e in talk.vault.safety_plan.entries()] == ["my cat"])


def test_other_pages_lead_back_to_the_cover_too(pages, page, qtbot):
    say(page, qtbot, "level3")
    page.crisis.card.plan.click()
    pages.show_page("help")
    assert not page.crisis.cover.isVisible()
    pages.show_page("talk")
    assert page.crisis.cover.isVisible()


def test_the_strip_leads_to_the_plan(pages, page, qtbot, qapp):
    say(page, qtbot, "level1")
    strip = page.crisis.strip
    strip.plan.setFocus()
    QTest.keyClick(strip.plan, Qt.Key.Key_Space)
    assert pages.current == "plan"
    QTest.keyClick(pages.made_page("plan"), Qt.Key.Key_Escape)
    assert pages.current == "talk"
    assert strip.isVisible()


@pytest.mark.parametrize("word", ["level2", "level3"])
def test_the_small_print_leads_to_the_protocol_page(pages, page, qtbot, qapp, word):
    say(page, qtbot, word)
    card = page.crisis.card
    tab_to(qapp, card.protocol)
    QTest.keyClick(card.protocol, Qt.Key.Key_Space)
    assert pages.current == "protocol"
    protocol = pages.made_page("protocol")
    assert qapp.focusWidget() is protocol.back
    QTest.keyClick(protocol.back, Qt.Key.Key_Space)
    assert pages.current == "talk"
    assert card.isVisible()
    # Reading about it is no choice: the card stays pinned.
    assert not card.shrink.isVisible()


def test_corrections_of_the_talk_are_counted_there(pages, page, talk, qtbot):
    say(page, qtbot, "level2")
    page.crisis.card.misread.click()
    page.crisis.card.why.misread.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    protocol = pages.show_page("protocol")
    qtbot.waitUntil(lambda: protocol.corrections.label.text() == "One correction is kept.")


def test_the_order_of_tab_on_the_card(page, qtbot, qapp):
    """Help first, in the order of sight; the small print last before the second number."""
    say(page, qtbot, "level2")
    card = page.crisis.card
    card.announce()
    seen = []
    for _ in range(12):
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        if not card.isAncestorOf(qapp.focusWidget()):
            break
        seen.append(qapp.focusWidget())
    ways = [card.danger, card.talk, card.trusted, card.plan, card.stay]
    small = [card.not_me, card.misread, card.protocol]
    assert seen == [card.first.copy, *ways, *small, card.second.copy]
