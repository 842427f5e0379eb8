"""Suggestions hear what pages were about, and leave alone what is not theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.journal_themes import JournalThemes
from psylite_desktop.services.mirror import MirrorService
from tests.fakes.memory_vault import MemoryVault

ROOT = Path(__file__).parents[3]
MIRROR = MirrorService(ROOT / "assets", ROOT / "model_store" / "mirror")
QUARREL = "又和室友吵起来了，她摔门，我也摔门。吵到最后谁也不肯先说话。"


def page(text: str, at: float, **more: object) -> JournalEntry:
    made = JournalEntry(0, at, "2026-11-21", text, "", Level.NONE, False, at)
    return replace(made, **more)  # type: ignore[arg-type]


def source(vault: MemoryVault) -> JournalThemes:
    return JournalThemes(vault.journal, MIRROR, vault.mirror_corrections)


def test_themes_come_with_their_page_and_words() -> None:
    vault = MemoryVault()
    kept = vault.journal.add(page(QUARREL, 200.0))
    vault.journal.add(page(QUARREL, 50.0, day="2026-10-01"))
    said = source(vault).themes(100.0)
    assert "conflict" in {one.theme for one in said}
    assert {(one.entry_id, one.day, one.at) for one in said} == {(kept.id, kept.day, 200.0)}
    assert all(one.words in QUARREL for one in said)


def test_locked_pages_and_pages_with_danger_are_left_alone() -> None:
    vault = MemoryVault()
    vault.journal.add(page(QUARREL, 200.0, locked=True))
    vault.journal.add(page(QUARREL, 200.0, level=Level.CRISIS))
    assert source(vault).themes(0.0) == []


def test_what_was_taken_back_is_not_said_again() -> None:
    vault = MemoryVault()
    vault.journal.add(page(QUARREL, 200.0))
    themes = source(vault)
    for one in themes.themes(0.0):
        if one.theme == "conflict":
            vault.mirror_corrections.add(
                MirrorCorrection(ClaimKind.THEME, "conflict", one.words, at=1.0)
            )
    taken_back = {one.quote for one in vault.mirror_corrections.corrections()}
    assert taken_back
    left = {one.words for one in themes.themes(0.0) if one.theme == "conflict"}
    assert not left & taken_back
