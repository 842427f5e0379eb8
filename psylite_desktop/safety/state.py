"""Where a conversation stands: levels rise at once and fall slowly.

Source: design note "Safety", section 2, point 6.
"""

from __future__ import annotations

from dataclasses import replace

from psylite_desktop.domain.risk import Assessment, Kind, Level, RiskState, Who

KEPT_S = 7 * 24 * 3600.0
"""How long a state is kept after the last signal, in seconds."""
CALM_TURNS = 3
"""Calm turns that must follow a denial before the level falls one step."""
MODEL = "model"
"""How the reasons of the models begin."""
AFTER = "after"
"""Kept as a signal for as long as the state stands where a crisis was denied or misread, or where
words told of somebody else's danger: a worry after it is not the first."""
FELT = "felt"
"""Worries of the models about somebody else: counted, but no second family of one's own."""
TOGETHER_TURNS = 10
"""Level-1 signals of different families within this many turns make a level 2."""
FELT_ENOUGH = 3
"""Messages within these turns that only a model worries about before the person is asked. One in
twenty ordinary messages is one, so a second one in a talk is mostly an error as well."""


def advance(state: RiskState, assessment: Assessment, *, now: float) -> RiskState:
    """Return the state after one text; `now` is UTC seconds since the epoch.

    A level falls by one step only after an explicit denial and three calm turns after it.
    Somebody else's risk raises one's own state to watch at most.
    """
    state = _fresh(state, now)
    signal = _own_level(assessment)
    if state.level is Level.NONE and signal is Level.NONE:
        return state
    turn = state.turn + 1
    earlier = tuple(
        (name, at) for name, at in state.signals if name == AFTER or turn - at < TOGETHER_TURNS
    )
    families = _families(assessment)
    others = {_family(name) for name, _ in earlier} - families - {AFTER, FELT}
    if signal is Level.WATCH and families and others:
        signal = Level.CRISIS
    heard = {f"{MODEL}.{turn}" if name == MODEL else name: turn for name in families}
    if assessment.who is Who.OTHER and assessment.level > Level.NONE:
        heard[f"{FELT}.{turn}" if is_by_sound(assessment) else AFTER] = turn
    signals = tuple(sorted((dict(earlier) | heard).items()))
    if signal > Level.NONE:
        return _after_signal(state, assessment, signal, signals, turn=turn, now=now)
    if state.misread and state.level is Level.EMERGENCY and assessment.cleared:
        return _to_watch(replace(state, turn=turn))
    denied = state.denied or assessment.cleared
    # Calm before a denial, or the denial itself, proves nothing: only what follows it counts.
    calm = state.calm_turns + 1 if state.denied else 0
    if denied and calm >= CALM_TURNS:
        return _lowered(replace(state, turn=turn, signals=((AFTER, turn),)))
    return replace(state, turn=turn, signals=signals, denied=denied, calm_turns=calm)


def misread(state: RiskState) -> RiskState:
    """Return the state after "you misread me": watch, with help in view.

    An emergency set by a strong rule stays until it is said a second time, or until the person
    writes that they are safe.
    """
    first = state.misread == 0
    state = replace(state, misread=state.misread + 1)
    if state.level <= Level.WATCH or (state.level is Level.EMERGENCY and state.strong and first):
        return state
    return _to_watch(state)


def not_about_me(state: RiskState) -> RiskState:
    """Return the state after "this is not about me": lowered as by `misread`, and about another."""
    state = misread(state)
    return replace(state, who=Who.OTHER) if state.level is Level.WATCH else state


def _to_watch(state: RiskState) -> RiskState:
    after = ((AFTER, state.turn),)
    return replace(state, level=Level.WATCH, calm_turns=0, denied=True, signals=after, strong=False)


def _fresh(state: RiskState, now: float) -> RiskState:
    """Forget what is older than seven days; a clock that was set back forgets nothing."""
    if state.raised_at is not None and now - state.raised_at > KEPT_S:
        return RiskState()
    return state


def _own_level(assessment: Assessment) -> Level:
    if assessment.who is Who.OTHER:
        return min(assessment.level, Level.WATCH)
    return assessment.level


def _families(assessment: Assessment) -> set[str]:
    """Families of one's own signals; rule ids are `<language>.<family>.<name>`.

    The models are one family: they learnt from the same texts and err together.
    """
    if assessment.level is Level.NONE or assessment.who is Who.OTHER:
        return set()
    found = [reason.rule.split(".") for reason in assessment.reasons]
    return {parts[0] if parts[0] == MODEL else parts[1] for parts in found if len(parts) > 1}


def _family(name: str) -> str:
    """The family of a kept signal; those of the models are kept turn by turn, to be counted."""
    return name.partition(".")[0]


def is_by_sound(assessment: Assessment) -> bool:
    """Whether it rests on the sound of a text alone, on no rule."""
    reasons = assessment.reasons
    return bool(reasons) and all(reason.rule.startswith(f"{MODEL}.") for reason in reasons)


def is_only_felt(assessment: Assessment, state: RiskState) -> bool:
    """Whether a worry rests on the sound of a text alone, and too few before it sounded alike.

    In ordinary talk that is mostly a mistake: help comes into view, but nobody is asked about
    death for it. `state` is the one after the text.
    """
    if assessment.level is not Level.WATCH or state.level is not Level.WATCH:
        return False
    return is_by_sound(assessment) and rests_on_sound(state) and len(state.signals) < FELT_ENOUGH


def is_crisis_by_sound(assessment: Assessment, state: RiskState) -> bool:
    """Whether a crisis of one's own rests on the sound of texts alone; the card comes all the same.

    One message of ordinary trouble in two hundred sounds so. `state` is the one after the text.
    Violence by somebody is left to its own words: a child may tell of it in no others.
    """
    own = state.who is Who.SELF and assessment.who is Who.SELF and state.kind is not Kind.ABUSE
    heard = assessment.level is Level.NONE or is_by_sound(assessment)
    return own and heard and bool(state.signals) and not state.strong and rests_on_sound(state)


def rests_on_sound(state: RiskState) -> bool:
    """Whether nothing but models worried lately, and no crisis was before."""
    return all(_family(name) in {MODEL, FELT} for name, _ in state.signals)


def _by_strong_rule(assessment: Assessment) -> bool:
    return any(
        reason.level >= assessment.level and reason.rule.startswith(("zh.", "en."))
        for reason in assessment.reasons
    )


def _after_signal(
    state: RiskState,
    assessment: Assessment,
    signal: Level,
    signals: tuple[tuple[str, int], ...],
    *,
    turn: int,
    now: float,
) -> RiskState:
    rose = signal > state.level
    leads = signal >= state.level
    return RiskState(
        level=max(state.level, signal),
        kind=assessment.kind if leads and assessment.kind is not Kind.NONE else state.kind,
        who=assessment.who if leads else state.who,
        calm_turns=0,
        denied=False,
        raised_at=now,
        turn=turn,
        signals=signals,
        strong=_by_strong_rule(assessment) if rose else state.strong,
        misread=0 if rose else state.misread,
    )


def _lowered(state: RiskState) -> RiskState:
    level = Level(state.level - 1)
    if level is Level.NONE:
        # The date stays: humor waits seven days from the last signal, whatever was said since.
        return RiskState(raised_at=state.raised_at)
    return replace(state, level=level, calm_turns=0, denied=False, strong=False)
