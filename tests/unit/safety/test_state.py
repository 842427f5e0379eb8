"""The conversation's state: rises at once, falls only after a denial and calm."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.risk import CALM, Assessment, Kind, Level, Reason, RiskState, Who
from psylite_desktop.safety.state import (
    KEPT_S,
    advance,
    is_crisis_by_sound,
    is_only_felt,
    misread,
    not_about_me,
    rests_on_sound,
)

DENIAL = Assessment(cleared=True)


def heard(
    level: Level, family: str = "intent", *, who: Who = Who.SELF, kind: Kind = Kind.SUICIDE
) -> Assessment:
    reasons = (Reason(f"zh.{family}.x", level, 0, 1),)
    return Assessment(level=level, kind=kind, who=who, reasons=reasons)


def walk(state: RiskState, *turns: Assessment, now: float = 0.0) -> RiskState:
    for turn in turns:
        state = advance(state, turn, now=now)
    return state


levels = st.sampled_from(list(Level))
turns = st.lists(
    st.one_of(
        st.just(CALM),
        st.just(DENIAL),
        st.builds(
            heard,
            levels.filter(bool),
            st.sampled_from(["intent", "passive", "burden", "hopeless"]),
            who=st.sampled_from(list(Who)),
        ),
    ),
    max_size=25,
)


@given(turns=turns)
def test_it_rises_at_once_and_falls_one_step_after_denial_and_three_calm_turns(
    turns: list[Assessment],
) -> None:
    state = RiskState()
    since_denial: int | None = None
    for turn in turns:
        before, state = state, advance(state, turn, now=0.0)
        own = turn.level if turn.who is Who.SELF else min(turn.level, Level.WATCH)
        assert state.level >= own
        if turn.level:
            since_denial = None
        elif turn.cleared and since_denial is None:
            since_denial = 0
        elif since_denial is not None:
            since_denial += 1
        if state.level < before.level:
            assert state.level == before.level - 1
            assert since_denial is not None
            assert since_denial >= 3
            since_denial = None


@given(turns=turns)
def test_without_a_denial_it_never_falls(turns: list[Assessment]) -> None:
    state, highest = RiskState(), Level.NONE
    for turn in turns:
        if turn.cleared:
            continue
        state = advance(state, turn, now=0.0)
        assert state.level >= highest
        highest = state.level


@given(turns=turns)
def test_a_friends_risk_alone_raises_to_watch_at_most(turns: list[Assessment]) -> None:
    others = [turn for turn in turns if turn.who is Who.OTHER or not turn.level]
    assert walk(RiskState(), *others).level <= Level.WATCH


def test_sudden_calm_changes_nothing() -> None:
    state = walk(RiskState(), heard(Level.EMERGENCY), *[CALM] * 30)
    assert state.level is Level.EMERGENCY


def test_a_closing_denial_hides_nothing() -> None:
    state = walk(RiskState(), heard(Level.CRISIS), CALM, CALM, CALM, DENIAL)
    assert state.level is Level.CRISIS


def test_denial_and_three_calm_turns_lower_one_step() -> None:
    state = walk(RiskState(), heard(Level.CRISIS), DENIAL, CALM, CALM)
    assert state.level is Level.CRISIS
    state = walk(state, CALM)
    assert state.level is Level.WATCH
    assert walk(state, *[CALM] * 10).level is Level.WATCH
    calm = walk(state, DENIAL, CALM, CALM, CALM)
    assert calm.level is Level.NONE
    assert calm.raised_at is not None


def test_two_different_watch_signals_within_ten_turns_are_a_crisis() -> None:
    one, other = heard(Level.WATCH, "passive"), heard(Level.WATCH, "burden")
    assert walk(RiskState(), one, one, one).level is Level.WATCH
    assert walk(RiskState(), one, *[CALM] * 8, other).level is Level.CRISIS
    assert walk(RiskState(), one, *[CALM] * 10, other).level is Level.WATCH


def felt(layer: str, level: Level = Level.WATCH, who: Who = Who.SELF) -> Assessment:
    reasons = (Reason(f"model.{layer}.suicide", level, 0, 1),)
    return Assessment(level=level, kind=Kind.SUICIDE, who=who, reasons=reasons)


def test_two_models_are_one_family_a_rule_beside_them_is_another() -> None:
    linear, encoder = felt("linear"), felt("encoder")
    assert walk(RiskState(), linear, encoder, linear).level is Level.WATCH
    assert walk(RiskState(), linear, heard(Level.WATCH, "passive")).level is Level.CRISIS
    assert walk(RiskState(), heard(Level.WATCH, "passive"), encoder).level is Level.CRISIS


def test_worries_without_a_rule_are_only_felt_until_the_third() -> None:
    once = walk(RiskState(), felt("linear"))
    assert is_only_felt(felt("linear"), once)
    twice = walk(once, CALM, CALM, felt("encoder"))
    assert is_only_felt(felt("encoder"), twice)
    assert not is_only_felt(felt("linear"), walk(twice, felt("linear")))
    late = walk(twice, *[CALM] * 10, felt("linear"))
    assert is_only_felt(felt("linear"), late), "what was felt long ago is not counted"
    beside = walk(RiskState(), heard(Level.WATCH, "passive"), CALM)
    assert not is_only_felt(felt("linear"), walk(beside, felt("linear")))
    denied = Assessment(cleared=True)
    after = walk(RiskState(), heard(Level.CRISIS, "intent"), denied, CALM, CALM, CALM)
    assert after.level is Level.WATCH
    assert not is_only_felt(felt("linear"), walk(after, felt("linear")))
    ruled = heard(Level.WATCH, "passive")
    assert not is_only_felt(ruled, walk(RiskState(), ruled))
    crisis = felt("encoder", Level.CRISIS)
    assert not is_only_felt(crisis, walk(RiskState(), crisis))
    assert not is_only_felt(CALM, once)
    assert not is_only_felt(Assessment(level=Level.WATCH), once), "nobody knows what it rests on"


def test_after_a_friends_crisis_or_a_misread_one_a_felt_worry_is_asked_about_at_once() -> None:
    friend = heard(Level.CRISIS, who=Who.OTHER)
    wrong = misread(walk(RiskState(), heard(Level.CRISIS)))
    assert wrong.level is Level.WATCH
    for before, calm in ((walk(RiskState(), friend), 12), (wrong, 2)):
        late = walk(before, *[CALM] * calm, felt("linear"))
        assert not rests_on_sound(late)
        assert not is_only_felt(felt("linear"), late)
        assert late.level is Level.WATCH


def test_felt_worries_about_others_are_counted_and_make_no_crisis_of_ones_own() -> None:
    other = felt("linear", who=Who.OTHER)
    twice = walk(RiskState(), other, other)
    assert is_only_felt(other, twice)
    thrice = walk(twice, other)
    assert not is_only_felt(other, thrice)
    assert rests_on_sound(thrice)
    assert walk(thrice, heard(Level.WATCH, "passive")).level is Level.WATCH


def test_a_crisis_by_sound_is_one_until_words_say_it() -> None:
    sound = felt("linear", Level.CRISIS)
    state = walk(RiskState(), felt("encoder"), sound)
    assert state.level is Level.CRISIS
    assert is_crisis_by_sound(sound, state)
    assert is_crisis_by_sound(CALM, walk(state, CALM))
    said = heard(Level.CRISIS)
    assert not is_crisis_by_sound(said, walk(state, said))
    assert not is_crisis_by_sound(CALM, walk(state, said, CALM)), "what was said stays said"
    before = walk(RiskState(), heard(Level.WATCH, "passive"))
    assert not is_crisis_by_sound(sound, walk(before, sound)), "a rule worried before"
    other = felt("linear", Level.CRISIS, Who.OTHER)
    assert not is_crisis_by_sound(other, walk(RiskState(), other))
    violence = Assessment(Level.CRISIS, Kind.ABUSE, reasons=sound.reasons)
    assert not is_crisis_by_sound(violence, walk(RiskState(), violence))


def test_hints_of_two_families_in_one_text_stay_watch() -> None:
    reasons = (
        Reason("zh.burden.x", Level.WATCH, 0, 1),
        Reason("zh.hopeless.x", Level.WATCH, 2, 3),
    )
    turn = Assessment(level=Level.WATCH, kind=Kind.SUICIDE, reasons=reasons)
    assert walk(RiskState(), turn).level is Level.WATCH


def test_it_expires_after_seven_days_without_a_signal() -> None:
    state = walk(RiskState(), heard(Level.EMERGENCY), now=1000.0)
    assert advance(state, CALM, now=1000.0 + KEPT_S).level is Level.EMERGENCY
    assert advance(state, CALM, now=1001.0 + KEPT_S) == RiskState()
    assert advance(state, CALM, now=0.0).level is Level.EMERGENCY


def test_calm_talk_leaves_a_calm_state_untouched() -> None:
    assert walk(RiskState(), CALM, DENIAL, CALM) == RiskState()


def test_misread_lowers_a_crisis_to_watch() -> None:
    state = misread(walk(RiskState(), heard(Level.CRISIS)))
    assert state.level is Level.WATCH


def test_misread_lowers_a_strong_emergency_only_the_second_time() -> None:
    state = misread(walk(RiskState(), heard(Level.EMERGENCY)))
    assert state.level is Level.EMERGENCY
    assert misread(state).level is Level.WATCH
    assert advance(state, DENIAL, now=0.0).level is Level.WATCH
    assert advance(state, CALM, now=0.0).level is Level.EMERGENCY


@given(turns=turns)
def test_not_about_me_lowers_as_far_as_misread_and_no_farther(turns: list[Assessment]) -> None:
    state = walk(RiskState(), *turns)
    after = not_about_me(state)
    assert (after.level, after.misread) == (misread(state).level, misread(state).misread)
    assert after.raised_at == state.raised_at
    if after.level is Level.WATCH:
        assert after.who is Who.OTHER


def test_ones_own_words_after_not_about_me_are_ones_own_again() -> None:
    state = not_about_me(walk(RiskState(), heard(Level.CRISIS)))
    assert (state.level, state.who) == (Level.WATCH, Who.OTHER)
    again = walk(state, heard(Level.WATCH))
    assert (again.level, again.who) == (Level.WATCH, Who.SELF)
    assert walk(state, heard(Level.CRISIS)).level is Level.CRISIS


def test_a_new_signal_after_misread_rises_again() -> None:
    state = misread(walk(RiskState(), heard(Level.CRISIS)))
    assert walk(state, heard(Level.EMERGENCY)).level is Level.EMERGENCY
    assert walk(state, heard(Level.EMERGENCY)).misread == 0
