from __future__ import annotations

import pytest

from psylite_desktop.domain.errors import EngineError, VaultError
from psylite_desktop.domain.risk import Assessment, Kind, Level, Opinion, Who
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import UNHEARD, Screening
from tests.fakes.memory_vault import MemoryVault

VEILED = "鞋子我会摆整齐"


class Ear:
    """A later layer that says what a test tells it to."""

    def __init__(self, level: Level = Level.CRISIS, error: str = "") -> None:
        self.level = level
        self.error = error
        self.heard: list[str] = []

    def listen(self, text: str) -> Opinion | None:
        if self.error:
            raise EngineError(self.error)
        self.heard.append(text)
        if self.level is Level.NONE or VEILED not in text:
            return None
        return Opinion("model.encoder.suicide", self.level, Kind.SUICIDE, Who.SELF, 0, len(text))


def screening(assessor: Assessor, *ears: Ear) -> Screening:
    clock = Clock(lambda: 1_000_000.0, lambda: 0.0)
    return Screening(Listening(assessor, ears), MemoryVault().risk_state, clock)


def test_a_later_layer_raises_and_says_why(assessor: Assessor) -> None:
    found, complete = Listening(assessor, [Ear()]).hear(VEILED)
    assert complete
    assert found.level is Level.CRISIS
    assert found.reasons[0].rule == "model.encoder.suicide"
    assert found.humor_blocked


def test_a_later_layer_never_lowers(assessor: Assessor) -> None:
    text = "我今晚就去死，药已经买好了"
    floor = assessor.assess(text)
    assert Listening(assessor, [Ear(Level.NONE)]).hear(text)[0] == floor
    assert Listening(assessor, [Ear(Level.WATCH)]).hear(text)[0] == floor


def test_an_explicit_denial_holds_it_at_watch(assessor: Assessor) -> None:
    found, _ = Listening(assessor, [Ear()]).hear(f"{VEILED}，我没有想自杀。")
    assert found.level is Level.WATCH


def test_two_layers_and_one_of_them_broken(assessor: Assessor) -> None:
    found, complete = Listening(assessor, [Ear(error="listen_failed"), Ear()]).hear(VEILED)
    assert found.level is Level.CRISIS
    assert found.unsure
    assert complete, "both were there: nobody waits for what this one failed to hear"


def test_a_text_that_a_layer_failed_on_does_not_hold_up_later_ones(assessor: Assessor) -> None:
    ear = Ear(error="engine_timeout")
    screen = screening(assessor, ear)
    assert screen.take("今天" * 3000)[0].unsure
    ear.error = ""
    found, _ = screen.take(VEILED)
    assert ear.heard == [VEILED]
    assert (found.level, found.unsure) == (Level.CRISIS, False)


def test_a_full_disk_hides_nothing_and_is_made_up_for(assessor: Assessor) -> None:
    vault = MemoryVault()
    clock = Clock(lambda: 1_000_000.0, lambda: 0.0)
    screen = Screening(Listening(assessor, [Ear()]), vault.risk_state, clock)
    vault.failure = VaultError("vault_disk_full")
    found, state = screen.take(VEILED)
    assert (found.level, state.level) == (Level.CRISIS, Level.CRISIS)
    vault.failure = None
    screen.take("今天吃了面")
    assert vault.risk_state.load().level is Level.CRISIS


def test_whoever_insists_hears_of_the_fault(assessor: Assessor) -> None:
    with pytest.raises(EngineError, match="listen_failed"):
        Listening(assessor, [Ear(error="listen_failed")]).hear(VEILED, insist=True)


def test_while_the_engine_starts_the_floor_decides_and_later_layers_catch_up(
    assessor: Assessor,
) -> None:
    ear = Ear(error="engine_loading")
    screen = screening(assessor, ear)
    found, state = screen.take(VEILED)
    assert (found.level, found.unsure) == (Level.NONE, False)
    assert state.level is Level.NONE
    ear.error = ""
    found, state = screen.take("今天吃了面")
    assert ear.heard == [VEILED, "今天吃了面"]
    assert found.level is Level.NONE
    assert state.level is Level.CRISIS, "what was written before the engine stood is not lost"
    assert screen.take("嗯")[1].level is Level.CRISIS
    assert ear.heard[2:] == ["嗯"], "a text is heard once"


def test_unheard_texts_are_few(assessor: Assessor) -> None:
    ear = Ear(error="engine_loading")
    screen = screening(assessor, ear)
    for number in range(UNHEARD + 30):
        screen.take(f"今天第{number}句")
    ear.error = ""
    screen.take("完")
    assert len(ear.heard) == UNHEARD + 1


def test_misreading_forgets_what_was_not_heard_yet(assessor: Assessor) -> None:
    ear = Ear(error="engine_loading")
    screen = screening(assessor, ear)
    screen.take(VEILED)
    screen.take_misread()
    ear.error = ""
    assert screen.take("今天吃了面")[1].level is Level.NONE


def test_the_card_at_enter_never_waits_for_a_later_layer(assessor: Assessor) -> None:
    ear = Ear()
    screen = screening(assessor, ear)
    assert screen.preview(VEILED)[0].level is Level.NONE
    assert ear.heard == []


def test_what_another_thread_raised_meanwhile_is_not_lost(assessor: Assessor) -> None:
    class SlowEar(Ear):
        def listen(self, text: str) -> Opinion | None:
            screen.take_answer(Assessment(Level.CRISIS, Kind.SUICIDE))  # a scale, on its thread
            return super().listen(text)

    screen = screening(assessor, SlowEar())
    _, state = screen.take("今天吃了面")
    assert state.level is Level.CRISIS
    assert screen.state.level is Level.CRISIS


def test_a_correction_while_an_earlier_text_is_heard_breaks_nothing(assessor: Assessor) -> None:
    class Corrected(Ear):
        def listen(self, text: str) -> Opinion | None:
            if not self.error:
                screen.take_misread()
            return super().listen(text)

    ear = Corrected(Level.NONE, "engine_loading")
    screen = screening(assessor, ear)
    screen.take("今天第一句")
    screen.take("今天第二句")
    ear.error = ""
    assert screen.take("今天第三句")[1].level is Level.NONE
