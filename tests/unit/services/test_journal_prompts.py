"""Prompts: by the mood, family after family, none twice in a week."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.journal_prompts import JournalPrompt, JournalPrompts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.journal_prompts import (
    LOW_MOOD,
    NOT_AGAIN_S,
    PLACE,
    Asked,
    PromptChoice,
    Shown,
    chosen,
    suits,
)
from tests.fakes.memory_vault import MemoryVault

ASSETS = Path(__file__).parents[3] / "assets"
PROMPTS = JournalPrompts.load(ASSETS)
NOW = 1_790_000_000.0
moods = st.one_of(st.none(), st.integers(1, 5))


def test_there_are_ten_families_of_ten_in_both_languages() -> None:
    for lang in ("zh", "en"):
        found = PROMPTS.all(lang)
        families: dict[str, int] = {}
        for prompt in found:
            families[prompt.family] = families.get(prompt.family, 0) + 1
            assert not set(prompt.text) & set("!！"), prompt.id
        assert len(families) == 10
        assert set(families.values()) == {10}


@pytest.mark.parametrize("mood", range(1, LOW_MOOD + 1))
def test_low_days_have_enough_short_prompts(mood: int) -> None:
    low = [one for one in PROMPTS.all("zh") if suits(one, mood) and one.energy == "low"]
    assert len(low) >= 12
    assert len({one.family for one in low}) >= 5


@given(moods, st.lists(st.sampled_from([one.id for one in PROMPTS.all("en")]), max_size=100))
def test_what_is_chosen_fits_and_is_new(mood: int | None, gone: list[str]) -> None:
    lately = [Shown(one, NOW) for one in gone]
    found = chosen(PROMPTS.all("en"), lately, mood=mood)
    fitting = [one for one in PROMPTS.all("en") if suits(one, mood) and one.id not in gone]
    if found is None:
        assert fitting == []
    else:
        assert found in fitting
        if mood is not None and mood <= LOW_MOOD:
            assert found.energy == "low" or all(one.energy == "any" for one in fitting)


def test_families_take_turns_and_nothing_comes_twice_in_a_week() -> None:
    vault = MemoryVault()
    choice = PromptChoice(PROMPTS, vault.drafts)
    seen: list[JournalPrompt] = []
    while (found := choice.next(Asked("en", None, NOW))) is not None:
        seen.append(found)
    assert len({one.id for one in seen}) == len(seen)
    assert len({one.family for one in seen[:10]}) == 10
    assert len(seen) == sum(suits(one, None) for one in PROMPTS.all("en"))
    assert choice.next(Asked("zh", None, NOW + NOT_AGAIN_S - 1)) is None, "in any language"
    again = choice.next(Asked("en", None, NOW + NOT_AGAIN_S))
    assert again is not None
    assert again.id == seen[0].id


def test_a_prompt_above_a_page_counts_as_shown() -> None:
    first = PROMPTS.all("en")[0]
    page = JournalEntry(1, NOW, "2026-11-21", "words", "", Level.NONE, False, NOW, first.id)
    found = PromptChoice(PROMPTS, MemoryVault().drafts).next(Asked("en", None, NOW), [page])
    assert found is not None
    assert found.family != first.family


def test_a_memory_that_cannot_be_read_costs_a_repetition_at_most() -> None:
    vault = MemoryVault()
    vault.drafts.save(PLACE, "not json")
    choice = PromptChoice(PROMPTS, vault.drafts)
    found = choice.next(Asked("en", 1, NOW))
    assert found is not None
    assert choice.find("zh", found.id) is not None
    assert choice.find("zh", "") is None
    assert choice.find("zh", "unknown") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lang = "en"', 'lang = "zh"'),
        ("moods = []", "moods = [6]"),
        ('family = "moment"', 'family = "other"'),
        ('id = "moment-window"', 'id = "moment-sound"'),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    for lang in ("zh", "en"):
        shutil.copytree(
            ASSETS / "content" / lang / "journal", tmp_path / "content" / lang / "journal"
        )
    path = tmp_path / "content" / "en" / "journal" / "prompts.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        JournalPrompts.load(tmp_path)
    assert caught.value.code == "content_invalid"
