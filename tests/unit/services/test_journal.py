"""The journal: what is kept, what is heard, what comes back on this day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from psylite_desktop.content.journal_prompts import JournalPrompts
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import EngineError, VaultError
from psylite_desktop.domain.journal import BIN_DAYS, JournalDraft, JournalEntry
from psylite_desktop.domain.risk import Kind, Level, Opinion, RiskState, Who
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.journal import JournalService, first_line
from psylite_desktop.services.journal_changes import Known
from psylite_desktop.services.journal_prompts import PromptChoice
from psylite_desktop.services.journal_versions import EVERY_S
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import Screening
from tests.fakes.floor import floor
from tests.fakes.memory_vault import MemoryVault

ROOT = Path(__file__).parents[3]
ASSESSOR = floor()
PROMPTS = JournalPrompts.load(ROOT / "assets")
NOON = datetime(2026, 11, 21, 12, 0).astimezone().timestamp()
TODAY = date(2026, 11, 21)
DAY_S = 86_400
DANGER = {"zh": "我不想活了", "en": "I want to die"}


class Ear:
    """A later layer that hears one word; `gone` plays an engine that does not run."""

    def __init__(self) -> None:
        self.gone = False
        self.heard: list[str] = []

    def listen(self, text: str) -> Opinion | None:
        if self.gone:
            raise EngineError("engine_loading")
        self.heard.append(text)
        if "veiled" not in text:
            return None
        return Opinion("encoder", Level.CRISIS, Kind.SUICIDE, Who.SELF, 0, len(text))


class Hands:
    """A service over a vault in memory, and the clock in somebody's hand."""

    def __init__(self) -> None:
        self.now = NOON
        self.vault = MemoryVault()
        self.ear = Ear()
        clock = Clock(lambda: self.now)
        self.screening = Screening(Listening(ASSESSOR, [self.ear]), self.vault.risk_state, clock)
        self.journal = JournalService(
            store=self.vault.journal,
            check_ins=self.vault.check_ins,
            conversations=self.vault.conversations,
            prompts=PromptChoice(PROMPTS, self.vault.drafts),
            screening=self.screening,
            clock=clock,
        )

    def write(self, text: str, day: str = "2026-11-21", level: Level = Level.NONE) -> JournalEntry:
        entry = JournalEntry(0, self.now, day, text, "", level, False, self.now)
        return self.vault.journal.add(entry)

    def texts(self, entries: Sequence[JournalEntry]) -> list[str]:
        return [one.text for one in entries]


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_a_page_is_kept_with_its_day_and_level(hands: Hands) -> None:
    kept = hands.journal.save(JournalDraft("下雨了", "  a \n title ", "moment-sound", locked=True))
    assert (kept.day, kept.at, kept.updated_at) == ("2026-11-21", NOON, NOON)
    assert (kept.title, kept.prompt_id, kept.locked) == ("a title", "moment-sound", True)
    assert kept.level is Level.NONE
    assert hands.journal.entries() == [kept]
    hands.now += DAY_S
    again = hands.journal.save(JournalDraft("下雨了，停了", id=kept.id))
    assert (again.day, again.at, again.updated_at) == ("2026-11-21", NOON, NOON + DAY_S)
    assert again.locked, "a lock is taken away by its own switch alone"
    hands.journal.lock(kept.id, locked=False)
    assert hands.journal.entry(kept.id) == replace(again, locked=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_saved_text_is_looked_at(hands: Hands, lang: str) -> None:
    kept = hands.journal.save(JournalDraft(f"{DANGER[lang]}. "))
    assert kept.level >= Level.CRISIS
    calm = hands.journal.save(JournalDraft("It rained.", id=kept.id))
    assert calm.level == kept.level, "what was heard in a page stays heard"
    titled = hands.journal.save(JournalDraft("words", DANGER[lang]))
    assert titled.level >= Level.CRISIS
    assert hands.screening.state == RiskState(), "saving looks; hearing moves the state"


def test_half_a_sentence_is_not_held_against_the_whole(hands: Hands) -> None:
    known = Known()
    half = hands.journal.save(JournalDraft("我想死"), known)
    assert half.level >= Level.CRISIS
    whole = hands.journal.save(JournalDraft("我想死你了，妈", id=half.id), known)
    assert whole.level is Level.NONE
    stored = hands.journal.entry(half.id)
    assert stored is not None
    assert stored.level is Level.NONE


def test_known_words_are_not_heard_again(hands: Hands) -> None:
    known = Known("I want to die.", Level.WATCH)
    kept = hands.journal.save(JournalDraft("I want to die. It is a line of a song."), known)
    assert kept.level is Level.WATCH
    kept = hands.journal.save(JournalDraft("I want to die. I will kill myself.", id=kept.id), known)
    assert kept.level >= Level.CRISIS


def test_hearing_raises_the_state_and_calm_words_leave_it(hands: Hands) -> None:
    hands.screening.take(DANGER["zh"])
    before = hands.screening.state
    assert before.level >= Level.CRISIS
    for _ in range(9):
        _found, state = hands.journal.hear("It rained all day and I am safe now.")
        assert state == before
    assert hands.vault.risk_state.load() == before


def test_later_layers_hear_what_the_floor_does_not(hands: Hands) -> None:
    words, found, state = hands.journal.preview("", "a veiled page")
    assert (words, found.level, state.level) == ("a veiled page", Level.NONE, Level.NONE)
    by_all, state = hands.journal.hear(words)
    assert by_all.level is Level.CRISIS
    assert state.level is Level.CRISIS
    kept = hands.journal.save(JournalDraft("a veiled page"))
    hands.journal.raise_level(kept.id, by_all.level)
    hands.journal.raise_level(kept.id, Level.WATCH)
    stored = hands.journal.entry(kept.id)
    assert stored is not None
    assert stored.level is Level.CRISIS
    hands.journal.note_misread(kept.id)
    stored = hands.journal.entry(kept.id)
    assert stored is not None
    assert stored.level is Level.WATCH


def test_what_no_layer_heard_yet_is_heard_later(hands: Hands) -> None:
    hands.ear.gone = True
    _found, state = hands.journal.hear("a veiled page")
    assert state.level is Level.NONE
    hands.ear.gone = False
    _found, state = hands.journal.hear("rain")
    assert state.level is Level.CRISIS


def test_a_preview_keeps_nothing(hands: Hands) -> None:
    words, found, state = hands.journal.preview("It rained.", f"It rained. {DANGER['en']}")
    assert DANGER["en"] in words
    assert found.level >= Level.CRISIS
    assert state.level >= Level.CRISIS
    assert hands.screening.state == RiskState()
    assert hands.vault.risk_state.load() == RiskState()


def test_one_version_a_sitting_and_every_ten_minutes(hands: Hands) -> None:
    kept = hands.journal.save(JournalDraft("a"))
    for second in range(2, 1300, 2):
        hands.now = NOON + second
        hands.journal.save(JournalDraft("a" * (second // 2), id=kept.id))
    versions = hands.journal.revisions(kept.id)
    assert [one.kept_at - NOON for one in versions] == [2 * EVERY_S, EVERY_S]
    hands.now += 3 * DAY_S
    hands.journal.save(JournalDraft("another day", id=kept.id))
    assert len(hands.journal.revisions(kept.id)) == 3
    before = hands.journal.entry(kept.id)
    hands.now += DAY_S
    assert hands.journal.save(JournalDraft("another day", id=kept.id)) == before, "nothing is new"


def test_a_large_cut_is_kept_at_once(hands: Hands) -> None:
    long = "words that took an evening " * 4
    kept = hands.journal.save(JournalDraft(long))
    hands.now += 4
    hands.journal.save(JournalDraft("", id=kept.id))
    assert [one.text for one in hands.journal.revisions(kept.id)] == [long]


def test_taking_a_version_back_can_be_taken_back(hands: Hands) -> None:
    kept = hands.journal.save(JournalDraft("the first words", "title"))
    hands.now += EVERY_S
    hands.journal.save(JournalDraft("other words", id=kept.id))
    [version] = hands.journal.revisions(kept.id)
    back = hands.journal.take_back(kept.id, version)
    assert back is not None
    assert (back.text, back.title) == ("the first words", "title")
    assert hands.journal.entry(kept.id) == back
    newest = hands.journal.revisions(kept.id)[0]
    assert newest.text == "other words"
    hands.journal.forget_revisions(kept.id)
    assert hands.journal.revisions(kept.id) == []
    assert hands.journal.take_back(99, version) is None


def test_the_bin_keeps_a_page_for_a_while(hands: Hands) -> None:
    kept = hands.journal.save(JournalDraft("rain"))
    hands.journal.delete(kept.id)
    assert hands.journal.entries() == []
    assert hands.journal.save(JournalDraft("late", id=kept.id)).text == "late"
    assert [one.entry.text for one in hands.journal.binned()] == ["rain"], "deleted is deleted"
    assert hands.journal.restore(kept.id) == kept
    hands.journal.delete(kept.id)
    hands.now += BIN_DAYS * DAY_S - 1
    hands.journal.entries()
    assert len(hands.journal.binned()) == 1
    hands.now += 1
    hands.journal.entries()
    assert hands.journal.binned() == []
    assert hands.journal.restore(kept.id) is None


def test_a_full_disk_does_not_hide_the_pages(hands: Hands) -> None:
    kept = hands.write("rain")

    def refuse(_before: float) -> None:
        raise VaultError("vault_disk_full")

    hands.vault.journal.erase_binned = refuse  # type: ignore[method-assign]
    assert hands.journal.entries() == [kept]


def test_an_empty_page_is_let_go_unless_something_stood_there(hands: Hands) -> None:
    empty, full = hands.write(" "), hands.write("words")
    changed = hands.write("words to keep")
    hands.vault.journal.update(replace(changed, text=""), keep_at=NOON)
    for one in (empty, full, changed):
        hands.journal.let_go(one.id)
    hands.journal.let_go(99)
    assert {one.id for one in hands.journal.entries()} == {full.id, changed.id}


def test_search_needs_words(hands: Hands) -> None:
    kept = hands.write("下了一天雨")
    assert [hit.entry_id for hit in hands.journal.search("一天")] == [kept.id]
    assert hands.journal.search("  ") == []


def test_this_day_leaves_hard_days_out(hands: Hands) -> None:
    hands.write("today")
    hands.write("last year", "2025-11-21")
    hands.write("another day", "2025-11-20")
    hands.write("long ago", "2019-11-21")
    assert hands.texts(hands.journal.on_this_day()) == ["last year", "long ago"]
    assert hands.journal.on_this_day(date(2026, 11, 22)) == []
    hands.write("on the same day", "2025-11-21", Level.CRISIS)
    assert hands.texts(hands.journal.on_this_day()) == ["long ago"]
    hands.vault.check_ins.add(CheckIn(1.0, "2019-11-21", 1, level=Level.CRISIS))
    assert hands.journal.on_this_day() == []


def test_this_day_knows_what_was_said_in_a_talk(hands: Hands) -> None:
    hands.write("last year", "2025-11-21")
    conversation = hands.vault.conversations.start(1.0)
    evening = datetime(2025, 11, 21, 23, 59).astimezone().timestamp()
    message = Message(Role.USER, "words", created_at=evening, level=1)
    hands.vault.conversations.append(conversation, message)
    assert len(hands.journal.on_this_day()) == 1
    hands.vault.conversations.append(conversation, replace(message, level=2))
    assert hands.journal.on_this_day() == []


def test_this_day_says_nothing_while_things_are_not_calm(hands: Hands) -> None:
    hands.write("last year", "2025-11-21")
    hands.screening.take(DANGER["en"])
    assert hands.journal.on_this_day() == []


def test_a_leap_day_has_its_own_years(hands: Hands) -> None:
    hands.write("leap", "2024-02-29")
    assert hands.texts(hands.journal.on_this_day(date(2028, 2, 29))) == ["leap"]


def test_no_prompt_while_there_is_danger(hands: Hands) -> None:
    assert hands.journal.next_prompt("zh") is not None
    hands.screening.take(DANGER["zh"])
    assert hands.journal.next_prompt("zh") is None


def test_an_old_check_in_says_nothing_of_now(hands: Hands) -> None:
    hands.vault.check_ins.add(CheckIn(1.0, "2026-11-19", 1))
    prompt = hands.journal.next_prompt("en")
    assert prompt is not None
    assert prompt.energy == "any", "the first of the file, as for anybody"
    hands.vault.check_ins.add(CheckIn(1.0, "2026-11-20", 1))
    prompt = hands.journal.next_prompt("en")
    assert prompt is not None
    assert prompt.energy == "low"


def test_the_mirror_gets_earlier_pages_that_may_be_looked_at(hands: Hands) -> None:
    now = hands.write("now")
    hands.write("yesterday", "2026-11-20")
    hands.write("tomorrow", "2026-11-22")
    hands.write("hard", "2026-11-19", Level.CRISIS)
    kept_out = hands.write("kept out", "2026-11-18")
    hands.journal.lock(kept_out.id, locked=True)
    hands.write("long ago", "2020-01-01")
    assert hands.journal.earlier_texts(now) == ["yesterday", "long ago"]


@pytest.mark.parametrize(
    ("text", "line"), [("", ""), ("\n \n a \nb", "a"), ("一行", "一行"), ("a\u2028b", "a")]
)
def test_the_first_line_says_something(text: str, line: str) -> None:
    assert first_line(text) == line
