"""Scales: filled in by keyboard alone, help before the result, results that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import AgeBand, Language, PrivateSettings
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.scales import DAY_S, ScaleService
from psylite_desktop.services.screening import Screening
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.scales.page import ScalesPage
from psylite_desktop.ui.pages.talk.crisis_card import Part
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.shell.registry import PAGES
from tests.fakes.app_context import Desk
from tests.fakes.memory_vault import MemoryVault

NOW = 1_800_000_000.0
Open = Callable[[], ScalesPage]


@pytest.fixture
def vault() -> MemoryVault:
    vault = MemoryVault()
    vault.settings.save(PrivateSettings(welcomed=True, age_band=AgeBand.ADULT))
    return vault


@pytest.fixture
def context(desk: Desk, vault: MemoryVault) -> PageContext:
    """A session whose risk state is the real one."""
    clock = Clock(now=lambda: NOW)
    session = desk.open_session(vault, False)
    screening = Screening(cast("Any", None), vault.risk_state, clock)
    scales = ScaleService(
        texts=session.scales.texts,
        store=vault.scale_runs,
        drafts=vault.drafts,
        screening=screening,
        clock=clock,
    )
    corrections = CorrectionService(vault.corrections, screening, clock)
    session = replace(session, screening=screening, corrections=corrections, scales=scales)
    return PageContext(desk.context, session)


@pytest.fixture
def open_page(context: PageContext, qtbot: QtBot) -> Open:
    """Show the page over the vault, as often as asked."""

    def make() -> ScalesPage:
        page = ScalesPage(context)
        qtbot.addWidget(page, before_close_func=lambda w: w.leave())
        page.resize(900, 700)
        page.show()
        page.window().activateWindow()
        qtbot.waitExposed(page)
        qtbot.waitUntil(page.isActiveWindow)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.waitUntil(lambda: page.list.isAncestorOf(QApplication.focusWidget()))
        return page

    return make


def press(*keys: str | Qt.Key) -> None:
    """Press keys wherever the keyboard is."""
    for key in keys:
        where = QApplication.focusWidget()
        assert where is not None
        if isinstance(key, str):
            QTest.keyClicks(where, key)
        else:
            QTest.keyClick(where, key)


def begin(page: ScalesPage, scale_id: str) -> None:
    """Go to a scale by Tab and open it."""
    card = page.list.cards[scale_id]
    for _ in range(60):
        if card.isAncestorOf(QApplication.focusWidget()):
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)


def shows(page: ScalesPage, view: object) -> bool:
    return page.stack.currentWidget() is view


@pytest.mark.parametrize("language", Language)
def test_item_nine_brings_the_card_before_the_result(
    open_page: Open, vault: MemoryVault, desk: Desk, qtbot: QtBot, language: Language
) -> None:
    desk.plain.change(language=language, region="cn")
    page = open_page()
    begin(page, "phq9")
    assert page.questions.item.text() in (
        "做事时提不起劲或没有兴趣",
        "Little interest or pleasure in doing things",
    )
    press(*"00000000")
    assert page.crisis.surface is Surface.NONE
    press("1")
    card = page.crisis.card
    assert card.isVisible()
    assert QApplication.focusWidget() is card
    assert "12356" in card.accessibleDescription()
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert card.isVisible()
    assert QApplication.focusWidget() is card
    assert vault.risk_state.load().level is Level.CRISIS
    assert vault.risk_state.load().raised_at == NOW
    assert vault.scale_runs.runs()[0].score("total") == 1
    assert page.result.question.isVisible()
    press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert card.isVisible()
    assert card.part is Part.FIRST


@pytest.mark.parametrize("language", Language)
def test_the_card_gives_way_by_a_choice_and_help_stays(
    open_page: Open, desk: Desk, qtbot: QtBot, language: Language
) -> None:
    desk.plain.change(language=language, region="cn")
    page = open_page()
    begin(page, "phq9")
    press(*"000000003")
    card = page.crisis.card
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert not card.shrink.isVisible()
    for _ in range(20):
        if QApplication.focusWidget() is card.talk:
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    for _ in range(20):
        if QApplication.focusWidget() is card.shrink:
            break
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert page.crisis.surface is Surface.STRIP
    assert page.crisis.strip.isVisible()
    assert page.result.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)
    assert shows(page, page.list)
    assert page.crisis.strip.isVisible()


def test_the_card_says_what_it_went_by_and_takes_a_correction(
    open_page: Open, vault: MemoryVault, desk: Desk, qtbot: QtBot
) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    begin(page, "phq9")
    press(*"000000001")
    card = page.crisis.card
    qtbot.waitUntil(lambda: shows(page, page.result))
    card.misread.click()
    assert card.part is Part.WHY
    assert "better off dead" in card.why.quotes[0].text()
    assert "answer" in card.why.layers[0].text()
    card.why.misread.click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert vault.risk_state.load().level is Level.WATCH
    assert vault.corrections.corrections()[0].rules == ("scale.phq9.item9",)


def test_an_answer_taken_back_does_not_take_help_back(
    open_page: Open, vault: MemoryVault, desk: Desk
) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    begin(page, "phq9")
    page.questions.number = 9
    page.questions.reword(page.questions.scale)  # type: ignore[arg-type]
    page.questions.choices[1].click()
    assert page.crisis.card.isVisible()
    assert shows(page, page.questions)
    assert page.questions.missing.isVisible()
    page.questions.number = 9
    page.questions.reword(page.questions.scale)  # type: ignore[arg-type]
    page.questions.choices[0].click()
    assert page.crisis.card.isVisible()
    assert vault.risk_state.load().level is Level.CRISIS


def test_waiting_answers_about_danger_bring_help_when_they_are_scored(
    open_page: Open, vault: MemoryVault, context: PageContext, desk: Desk, qtbot: QtBot
) -> None:
    desk.plain.change(region="cn")
    context.session.scales.keep_progress("phq9", (None, 0, 0, 0, 0, 0, 0, 0, 2))
    page = open_page()
    qtbot.waitUntil(lambda: page.list.cards["phq9"].start.text() == "Go on")
    begin(page, "phq9")
    assert page.questions.number == 1
    press("0")
    for _ in range(8):
        page.questions.after.click()
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert page.crisis.card.isVisible()
    assert vault.risk_state.load().level is Level.CRISIS


def test_help_stays_where_the_disk_is_full(
    open_page: Open, vault: MemoryVault, desk: Desk, qtbot: QtBot
) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    begin(page, "phq9")
    press(*"00000000")
    vault.failure = VaultError("vault_disk_full")
    press("1")
    assert page.crisis.card.isVisible()
    qtbot.waitUntil(page.notice.isVisible)
    assert shows(page, page.questions)
    vault.failure = None
    page.questions.after.click()
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert page.crisis.card.isVisible()


def test_talk_learns_of_it(context: PageContext, desk: Desk, qtbot: QtBot) -> None:
    desk.plain.change(region="cn")
    talk = TalkPage(context)
    page = ScalesPage(context)
    for widget in (talk, page):
        qtbot.addWidget(widget, before_close_func=lambda w: w.leave())

    class Host:
        def made_page(self, page_id: str) -> TalkPage | None:
            return talk if page_id == "talk" else None

    spec = next(spec for spec in PAGES if spec.id == "scales")
    spec.connect(page, cast("Any", Host()))
    page.show()
    page._on_start_requested("phq9")
    for _ in range(9):
        page.questions.choices[1].click()
    qtbot.waitUntil(lambda: talk.crisis.surface is Surface.STRIP)


@pytest.mark.parametrize(
    ("scale_id", "keys", "score", "band"),
    [
        ("gad7", "2222200", "10 / 21", "moderate"),
        ("who5", "11111", "100 / 100", "not low"),  # key 1 is "All of the time": 5 points
        ("who5", "66666", "0 / 100", "low wellbeing"),
        ("phq2", "12", "3 / 6", "at or above the cut-off"),
    ],
)
def test_keys_answer_and_the_result_says_what_it_means(
    open_page: Open, qtbot: QtBot, scale_id: str, keys: str, score: str, band: str
) -> None:
    page = open_page()
    qtbot.waitUntil(lambda: not page._is_young)
    begin(page, scale_id)
    press(*keys)
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert page.result.parts[0].score.text() == f"{score} · {band}"
    assert page.result.parts[0].sentence.text()
    assert page.result.limits.text()
    assert not page.result.question.isVisible()
    assert QApplication.focusWidget() is page.result.parts[0]
    assert score in page.result.parts[0].accessibleName()
    assert page.crisis.surface is Surface.NONE


def test_dass_has_three_scores_and_asks_gently(
    open_page: Open, vault: MemoryVault, desk: Desk, qtbot: QtBot
) -> None:
    desk.plain.change(region="cn")
    page = open_page()
    begin(page, "dass21")
    press(*("0" * 20), "1")
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert [part.name.text() for part in page.result.parts] == [
        "Low mood (depression)",
        "Anxiety",
        "Stress",
    ]
    assert page.result.parts[0].score.text().startswith("2 / 42")  # 1 * 2
    assert QApplication.focusWidget() is page.result.parts[0]
    assert QApplication.activeWindow() is page
    assert "not wanting to live" in page.result.question.text()
    assert page.crisis.surface is Surface.STRIP
    assert vault.risk_state.load().level is Level.WATCH


def test_back_leave_and_resume(open_page: Open, vault: MemoryVault, qtbot: QtBot) -> None:
    page = open_page()
    begin(page, "gad7")
    press("1", "2")
    assert page.questions.number == 3
    press(Qt.Key.Key_Backspace)
    assert page.questions.number == 2
    assert page.questions.choices[2].isChecked()
    press("3", Qt.Key.Key_Escape)
    assert shows(page, page.list)
    assert vault.scale_runs.runs() == []
    again = open_page()
    qtbot.waitUntil(lambda: again.list.cards["gad7"].start.text() == "Go on")
    begin(again, "gad7")
    assert again.questions.answers == (1, 3, None, None, None, None, None)
    assert again.questions.number == 3


def test_open_answers_are_asked_for_before_there_is_a_score(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    begin(page, "phq2")
    page.questions.after.click()
    press("2")
    assert page.questions.missing.isVisible()
    assert page.questions.number == 1
    press("1")
    assert page.questions.choices[2].isChecked()
    page.questions.after.click()
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert page.result.parts[0].score.text().startswith("3 / 6")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("scale_id", ["sds", "sas", "who5", "dass21"])
def test_closed_scales_say_why_and_take_paper(
    open_page: Open, desk: Desk, language: Language, scale_id: str
) -> None:
    desk.plain.change(language=language)
    page = open_page()
    card = page.list.cards[scale_id]
    is_closed = language is Language.ZH or scale_id in ("sds", "sas")
    assert card.paper.isVisible() is is_closed
    assert card.start.isVisible() is not is_closed
    if is_closed:
        assert ("这里" if language is Language.ZH else "licence") in card.about.text()


def test_a_sum_from_paper_is_checked_and_kept(
    open_page: Open, vault: MemoryVault, qtbot: QtBot
) -> None:
    page = open_page()
    begin(page, "sds")
    field = page.paper.fields["total"]
    assert QApplication.focusWidget() is field
    assert field.accessibleName() == "Standard score, 25 to 100"
    press("7", Qt.Key.Key_Return)
    assert page.paper.wrong.isVisible()
    assert "25" in page.paper.wrong.text()
    press("0", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shows(page, page.result))
    (run,) = vault.scale_runs.runs()
    assert (run.score("total"), run.answers) == (70, ())
    assert page.result.when.text().startswith("From paper")


@pytest.fixture
def two_runs(vault: MemoryVault) -> list[ScaleRun]:
    return [
        vault.scale_runs.add(
            ScaleRun("phq9", at, "en", (("total", total),), (1,) * 8 + (0,)),
        )
        for at, total in ((NOW - 20 * DAY_S, 16), (NOW - 3 * DAY_S, 8))
    ]


@pytest.mark.usefixtures("two_runs")
def test_the_list_says_when_again_and_lets_it_be_done_anyway(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    card = page.list.cards["phq9"]
    qtbot.waitUntil(lambda: "8 / 27 · mild" in card.status.text())
    assert "14 days" in card.status.text()
    assert not card.start.isVisible()
    assert card.anyway.isVisible()
    card.anyway.click()
    assert shows(page, page.questions)


@pytest.mark.usefixtures("two_runs")
def test_a_change_of_five_points_is_more_than_chance(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    qtbot.waitUntil(page.list.cards["phq9"].results.isVisible)
    page.list.cards["phq9"].results.click()
    said = page.result.parts[0].change.text()
    assert said.startswith("8 points less than on")
    assert "more than chance, and for the better" in said
    assert page.result.table.rowCount() == 2
    assert page.result.table.item(1, 1).text() == "16 / 27"
    assert page.result.table.item(1, 2).text() == "moderately severe"


def test_results_are_copied_without_single_answers(
    open_page: Open, two_runs: list[ScaleRun], qtbot: QtBot
) -> None:
    del two_runs
    page = open_page()
    qtbot.waitUntil(page.list.cards["phq9"].results.isVisible)
    page.list.cards["phq9"].results.click()
    page.result.copy.click()
    copied = QGuiApplication.clipboard().text()
    lines = copied.splitlines()
    assert lines[0].startswith("PHQ-9")
    assert lines[1].endswith("8 / 27 · mild")
    assert lines[2].endswith("16 / 27 · moderately severe")
    assert "dead" not in copied


def test_a_deleted_result_can_be_taken_back(
    open_page: Open, vault: MemoryVault, two_runs: list[ScaleRun], qtbot: QtBot
) -> None:
    page = open_page()
    qtbot.waitUntil(page.list.cards["phq9"].results.isVisible)
    page.list.cards["phq9"].results.click()
    page.result.table.selectRow(1)
    page.result.table.setFocus()
    press(Qt.Key.Key_Delete)
    assert page.result.table.rowCount() == 1
    assert QApplication.focusWidget() is page.undo.action
    press(Qt.Key.Key_Space)
    assert page.result.table.rowCount() == 2
    assert vault.scale_runs.runs() == two_runs
    page.result.delete.click()
    page.hide()
    qtbot.waitUntil(lambda: vault.scale_runs.runs() == two_runs[:1])


def test_deleting_the_last_result_leads_back_to_the_list(
    open_page: Open, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.scale_runs.add(ScaleRun("gad2", NOW, "en", (("total", 2),), (1, 1)))
    page = open_page()
    qtbot.waitUntil(page.list.cards["gad2"].results.isVisible)
    page.list.cards["gad2"].results.click()
    page.result.delete.click()
    assert shows(page, page.list)
    assert not page.list.cards["gad2"].results.isVisible()
    page.undo.action.click()
    assert shows(page, page.result)


@pytest.mark.usefixtures("two_runs")
def test_young_people_get_no_word_for_how_severe(
    open_page: Open, vault: MemoryVault, qtbot: QtBot
) -> None:
    vault.settings.save(PrivateSettings(welcomed=True, age_band=AgeBand.UNDER_18))
    page = open_page()
    qtbot.waitUntil(page.list.cards["phq9"].results.isVisible)
    assert "8 / 27" in page.list.cards["phq9"].status.text()
    page.list.cards["phq9"].results.click()
    page.result.copy.click()
    seen = "\n".join(
        [
            page.list.cards["phq9"].status.text(),
            *(part.said for part in page.result.parts),
            QGuiApplication.clipboard().text(),
        ]
    )
    assert page.result.table.columnCount() == 2
    for word in ("minimal", "mild", "moderate", "severe"):
        assert word not in seen
    page._on_start_requested("gad7")
    for _ in range(7):
        page.questions.choices[3].click()
    qtbot.waitUntil(lambda: shows(page, page.result))
    assert "worth talking about with someone" in page.result.parts[0].sentence.text()


def test_the_language_changes_in_the_middle(open_page: Open, desk: Desk, qtbot: QtBot) -> None:
    page = open_page()
    begin(page, "phq9")
    press("1")
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(lambda: page.questions.item.text() == "感到心情低落、沮丧或绝望")
    assert page.questions.answers[0] == 1
    desk.context.language.set(Language.EN)
    qtbot.waitUntil(lambda: page.questions.item.text().startswith("Feeling down"))
    press(Qt.Key.Key_Escape)
    begin(page, "dass21")
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(lambda: page.list.cards["phq9"].about.text().startswith("最近"))
    assert page.questions.item.text() == "I found it hard to wind down"


def test_help_that_is_due_is_in_view_from_the_start(
    open_page: Open, context: PageContext, desk: Desk
) -> None:
    desk.plain.change(region="cn")
    scales = context.session.scales
    from psylite_desktop.services.scales import assessment_of

    found, _ = assessment_of(scales.texts.scale("phq9", "en"), (0,) * 8 + (1,))
    scales.take(found)
    page = open_page()
    assert page.crisis.surface is Surface.STRIP
