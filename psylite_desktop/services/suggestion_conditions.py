"""Whether a condition of a rule holds, and the numbers and words it holds by. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from psylite_desktop.content.suggestion_schema import (
    AfterDanger,
    Condition,
    Feelings,
    Helped,
    Hours,
    LastCheckIn,
    Lighter,
    Moods,
    OpenRun,
    PlanEmpty,
    PlanFilled,
    ScaleDue,
    Tags,
    Themes,
    Topics,
)
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.suggestion import Source, SourceKind
from psylite_desktop.services.suggestion_facts import Facts, clause_with, local_day, local_hour

WEEK = 7
MOST_WORDS = 3
"""Words of a situation that a reason names, the most said first."""


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called in one language, and how words are joined."""

    feeling: Callable[[str], str]
    tag: Callable[[str], str]
    mood: Callable[[int], str]
    exercise: Callable[[str], str]
    comma: str
    again_after: Callable[[str], int]
    """Days that a scale's manual asks for."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a condition holds by; `item` is the key of an item that it found."""

    slots: Mapping[str, str | int] = field(default_factory=dict)
    source: Source | None = None
    item: str = ""


def held(condition: Condition, facts: Facts, names: Names) -> Held | None:  # noqa: PLR0911, C901, PLR0912 - one case a kind of condition
    """What the condition holds by; None where it does not hold."""
    match condition:
        case Feelings():
            return _feelings(condition, facts, names)
        case Tags():
            return _tags(condition, facts, names)
        case Moods():
            return _moods(condition, facts)
        case Topics():
            return _topics(condition, facts, names)
        case Themes():
            return _themes(condition, facts)
        case Helped():
            return _helped(condition, facts, names)
        case OpenRun():
            return _open_run(condition, facts, names)
        case LastCheckIn():
            return _last_check_in(condition, facts, names)
        case ScaleDue():
            return _scale_due(condition, facts, names)
        case Lighter():
            return _lighter(condition, facts)
        case Hours():
            return Held() if is_between(facts.now, condition) else None
        case PlanEmpty():
            return None if facts.has_plan else Held()
        case PlanFilled():
            return Held() if facts.has_plan else None
        case AfterDanger():
            return Held() if facts.had_danger else None


def day_means(check_ins: Iterable[CheckIn]) -> dict[str, float]:
    """The mean mood of each day that has check-ins."""
    moods: dict[str, list[int]] = {}
    for one in check_ins:
        moods.setdefault(one.day, []).append(one.mood)
    return {day: sum(of_day) / len(of_day) for day, of_day in moods.items()}


def _within(facts: Facts, days: int) -> list[CheckIn]:
    """Check-ins about the last `days` days, today included."""
    first = (facts.today - timedelta(days=days - 1)).isoformat()
    return [one for one in facts.check_ins if first <= one.day <= facts.today.isoformat()]


def _feelings(condition: Feelings, facts: Facts, names: Names) -> Held | None:
    wanted = set(condition.found)
    hits = [one for one in _within(facts, condition.days) if wanted & set(one.feelings)]
    if len(hits) < condition.at_least:
        return None
    ticked = [feeling for one in hits for feeling in one.feelings if feeling in wanted]
    words = names.comma.join(names.feeling(one) for one in _most_first(ticked))
    slots: dict[str, str | int] = {"count": len(hits), "days": condition.days, "words": words}
    return Held(slots, _told(hits))


def _tags(condition: Tags, facts: Facts, names: Names) -> Held | None:
    wanted = set(condition.found)
    hits = [
        one
        for one in _within(facts, condition.days)
        if wanted & set(one.tags) and condition.lowest <= one.mood <= condition.highest
    ]
    if len(hits) < condition.at_least:
        return None
    tagged = [tag for one in hits for tag in one.tags if tag in wanted]
    words = names.comma.join(names.tag(one) for one in _most_first(tagged))
    slots: dict[str, str | int] = {"count": len(hits), "days": condition.days, "words": words}
    return Held(slots, _told(hits))


def _moods(condition: Moods, facts: Facts) -> Held | None:
    inside = _within(facts, condition.days)
    means = day_means(inside)
    days = {day for day, mean in means.items() if condition.lowest <= mean <= condition.highest}
    if len(days) < condition.at_least:
        return None
    hits = [one for one in inside if one.day in days]
    return Held({"count": len(days), "days": condition.days}, _told(hits))


def _topics(condition: Topics, facts: Facts, names: Names) -> Held | None:
    wanted = condition.found
    first = facts.today - timedelta(days=condition.days - 1)
    hits = [
        one
        for one in facts.messages
        if any(topic in one.words for topic in wanted) and local_day(one.at) >= first
    ]
    if len(hits) < condition.at_least:
        return None
    spoken = [word for one in hits for topic in wanted for word in one.words.get(topic, ())]
    words = names.comma.join(_most_first(spoken)[:MOST_WORDS])
    slots: dict[str, str | int] = {"count": len(hits), "days": condition.days, "words": words}
    for one in reversed(hits):
        if one.may_be_quoted:
            found = [word for topic in wanted for word in one.words.get(topic, ())]
            quote = clause_with(one.text, max(found, key=len))
            day = local_day(one.at).isoformat()
            return Held(slots, Source(SourceKind.MESSAGE, one.conversation_id, day, quote))
    return Held(slots)


