"""The Mirror beside a page, by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.journal.mirror_panel import MirrorPanel
from tests.fakes.app_context import Desk, make_desk
from tests.fakes.memory_vault import MemoryVault

TEXTS = {
    "zh": "考试没过，我就是个废物。晚上妈妈炖了汤，我谢谢她。",
    "en": "I failed the exam. I'm such a failure. Mum made soup and I thanked her.",
}
LABELS = {"zh": "废物", "en": "failure"}


@dataclass(frozen=True)
class FakeEntry:
    id: int = 7
    level: Level = Level.NONE


@dataclass
class Seen:
    """What the panel told its page."""

    places: list[tuple[int, int]]
    made: list[MirrorCorrection]
    undone: list[MirrorCorrection]


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return cast(str, request.param)


@pytest.fixture
def spoken_desk(qapp: QApplication, lang: str) -> Iterator[Desk]:
    desk = make_desk(qapp, language=Language(lang))
    yield desk
    desk.close()


@pytest.fixture
def panel(spoken_desk: Desk, qtbot: QtBot) -> MirrorPanel:
    context = PageContext(
        spoken_desk.context, spoken_desk.open_session(cast(Any, MemoryVault()), False)
    )
    panel = MirrorPanel(context)
    qtbot.addWidget(panel)
    panel.resize(420, 640)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def seen(panel: MirrorPanel) -> Seen:
    told = Seen([], [], [])
    panel.quote_activated.connect(lambda start, end: told.places.append((start, end)))
    panel.correction_made.connect(told.made.append)
    panel.correction_undone.connect(told.undone.append)
    return told


def read(panel: MirrorPanel, qtbot: QtBot, text: str, entry: FakeEntry | None = None) -> None:
    panel.show_entry(entry or FakeEntry(), text)
    qtbot.waitUntil(lambda: bool(panel.said.text()))


def names(panel: MirrorPanel) -> list[str]:
    return [row.name.text() for row in panel.rows]


def habit_row(panel: MirrorPanel, lang: str) -> Any:
    return next(
        row
        for row in panel.rows
        if "also" not in row.name.text()
        and row.name.text() in {"也许是贴了标签", "May be a label"}
        and LABELS[lang] in row.quotes[0].excerpt.text
    )


def test_every_claim_opens_its_sentence(
    panel: MirrorPanel, seen: Seen, qtbot: QtBot, lang: str
) -> None:
    read(panel, qtbot, TEXTS[lang])
    assert panel.rows
    for row in panel.rows:
        assert row.quotes
        for quote in row.quotes:
            quote.setFocus()
            qtbot.keyClick(quote, Qt.Key.Key_Space)
            start, end = seen.places[-1]
            assert TEXTS[lang][start:end] == quote.excerpt.text
            assert quote.excerpt.text in quote.accessibleName()


def test_sentences_quote_the_person_and_call_nothing_wrong(
    panel: MirrorPanel, qtbot: QtBot, lang: str
) -> None:
    read(panel, qtbot, TEXTS[lang])
    sentences = panel.said.text().splitlines()
    assert 1 <= len(sentences) <= 3
    assert LABELS[lang] in panel.said.text()
    assert not any(word in panel.said.text() for word in ("wrong", "错误", "扭曲", "distort"))


def test_off_hides_teaches_and_comes_back(
    panel: MirrorPanel, seen: Seen, qtbot: QtBot, lang: str
) -> None:
    read(panel, qtbot, TEXTS[lang])
    before = names(panel)
    row = habit_row(panel, lang)
    gone = row.name.text()
    row.off.setFocus()
    qtbot.keyClick(row.off, Qt.Key.Key_Space)
    assert gone not in names(panel)
    [made] = seen.made
    assert (made.kind, made.label, made.entry_id) == (ClaimKind.DISTORTION, "labelling", 7)
    assert QApplication.focusWidget() is not None
    read_again(panel, qtbot, lang)
    assert gone not in names(panel)
    # Reading again forgets the way back, so take something else off and undo that.
    row = panel.rows[0]
    gone = row.name.text()
    qtbot.keyClick(row.off, Qt.Key.Key_Space)
    assert gone not in names(panel)
    qtbot.keyClick(panel.notice.action, Qt.Key.Key_Space)
    assert gone in names(panel)
    assert seen.undone
    assert len(names(panel)) == len(before) - 1


def read_again(panel: MirrorPanel, qtbot: QtBot, lang: str) -> None:
    panel.show_entry(FakeEntry(), TEXTS[lang])
    qtbot.waitUntil(lambda: bool(panel.rows))


def test_nothing_is_read_where_there_is_danger(panel: MirrorPanel, qtbot: QtBot, lang: str) -> None:
    read(panel, qtbot, TEXTS[lang], FakeEntry(level=Level.CRISIS))
    assert panel.rows == []
    assert panel.note.isHidden()
    assert LABELS[lang] not in panel.said.text()


def test_nothing_found_is_said_kindly(panel: MirrorPanel, qtbot: QtBot, lang: str) -> None:
    read(panel, qtbot, "。。。" if lang == "zh" else "...")
    assert panel.rows == []
    assert panel.said.text()


def test_a_live_language_switch_keeps_what_is_shown(
    panel: MirrorPanel, spoken_desk: Desk, qtbot: QtBot, lang: str
) -> None:
    read(panel, qtbot, TEXTS[lang])
    count, title = len(panel.rows), panel.said.text()
    other = Language.EN if lang == "zh" else Language.ZH
    spoken_desk.context.language.set(other)
    assert len(panel.rows) == count
    qtbot.waitUntil(lambda: panel.said.text() != title)
    assert LABELS[lang] in panel.said.text()
