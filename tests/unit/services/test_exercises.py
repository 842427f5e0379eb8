"""The player never loses an answer, every exercise comes to its end, runs are kept and found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.domain.exercise import (
    AFTER,
    BEFORE,
    Answer,
    ChoiceStep,
    Exercise,
    Family,
    InputStep,
    ListStep,
    Pattern,
    Phase,
    SliderStep,
)
from psylite_desktop.domain.risk import Kind, Level, RiskState
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.exercise_player import ExercisePlayer, resumed, said_by
from psylite_desktop.services.exercises import ExerciseService, found_by
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import Screening
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.rows import failed

TEXTS = ExerciseTexts.of(Path(__file__).parents[3] / "assets")
EVERY = [(lang, item.id) for lang in ("zh", "en") for item in TEXTS.all(lang)]


class Calm:
    """A screening that has heard what a test says."""

    def __init__(self, level: Level = Level.NONE) -> None:
        self.state = RiskState(level=level)


def service(
    vault: MemoryVault | None = None, screening: object = None, now: list[float] | None = None
) -> ExerciseService:
    times = now or [100.0]
    clock = Clock(now=lambda: times[0])
    vault = vault or MemoryVault()
    return ExerciseService(TEXTS, vault.exercise_runs, cast(Any, screening or Calm()), clock)


def exercise(exercise_id: str, lang: str = "en") -> Exercise:
    found = TEXTS.find(exercise_id, lang)
    assert found is not None
    return found


def some_answer(player: ExercisePlayer, option: int = 0) -> Answer | None:
    match player.step:
        case InputStep():
            return f"words for {player.place}"
        case ListStep():
            return (f"one of {player.place}", "two")
        case ChoiceStep(options=options):
            return options[option % len(options)].id
        case SliderStep() | None:
            return 4
    return None


def walk_to_the_end(lang: str, exercise_id: str, option: int) -> None:
    player = service().begin(exercise(exercise_id, lang))
    assert player.place == BEFORE
    seen = [player.place]
    while not player.is_finished:
        number, total = player.progress
        assert 1 <= number <= total
        before = player
        player = player.answer(some_answer(player, option)).next(now=1.0)
        assert player is not before
        seen.append(player.place)
    assert seen[-1] == AFTER
    assert player.run.rating(BEFORE) == player.run.rating(AFTER) == 4
    for step, answer in player.written():
        assert said_by(step, answer)


@pytest.mark.parametrize("option", range(4))
def test_every_exercise_comes_to_its_end(option: int) -> None:
    assert failed(EVERY, lambda which: walk_to_the_end(*which, option)) == []


def walk_with_little(lang: str, exercise_id: str) -> None:
    player = service().begin(exercise(exercise_id, lang))
    while not player.is_finished:
        if player.lacks_answer:
            assert player.next(now=1.0) is player
            player = player.answer(some_answer(player))
        player = player.next(now=1.0)
    assert player.run.rating(AFTER) is None


def test_every_exercise_can_be_walked_with_as_little_as_possible() -> None:
    assert failed(EVERY, lambda which: walk_with_little(*which)) == []


MOVES = st.lists(
    st.one_of(
        st.sampled_from(["next", "back"]),
        st.text(max_size=8),
        st.integers(-2, 12),
        st.lists(st.text(max_size=5), max_size=3).map(tuple),
        st.none(),
        st.integers(0, 6).map(lambda number: ("option", number)),
    ),
    max_size=60,
)


@given(st.sampled_from(EVERY), MOVES)
def test_no_move_loses_an_answer(which: tuple[str, str], moves: list[Any]) -> None:
    """Next and back never change answers; an answer changes its own step only."""
    keeping = service()
    player = keeping.begin(exercise(which[1], which[0]))
    for move in moves:
        before = player
        if move == "next":
            player = player.next(now=2.0)
            assert player.run.answers == before.run.answers
        elif move == "back":
            player = player.back(now=2.0)
            assert player.run.answers == before.run.answers
        else:
            is_option = isinstance(move, tuple) and move[:1] == ("option",)
            player = player.answer(some_answer(player, int(move[1])) if is_option else move)
            others = {k: v for k, v in player.run.answers.items() if k != before.place}
            assert others == {k: v for k, v in before.run.answers.items() if k != before.place}
        kept = keeping.save(player)
        player = kept
        if not player.is_finished:
            stored = keeping.open_run(kept.run.id)
            assert stored is not None
            assert resumed(stored, player.exercise) == player
    assert len(set(player.run.path)) == len(player.run.path)


def test_back_leads_where_one_came_from_and_the_answer_still_stands() -> None:
    player = service().begin(exercise("thought-minute"))
    player = player.next(now=1.0).answer("They hate me").next(now=2.0)
    player = player.answer("guess").next(now=3.0)
    assert player.place == "guess"
    player = player.answer("a bus").back(now=4.0)
    assert (player.place, player.given) == ("kind", "guess")
    player = player.answer("verdict").next(now=5.0)
    assert player.place == "verdict"
    assert player.run.answers["guess"] == "a bus"
    assert player.pinned == "They hate me"


def test_a_step_that_needs_words_waits_for_them() -> None:
    player = service().begin(exercise("thought-record")).next(now=1.0)
    assert player.lacks_answer
    assert player.answer("  \n ").next(now=1.0).place == "situation"
    assert player.answer("the list").next(now=1.0).place == "feelings"


def test_answers_that_do_not_fit_are_left_out() -> None:
    player = service().begin(exercise("values-board"))
    assert player.answer(11).given is None
    assert player.answer("7").given is None
    player = player.answer(7).next(now=1.0)
    assert player.answer("nowhere").given is None
    assert player.answer("study").given == "study"


def test_a_finished_run_stays_as_it_is() -> None:
    player = service().begin(exercise("sleep-line")).finish(now=9.0)
    assert player.is_finished
    assert player.answer(3) is player
    assert player.next(now=10.0) is player
    assert player.back(now=10.0) is player
    assert player.finish(now=11.0).run.finished_at == 9.0


def test_a_run_goes_on_in_the_other_language_and_past_lost_steps() -> None:
    player = service().begin(exercise("five-minutes", "zh")).next(now=1.0)
    other = resumed(player.run, exercise("five-minutes", "en"))
    assert (other.place, other.run.lang) == ("thing", "en")
    strange = resumed(ExercisePlayer(player.exercise, player.run).run, exercise("breath-box"))
    assert strange.place == BEFORE


def test_runs_are_listed_and_deleted() -> None:
    vault, now = MemoryVault(), [100.0]
    keeping = service(vault, now=now)
    first = keeping.save(keeping.begin(exercise("breath-box")))
    now[0] = 200.0
    second = keeping.save(keeping.begin(exercise("sleep-line")).finish(now=200.0))
    assert [run.id for run in keeping.overview("en").open_runs] == [first.run.id]
    assert [run.id for run in keeping.history()] == [second.run.id]
    assert keeping.history("breath-box") == []
    keeping.delete(first.run.id)
    assert keeping.overview("zh").open_runs == ()
    assert keeping.save(first).run.id not in [run.id for run in vault.exercise_runs.open_runs()]


def test_parked_worries_come_along_until_they_are_taken_off() -> None:
    now = [1.0]
    keeping = service(now=now)
    player = keeping.begin(exercise("worry-parking")).next(now=1.0)
    keeping.save(player.answer(("rent", "knee")).finish(now=2.0))
    now[0] = 3.0
    evening = keeping.begin(exercise("worry-time"))
    assert evening.run.answers["parked"] == ("rent", "knee")
    keeping.save(evening.next(now=4.0).answer(("knee",)).finish(now=5.0))
    assert keeping.begin(exercise("worry-parking")).run.answers["parked"] == ("knee",)
    emptied = keeping.begin(exercise("worry-time")).next(now=6.0).answer(())
    keeping.save(emptied.finish(now=7.0))
    assert "parked" not in keeping.begin(exercise("worry-parking")).run.answers


@pytest.mark.parametrize(
    ("words", "lang", "wanted"),
    [
        ("sleep", "en", "sleep-line"),
        ("EXAM before", "en", "exam-night"),
        ("呼吸", "zh", "breath-box"),
        ("失眠", "zh", "sleep-bed"),
        ("担心", "zh", "worry-time"),
        ("", "en", "miracle"),
        ("zebra", "en", None),
    ],
)
def test_exercises_are_found_by_words(words: str, lang: str, wanted: str | None) -> None:
    found = [item.id for item in found_by(words, TEXTS.all(lang), {Family.STUDY: "Exam season"})]
    assert wanted in found if wanted else found == []


def test_the_miracle_question_waits_while_things_are_grave() -> None:
    assert service().suits_now(exercise("miracle"))
    grave = service(screening=Calm(Level.CRISIS))
    assert not grave.suits_now(exercise("miracle"))
    assert grave.suits_now(exercise("five-senses"))


def test_what_is_written_is_heard(assessor: Assessor) -> None:
    vault = MemoryVault()
    screening = Screening(Listening(assessor), vault.risk_state, Clock())
    keeping = service(vault, screening)
    assert keeping.preview("I want to kill myself")[0].level >= Level.CRISIS
    assert keeping.state().level is Level.NONE
    assessment, state = keeping.hear("I want to kill myself")
    assert assessment.kind is Kind.SUICIDE
    assert state.level >= Level.CRISIS
    assert vault.risk_state.load().level >= Level.CRISIS


def test_a_breath_fills_and_empties() -> None:
    pattern = Pattern(inhale=2, sip=1, exhale=5, rounds=2)
    assert (pattern.round_s, pattern.total_s) == (8, 16)
    phases = [moment.phase for at in range(16) if (moment := pattern.at(at)) is not None]
    once = [Phase.INHALE, Phase.INHALE, Phase.SIP, *[Phase.EXHALE] * 5]
    assert phases == once * 2
    assert pattern.at(16) is None


@given(
    st.builds(
        Pattern,
        inhale=st.floats(0.5, 10),
        exhale=st.floats(0.5, 10),
        rounds=st.integers(1, 5),
        sip=st.sampled_from([0.0, 1.0]),
        hold=st.floats(0, 8),
        rest=st.floats(0, 8),
    ),
    st.floats(0, 1),
)
def test_any_pattern_stands_somewhere_at_any_time(pattern: Pattern, part: float) -> None:
    moment = pattern.at(part * pattern.total_s)
    if moment is not None:
        assert 0 <= moment.fraction <= 1
        assert 0 <= moment.fullness <= 1
        assert 1 <= moment.round <= pattern.rounds
        assert moment.left >= 0