def _themes(condition: Themes, facts: Facts) -> Held | None:
    wanted = set(condition.found)
    first = (facts.today - timedelta(days=condition.days - 1)).isoformat()
    hits = [one for one in facts.themes if one.theme in wanted and one.day >= first]
    entries = {one.entry_id for one in hits}
    if len(entries) < condition.at_least:
        return None
    last = hits[-1]
    source = Source(SourceKind.ENTRY, last.entry_id, last.day, clause_with(last.words))
    return Held({"count": len(entries), "days": condition.days}, source)


def _helped(condition: Helped, facts: Facts, names: Names) -> Held | None:
    for run in sorted(facts.finished, key=lambda one: -(one.finished_at or 0.0)):
        before, after = run.rating(BEFORE), run.rating(AFTER)
        if before is None or after is None or before - after < condition.by:
            continue
        day = local_day(run.finished_at or run.updated_at)
        ago = (facts.today - day).days
        if condition.days_from <= ago <= condition.days_to:
            slots: dict[str, str | int] = {"before": before, "after": after, "ago": ago}
            return _of_run(run, day, slots, names)
    return None


def _open_run(condition: OpenRun, facts: Facts, names: Names) -> Held | None:
    for run in sorted(facts.begun, key=lambda one: -one.updated_at):
        day = local_day(run.updated_at)
        ago = (facts.today - day).days
        if len(run.path) > 1 and condition.days_from <= ago <= condition.days_to:
            return _of_run(run, day, {"ago": ago}, names)
    return None


def _of_run(run: ExerciseRun, day: date, slots: dict[str, str | int], names: Names) -> Held | None:
    title = names.exercise(run.exercise_id)
    if not title:
        return None
    source = Source(SourceKind.RUN, run.id, day.isoformat(), target=run.exercise_id)
    return Held({**slots, "title": title}, source, f"exercise:{run.exercise_id}")


def _last_check_in(condition: LastCheckIn, facts: Facts, names: Names) -> Held | None:
    if not facts.check_ins:
        return None
    last = max(facts.check_ins, key=lambda one: (one.day, one.at, one.id))
    ago = (facts.today - date.fromisoformat(last.day)).days
    if last.mood > condition.highest or not condition.days_from <= ago <= condition.days_to:
        return None
    return Held({"ago": ago, "mood": names.mood(last.mood)}, _told([last]))


def _scale_due(condition: ScaleDue, facts: Facts, names: Names) -> Held | None:
    runs = [run for run in facts.scale_runs if run.scale == condition.scale]
    if not runs:
        return None if condition.before else Held()
    last = max(runs, key=lambda run: (run.at, run.id))
    ago = (facts.today - local_day(last.at)).days
    if ago < names.again_after(condition.scale):
        return None
    if condition.before and ago > condition.days_to:
        return None
    slots: dict[str, str | int] = {"ago": ago}
    if last.scores:
        slots["score"] = last.scores[0][1]
    return Held(slots)


def _lighter(condition: Lighter, facts: Facts) -> Held | None:
    recent = _within(facts, WEEK)
    known = {one.id for one in recent}
    earlier = [one for one in _within(facts, 2 * WEEK) if one.id not in known]
    now, then = day_means(recent), day_means(earlier)
    if min(len(now), len(then)) < condition.at_least:
        return None
    mean_now, mean_then = sum(now.values()) / len(now), sum(then.values()) / len(then)
    if mean_now - mean_then < condition.by:
        return None
    slots: dict[str, str | int] = {
        "now": f"{mean_now:.1f}",
        "then": f"{mean_then:.1f}",
        "days_now": len(now),
        "days_then": len(then),
    }
    return Held(slots, _told(recent))


def is_between(now: float, hours: Hours) -> bool:
    """Whether a time lies within these hours of the local day."""
    hour = local_hour(now)
    if hours.since <= hours.until:
        return hours.since <= hour < hours.until
    return hour >= hours.since or hour < hours.until


def _told(hits: Sequence[CheckIn]) -> Source:
    """The newest of these check-ins, better one with a line that may be told again."""
    order = sorted(hits, key=lambda one: (one.day, one.at, one.id), reverse=True)
    calm = [one for one in order if one.note.strip() and one.level is Level.NONE]
    chosen = (calm or order)[0]
    words = clause_with(chosen.note) if calm else ""
    return Source(SourceKind.CHECK_IN, chosen.id, chosen.day, words)


def _most_first(ids: Iterable[str]) -> list[str]:
    counted = Counter(ids)
    return sorted(counted, key=lambda one: (-counted[one], one))
