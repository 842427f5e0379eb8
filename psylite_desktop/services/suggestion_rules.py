"""Which suggestion speaks now: at most one, never against the person's word. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from psylite_desktop.content.suggestion_schema import SAME, Condition, Hours, Rule
from psylite_desktop.domain.suggestion import (
    Answer,
    GivenAnswer,
    Item,
    ItemKind,
    NoReason,
    Offer,
    Place,
    Source,
)
from psylite_desktop.services.suggestion_conditions import Held, Names, held, is_between
from psylite_desktop.services.suggestion_facts import Facts, local_day

DAY_S = 24 * 3600.0
REST_S = DAY_S
"""How long "not now" holds."""
NOT_AGAIN_S = 7 * DAY_S
"""How long nothing that was offered is offered again."""


@dataclass(frozen=True, slots=True)
class Records:
    """What was offered within `NOT_AGAIN_S`, oldest first, and every answer that stands."""

    offers: Sequence[Offer] = ()
    answers: Sequence[GivenAnswer] = ()

    def rests(self, now: float) -> bool:
        """Whether "not now" was said less than a day ago."""
        return any(one.answer is Answer.NOT_NOW and now - one.at < REST_S for one in self.answers)

    def refuses(self, rule: str, item: str) -> bool:
        """Whether the person never wants this, or never for this reason."""
        return self.refuses_item(item) or any(
            one.answer is Answer.NOT_FOR_THIS and one.subject == rule for one in self.answers
        )

    def refuses_item(self, item: str) -> bool:
        """Whether the person never wants this."""
        return any(one.answer is Answer.NOT_THIS and one.subject == item for one in self.answers)

    def told_lately(self, rule: str, item: str, now: float) -> bool:
        """Whether this, or anything for this reason, was offered within seven days."""
        return any(
            now - one.at < NOT_AGAIN_S and (one.rule == rule or one.item == item)
            for one in self.offers
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule that speaks, for which item, and what it goes by; `offer` where it was made today."""

    rule: Rule
    item: str
    slots: Mapping[str, str | int]
    source: Source | None
    offer: Offer | None = None


Available = Callable[[str], bool]
"""Whether there is an item of this key here."""


def fit(rule: Rule, facts: Facts, names: Names) -> Fit | None:
    """What a rule goes by; None where one of its conditions does not hold."""
    if facts.had_danger and not rule.is_gentle:
        return None
    found: list[Held] = []
    for condition in sorted(rule.when, key=lambda one: not isinstance(one, Hours)):
        one = held(condition, facts, names)
        if one is None:
            return None
        found.append(one)
    slots: dict[str, str | int] = {}
    for one in reversed(found):
        slots.update(one.slots)
    source = next((one.source for one in found if one.source is not None), None)
    item = next((one.item for one in found if one.item), "") if rule.item == SAME else rule.item
    return Fit(rule, item, slots, source)


def choose(
    rules: Sequence[Rule], facts: Facts, records: Records, names: Names, available: Available
) -> Fit | NoReason:
    """The one suggestion of now, or why there is none. What was offered today stays."""
    today = [one for one in records.offers if local_day(one.at) == facts.today]
    if records.rests(facts.now):
        return NoReason.REST
    if not facts.had_danger and any(one.opened_at is not None for one in today):
        return NoReason.DONE_TODAY
    fits = [one for rule in rules if (one := fit(rule, facts, names)) is not None]
    fits = [one for one in fits if one.item not in facts.forbidden and available(one.item)]
    wanted = [one for one in fits if not records.refuses(one.rule.id, one.item)]
    if not wanted:
        return _why_none(facts, is_refused=bool(fits))
    return _made_today(today, wanted, records) or _fresh(wanted, facts, records)


def choose_in_talk(
    rules: Sequence[Rule],
    facts: Facts,
    records: Records,
    topics: Sequence[str],
    available: Available,
) -> tuple[Rule, str] | None:
    """A rule and an exercise for what a talk is about, the weightiest of `topics` first."""
    if facts.had_danger:
        return None
    for topic in topics:
        for rule in rules:
            if topic not in rule.talk or records.refuses(rule.id, ""):
                continue
            if not all(_is_time(one, facts) for one in rule.when):
                continue
            for key in (rule.item, *rule.others):
                if (
                    key != SAME
                    and Item.of(key).kind is ItemKind.EXERCISE
                    and key not in facts.forbidden
                    and available(key)
                    and not records.refuses_item(key)
                    and not records.told_lately("", key, facts.now)
                ):
                    return rule, key
    return None


def others_of(
    fitting: Fit, facts: Facts, records: Records, available: Available, *, most: int = 2
) -> list[str]:
    """What else there is, without what is forbidden, refused, or not there."""
    keys = [
        key
        for key in fitting.rule.others
        if key != fitting.item
        and key not in facts.forbidden
        and available(key)
        and not records.refuses_item(key)
    ]
    return keys[:most]


def _is_time(condition: Condition, facts: Facts) -> bool:
    return not isinstance(condition, Hours) or is_between(facts.now, condition)


def _made_today(
    today: Sequence[Offer], wanted: Sequence[Fit], records: Records
) -> Fit | NoReason | None:
    """The offer that was made last, where its rule still speaks; one made in Talk is enough."""
    if not today:
        return None
    made = today[-1]
    for one in wanted:
        if one.rule.id == made.rule and one.item == made.item:
            return replace(one, offer=made)
    if made.place is Place.TALK and not records.refuses(made.rule, made.item):
        return NoReason.DONE_TODAY
    return None


def _fresh(wanted: Sequence[Fit], facts: Facts, records: Records) -> Fit | NoReason:
    for one in wanted:
        if not records.told_lately(one.rule.id, one.item, facts.now):
            return one
    return NoReason.AFTER_DANGER if facts.had_danger else NoReason.TOLD_LATELY


def _why_none(facts: Facts, *, is_refused: bool) -> NoReason:
    if facts.had_danger:
        return NoReason.AFTER_DANGER
    if is_refused:
        return NoReason.TURNED_OFF
    return NoReason.NO_WORDS if facts.is_blank else NoReason.NOTHING
