"""The program dies between two saves: what was typed before the last one is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from psylite_desktop.services.clock import Clock
from psylite_desktop.services.journal import JournalService
from psylite_desktop.services.journal_prompts import PromptChoice
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.journal import keeper as keeping
from psylite_desktop.ui.pages.journal.page import JournalPage
from tests.gui.talk.talk_fakes import JOURNAL_PROMPTS, Talk

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PHRASE = "a long enough phrase"


def test_at_most_the_words_of_one_interval_are_lost(
    talk: Talk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SAVE_MS", 30)
    shelf = ProfileShelf(tmp_path / "profiles")
    _, vault = shelf.create(PHRASE, cost=CHEAP)
    journal = JournalService(
        store=vault.journal,
        check_ins=vault.check_ins,
        conversations=vault.conversations,
        prompts=PromptChoice(JOURNAL_PROMPTS, vault.drafts),
        screening=talk.context.session.screening,
        clock=Clock(),
    )
    session = replace(talk.context.session, vault=vault, journal=journal)
    page = JournalPage(PageContext(talk.context.app, session))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.open_new()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.editor.editor)
    QTest.keyClicks(page.editor.editor, "kept for sure")
    qtbot.waitUntil(lambda: page.editor.saved.text() == "Saved")
    monkeypatch.setattr(keeping, "SAVE_MS", 60_000)  # the program is gone by then
    QTest.keyClicks(page.editor.editor, ", perhaps not")
    vault.close()
    again = shelf.unlock(shelf.profiles()[0], PHRASE)
    [kept] = again.journal.entries()
    assert kept.text == "kept for sure"
    assert [hit.entry_id for hit in again.journal.search("sure")] == [kept.id]
    again.close()
