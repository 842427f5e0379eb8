"""Insights: this month first, one chart after the other, all of it by keyboard and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.insights import Period
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import AgeBand, Language, Theme
from psylite_desktop.evaluation.sample_days import moment
from psylite_desktop.ui.charts.card import ChartCard
from psylite_desktop.ui.pages.insights.page import InsightsPage
from psylite_desktop.ui.pages.insights.section import ChartSection
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.shell import registry
from psylite_desktop.ui.shell.pages_view import PagesView
from tests.gui.talk.talk_fakes import Talk

Key = Qt.Key
TAB = Qt.FocusPolicy.TabFocus
Note = Callable[..., CheckIn]
Open = Callable[[], InsightsPage]


def today(talk: Talk) -> date:
    return talk.context.session.check_ins.today()


def opened(section: ChartSection, qtbot: QtBot) -> ChartCard:
    """Open a section by its button and wait until it is drawn."""
    section.header.setFocus()
    QTest.keyClick(section.header, Key.Key_Space)
    assert section.card is not None
    card = section.card
    qtbot.waitUntil(lambda: card.sentence.text() != "")
    if card.insights is not None and not card.missing(card.insights):
        qtbot.waitUntil(lambda: card.picture is not None)
    return card


def cells(card: ChartCard) -> list[list[str]]:
    model = card.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def run(talk: Talk, back: int, before: int, after: int) -> None:
    at = moment(today(talk) - timedelta(days=back), 20)
    made = ExerciseRun(
        "breath-box",
        "en",
        (BEFORE, AFTER),
        {BEFORE: before, AFTER: after},
        at,
        at,
        finished_at=at,
    )
    talk.vault.exercise_runs.save(made)


def test_an_empty_page_says_one_sentence_and_leads_to_check_in(
    open_page: Open, qtbot: QtBot
) -> None:
    page = open_page()
    assert page.empty.sentence.text().startswith("Nothing here yet.")
    assert not page.overview.isVisible()
    qtbot.waitUntil(page.empty.action.hasFocus)
    with qtbot.waitSignal(page.check_in_requested):
        QTest.keyClick(page.empty.action, Key.Key_Space)


@pytest.mark.parametrize(
    ("language", "count", "word"),
    [(Language.EN, "3 of the last 14 days", "Good"), (Language.ZH, "", "还不错")],
)
def test_the_last_two_weeks_are_counted_without_a_row(
    talk: Talk, note: Note, open_page: Open, language: Language, count: str, word: str
) -> None:
    talk.plain.change(language=language)
    for back in (0, 3, 9, 30):
        note(back, 4)
    page = open_page()
    assert count in page.overview.recent.text()
    assert word in page.overview.recent.text()
    assert page.overview.calendar.grid.hasFocus()


def test_nobody_is_told_how_long_they_were_away(note: Note, open_page: Open) -> None:
    note(40, 2)
    text = open_page().overview.recent.text()
    assert text == "Good that you are here. Earlier days are all still there."


def test_arrows_move_over_days_and_enter_opens_one(
    talk: Talk, note: Note, open_page: Open, qtbot: QtBot
) -> None:
    note(0, 3)
    note(1, 1, backfilled=True)
    grid = open_page().overview.calendar.grid
    assert grid.accessibleDescription().endswith(": So-so")
    QTest.keyClick(grid, Key.Key_Left)
    assert grid.accessibleDescription().endswith(": Very low; added later")
    QTest.keyClick(grid, Key.Key_Up)
    assert grid.accessibleDescription().endswith(": no check-in")
    QTest.keyClick(grid, Key.Key_PageDown)
    assert grid.cursor_day == today(talk), "nobody stands on a day to come"
    QTest.keyClick(grid, Key.Key_Left)
    with qtbot.waitSignal(grid.day_opened) as caught:
        QTest.keyClick(grid, Key.Key_Return)
    assert caught.args == [(today(talk) - timedelta(days=1)).isoformat()]


def test_the_month_before_is_one_key_away(talk: Talk, note: Note, open_page: Open) -> None:
    note(0, 3)
    calendar = open_page().overview.calendar
    before = calendar.shown.text()
    assert not calendar.after.isEnabled()
    QTest.keyClick(calendar.grid, Key.Key_PageUp)
    assert calendar.shown.text() != before
    assert "nothing noted" in calendar.sentence.text()
    calendar.after.click()
    assert calendar.shown.text() == before


def test_a_day_opens_in_check_in(talk: Talk, note: Note, qtbot: QtBot) -> None:
    note(20, 2, note="a long way")
    view = PagesView(talk.context, specs=registry.PAGES)
    qtbot.addWidget(view)
    view.resize(1024, 680)
    view.show()
    page = view.show_page("insights")
    assert isinstance(page, InsightsPage)
    qtbot.waitUntil(page.overview.isVisible)
    page.day_requested.emit((today(talk) - timedelta(days=20)).isoformat())
    assert view.current == "checkin"
    checkin = view.made_page("checkin")
    qtbot.waitUntil(lambda: [row.note.text() for row in checkin.entries.rows] == ["a long way"])
    view.leave()


def test_a_year_lies_in_twelve_rows(talk: Talk, note: Note, open_page: Open, qtbot: QtBot) -> None:
    note(0, 5)
    note(400, 1)
    page = open_page()
    card = opened(page.year, qtbot)
    assert card.sentence.text().startswith(f"{today(talk).year}: one day noted")
    grid = card.grid
    grid.setFocus()
    QTest.keyClick(grid, Key.Key_PageUp)
    assert grid.year == today(talk).year - 1
    assert str(grid.year) in card.unit_line.text()
    with qtbot.waitSignal(page.day_requested):
        QTest.keyClick(grid, Key.Key_Return)


def test_few_days_say_what_is_missing(note: Note, open_page: Open, qtbot: QtBot) -> None:
    note(0, 3)
    page = open_page()
    card = opened(page.sections["line"], qtbot)
    assert card.sentence.text() == "2 more days with a check-in, and this can be drawn."
    assert not card.save.isVisible()
    assert not card.as_table.isVisible()
    together = opened(page.sections["together"], qtbot)
    assert together.sentence.text().startswith("Not enough yet")
    assert opened(page.sections["scales"], qtbot).sentence.text().startswith("After a scale")


def test_the_line_reads_day_by_day(note: Note, open_page: Open, qtbot: QtBot) -> None:
    for back in range(12):
        note(back, 2 if back > 5 else 4, backfilled=back == 0)
    card = opened(open_page().sections["line"], qtbot)
    assert "ends higher than it began" in card.sentence.text()
    plot = card.picture
    plot.setFocus()
    QTest.keyClick(plot, Key.Key_End)
    assert plot.reading.text().endswith("4.0; 7-day mean 3.7; added later")
    QTest.keyClick(plot, Key.Key_Home)
    assert plot.reading.text().endswith(": 2.0")
    QTest.keyClick(plot, Key.Key_Right)
    assert plot.accessibleDescription() == plot.reading.text()


def test_a_table_says_the_same(note: Note, open_page: Open, qtbot: QtBot) -> None:
    for back in range(8):
        note(back, 3)
    card = opened(open_page().sections["weekdays"], qtbot)
    card.as_table.setFocus()
    QTest.keyClick(card.as_table, Key.Key_Space)
    assert card.table.isVisible()
    assert not card.picture.isVisible()
    assert cells(card)[0][0] == "Monday"
    assert sum(int(row[3]) for row in cells(card)) == 8
    index = card.table.model().index(0, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Mean mood: 3.0"
    assert card.table.accessibleName() == "Days of the week, as a table"


def test_hours_leave_out_what_was_added_later(note: Note, open_page: Open, qtbot: QtBot) -> None:
    for back in range(7):
        note(back, 3, hour=8)
        note(back, 5, hour=22, backfilled=True)
    card = opened(open_page().sections["hours"], qtbot)
    assert [row[3] for row in cells(card) if row[3] != "0"] == ["7"]


def test_what_went_together_never_says_why(
    talk: Talk, note: Note, open_page: Open, qtbot: QtBot
) -> None:
    for back in range(14):
        note(back, 5 if back < 6 else 2, tags=("<b>guitar</b>",) if back < 6 else ())
    page = open_page()
    card = opened(page.sections["together"], qtbot)
    said = card.sentence.text()
    assert "<b>guitar</b>" in said, "own words stand as they are"
    assert "went together with a higher mood: 5.0 on 6 days, 2.0 on the 8 days without" in said
    assert "Which came first, this cannot say." in said
    rows = {row[0]: row for row in cells(card)}
    assert rows["<b>guitar</b>"][1:5] == ["6", "5.0", "8", "2.0"]


def test_exercises_and_words(talk: Talk, note: Note, open_page: Open, qtbot: QtBot) -> None:
    note(0, 2, feelings=("tired",))
    note(1, 2, feelings=("tired",))
    run(talk, 1, 8, 3)
    run(talk, 2, 5, 6)
    page = open_page()
    card = opened(page.sections["exercises"], qtbot)
    assert card.sentence.text() == (
        "Rated before and after: 2×. Lighter afterwards: 1×, heavier: 1×, the same: 0×."
    )
    assert cells(card)[0][1:] == ["2", "6.5", "4.5", "1", "1"]
    words = opened(page.sections["feelings"], qtbot)
    assert cells(words)[0][1] == "2"


@pytest.mark.parametrize(("age", "has_words"), [(AgeBand.ADULT, True), (AgeBand.UNDER_18, False)])
def test_young_people_get_no_words_for_how_severe(
    talk: Talk, note: Note, open_page: Open, qtbot: QtBot, age: AgeBand, has_words: bool
) -> None:
    settings = talk.vault.settings
    settings.save(replace(settings.load(), age_band=age))
    for back, points in ((30, 20), (1, 12)):
        at = moment(today(talk) - timedelta(days=back), 12)
        talk.vault.scale_runs.add(ScaleRun("phq9", at, "en", (("total", points),)))
    page = open_page()
    qtbot.waitUntil(lambda: page._is_young is not has_words)
    page.period.buttons[Period.DAYS_90].click()
    card = opened(page.sections["scales"], qtbot)
    qtbot.waitUntil(lambda: len(cells(card)) == 2)
    assert ("moderate" in str(cells(card)).lower()) is has_words
    assert "no diagnosis" in card.sentence.text()
    plot = card.picture
    plot.setFocus()
    QTest.keyClick(plot, Key.Key_Home)
    assert ("severe" in plot.reading.text().lower()) is has_words


def test_one_period_for_all_charts(note: Note, open_page: Open, qtbot: QtBot) -> None:
    for back in range(0, 60, 5):
        note(back, 3)
    page = open_page()
    card = opened(page.sections["line"], qtbot)
    assert len(cells(card)) == 6
    everything = page.period.buttons[Period.ALL]
    everything.setFocus()
    QTest.keyClick(everything, Key.Key_Space)
    qtbot.waitUntil(lambda: len(cells(card)) == 12)


@pytest.mark.parametrize("suffix", [".png", ".svg"])
@pytest.mark.parametrize("section", ["year", "line"])
def test_a_picture_is_saved_whole(
    note: Note, open_page: Open, qtbot: QtBot, tmp_path: Path, suffix: str, section: str
) -> None:
    for back in range(10):
        note(back, 1 + back % 5)
    page = open_page()
    card = opened(page.year if section == "year" else page.sections[section], qtbot)
    path = tmp_path / f"chart{suffix}"
    path.write_bytes(b"older")
    card.save_to(path)
    qtbot.waitUntil(lambda: path.read_bytes() != b"older")
    qtbot.waitUntil(card.notice.isVisible)
    assert card.notice.label.text().startswith("Saved.")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    if suffix == ".svg":
        text = path.read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own file
        assert card.name() in text
        assert card.sentence.text().split(";")[0][:20] in text
    else:
        image = QImage(str(path))
        assert image.width() > card.picture.width()


def test_a_picture_that_cannot_be_saved_says_why(
    note: Note, open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    for back in range(4):
        note(back, 3)
    card = opened(open_page().sections["line"], qtbot)
    card.save_to(tmp_path / "chart.jpg")
    assert card.notice.label.text() == "Pictures are saved as PNG or SVG. Choose one of these."
    card.save_to(tmp_path / "missing" / "chart.png")
    qtbot.waitUntil(lambda: card.notice.label.text().startswith("Reading or writing"))
    assert list(tmp_path.iterdir()) == []


def test_the_save_button_asks_where(note: Note, open_page: Open, qtbot: QtBot) -> None:
    for back in range(4):
        note(back, 3)
    card = opened(open_page().sections["line"], qtbot)
    card.save.setFocus()
    QTest.keyClick(card.save, Key.Key_Space)
    qtbot.waitUntil(lambda: bool(card.findChildren(QFileDialog)))
    dialog = card.findChildren(QFileDialog)[0]
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.selectedFiles()[0].split("/")[-1].startswith("mood-line-")
    dialog.reject()


def test_language_and_colours_change_while_charts_are_open(
    talk: Talk, note: Note, open_page: Open, qtbot: QtBot
) -> None:
    for back in range(9):
        note(back, 3)
    page = open_page()
    card = opened(page.sections["weekdays"], qtbot)
    before = card.grab().toImage()
    talk.plain.change(theme=Theme.HIGH_CONTRAST, zoom=150)
    qtbot.waitUntil(lambda: card.grab().toImage() != before)
    assert cells(card)[0][0] == "Monday"
    talk.plain.change(language=Language.ZH)
    qtbot.waitUntil(lambda: cells(card)[0][0] == "星期一")
    assert page.overview.recent.text() != ""


def test_a_locked_vault_is_said(
    talk: Talk, note: Note, open_page: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(0, 3)
    page = open_page()

    def fail(*_args: object) -> None:
        raise VaultError("vault_io")

    monkeypatch.setattr(talk.vault.check_ins, "between", fail)
    page.reload()
    qtbot.waitUntil(page.notice.isVisible)
    assert page.overview.isVisible(), "what was read before stays"


def test_charts_that_cannot_be_drawn_stay_tables(note: Note, open_page: Open, qtbot: QtBot) -> None:
    for back in range(9):
        note(back, 3)
    page = open_page()
    card = opened(page.sections["weekdays"], qtbot)
    page.kit.library.failed.emit()
    assert card.table.isVisible()
    assert not card.picture.isVisible()
    assert QApplication.focusWidget() is not None


def test_tab_visits_an_opened_chart_right_after_its_button(
    note: Note, open_page: Open, qtbot: QtBot
) -> None:
    for back in range(9):
        note(back, 3)
    page = open_page()
    calendar = page.overview.calendar
    card = opened(page.sections["line"], qtbot)
    visited = []
    widget = calendar.before
    while widget is not page.sections["weekdays"].header:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & TAB:
            visited.append(widget)
        widget = widget.nextInFocusChain()
    assert visited == [
        calendar.before,
        calendar.grid,
        calendar.as_table,
        calendar.save,
        page.year.header,
        *page.period.buttons.values(),
        page.sections["line"].header,
        card.picture,
        card.as_table,
        card.save,
    ]


def test_help_that_is_due_stands_above_the_charts(
    talk: Talk, note: Note, open_page: Open, qtbot: QtBot
) -> None:
    note(0, 1)
    talk.screening.take("level2")
    page = open_page()
    qtbot.waitUntil(lambda: page.help.crisis.surface > Surface.NONE)
