"""Corrections: which words are shown, what follows, what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.correction import Correction, Layer, Quote, Verdict
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Kind, Level, Reason, RiskState, Who
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.corrections import (
    LONGEST_QUOTE,
    QUOTES,
    CorrectionService,
    layer_of,
    quotes,
)
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import Screening
from tests.fakes.floor import floor
from tests.fakes.memory_vault import MemoryVault

ASSETS = Path(__file__).parents[3] / "assets"
MODEL = Path(__file__).parents[3] / "model_store" / "risk"
ASSESSOR = floor()
CRISIS = Correction(Verdict.MISREAD, Level.CRISIS, Kind.SUICIDE, rules=("zh.intent.not_live",))


def reason(start: int, end: int, rule: str = "zh.intent.x") -> Reason:
    return Reason(rule, Level.CRISIS, start, end)


def service(vault: MemoryVault, state: RiskState) -> tuple[CorrectionService, Screening]:
    vault.risk_state.save(state)
    clock = Clock(lambda: 1_000.0)
    screening = Screening(Listening(ASSESSOR), vault.risk_state, clock)
    return CorrectionService(vault.corrections, screening, clock), screening


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("今天好累。我不想活了，晚安", "不想活"),
        ("It was long, and I want to die, really", "want to die"),
        ("ｗａｎｔ　ｔｏ　ｄｉｅ，I do", "ｗａｎｔ　ｔｏ　ｄｉｅ"),
    ],
)
def test_the_words_are_quoted_as_they_were_written(text: str, words: str) -> None:
    found = quotes(text, ASSESSOR.assess(text).reasons)
    assert found
    assert all(quote.text in text for quote in found)
    assert any(words in quote.text for quote in found)


def test_a_rule_and_a_model_are_told_apart() -> None:
    text = "0123456789" * 3
    found = quotes(
        text,
        [
            reason(0, 3),
            reason(5, 8, "model.linear.suicide"),
            reason(20, 25, "model.encoder.suicide"),
        ],
    )
    assert found == [
        Quote("012", Layer.RULES),
        Quote("567", Layer.LINEAR),
        Quote("01234", Layer.MEANING),
    ]
    assert layer_of("en.burden.word") is Layer.RULES


def test_no_words_are_quoted_twice_and_no_more_than_three() -> None:
    text = "abcdefghij" * 10
    nested = [reason(10, 20), reason(10, 20), reason(12, 15), reason(5, 30), reason(40, 45)]
    assert [q.text for q in quotes(text, nested)] == [text[10:20], text[40:45]]
    assert len(quotes(text, [reason(n, n + 5) for n in range(0, 90, 10)])) == QUOTES


def test_a_reading_of_a_whole_page_is_quoted_with_its_beginning() -> None:
    (found,) = quotes("long words " * 100, [reason(0, 1100, "model.encoder.suicide")])
    assert found.text.startswith("long words long")
    assert len(found.text) <= LONGEST_QUOTE + 1


@given(
    text=st.text(max_size=80),
    spans=st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=8),
)
def test_spans_that_make_no_sense_hurt_nobody(text: str, spans: list[tuple[int, int]]) -> None:
    found = quotes(text, [reason(start, end) for start, end in spans])
    assert len(found) <= QUOTES
    for quote in found:
        assert quote.text.removesuffix("…") in text
        assert quote.text.strip()


def test_misread_lowers_to_watch_and_is_kept_with_its_time() -> None:
    vault = MemoryVault()
    corrections, screening = service(vault, RiskState(Level.CRISIS, Kind.SUICIDE, raised_at=900.0))
    state = corrections.give(CRISIS)
    assert (state.level, state.who, state.raised_at) == (Level.WATCH, Who.SELF, 900.0)
    assert screening.state == vault.risk_state.load() == state
    (kept,) = vault.corrections.corrections()
    assert (kept.at, kept.rules, kept.verdict) == (1_000.0, CRISIS.rules, Verdict.MISREAD)
    assert corrections.count() == 1
    corrections.forget()
    assert corrections.count() == 0
    assert screening.state.level is Level.WATCH


def test_not_about_me_leaves_watch_at_most_and_remembers_whose_it_is() -> None:
    vault = MemoryVault()
    corrections, _ = service(vault, RiskState(Level.CRISIS, Kind.SUICIDE, raised_at=900.0))
    about = Correction(Verdict.NOT_ABOUT_ME, Level.CRISIS, Kind.SUICIDE)
    state = corrections.give(about)
    assert (state.level, state.who) == (Level.WATCH, Who.OTHER)
    assert state.raised_at == 900.0  # no jokes for seven days all the same


@pytest.mark.parametrize("verdict", Verdict)
def test_a_clear_emergency_falls_only_when_it_is_said_twice(verdict: Verdict) -> None:
    vault = MemoryVault()
    clear = RiskState(Level.EMERGENCY, Kind.SUICIDE, strong=True, raised_at=900.0)
    corrections, _ = service(vault, clear)
    given_one = Correction(verdict, Level.EMERGENCY, Kind.SUICIDE)
    first = corrections.give(given_one)
    assert (first.level, first.who) == (Level.EMERGENCY, Who.SELF)
    assert corrections.lower(verdict).level is Level.WATCH
    assert corrections.count() == 1  # the second time says that they are safe, nothing else


@pytest.mark.parametrize("verdict", Verdict)
def test_a_full_disk_lowers_the_state_all_the_same(verdict: Verdict) -> None:
    vault = MemoryVault()
    corrections, screening = service(vault, RiskState(Level.CRISIS, Kind.SUICIDE))
    vault.failure = VaultError("vault_disk_full")
    with pytest.raises(VaultError):
        corrections.give(Correction(verdict, Level.CRISIS, Kind.SUICIDE))
    assert screening.state.level is Level.WATCH


def test_a_calm_state_stays_calm() -> None:
    vault = MemoryVault()
    corrections, _ = service(vault, RiskState())
    state = corrections.give(Correction(Verdict.NOT_ABOUT_ME, Level.CRISIS, Kind.NONE))
    assert (state.level, state.who) == (Level.NONE, Who.SELF)
