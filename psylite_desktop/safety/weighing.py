"""What rules and model found in a text, weighed together into one assessment.

Rules are confirmed or doubted by what the model makes of the stretches that they stand in or near,
so that a long text is judged as each of its parts would be alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from psylite_desktop.domain.risk import (
    Assessment,
    Kind,
    Level,
    Opinion,
    Reason,
    Request,
    Who,
    raised,
)
from psylite_desktop.safety.classifier import Felt, Hearing
from psylite_desktop.safety.rules import Rule
from psylite_desktop.safety.stacking import SEGMENT

Trust = Mapping[Level, Mapping[str, float]]
"""How much a text must sound like a crisis, and like what is to be watched, by what rang."""
HINTS = "hints"
SEVERAL = "several"
"""What is rung for by hints alone, and by several families of which one is strong."""
_HINT_REACH = 120
_CELL = 2000
"""Characters of a cell of what the model makes of a text."""
_PLACE = 200
"""Characters of a cell of what rules found in it."""
MOST_ALONE = Level.CRISIS
"""The gravest level by the sound of a text alone, where no rule and no hint points to any risk."""
# Where two findings weigh the same, the one nearer to an act comes first.
_BEFORE = (
    Kind.SUICIDE,
    Kind.HARM_OTHERS,
    Kind.ABUSE,
    Kind.PSYCHOSIS,
    Kind.SELF_HARM,
    Kind.EATING,
    Kind.NONE,
)
_REQUESTS_BEFORE = (Request.HARMFUL, Request.JAILBREAK, Request.PRIVACY, Request.CLINICAL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that held after its surroundings were read; offsets into the original."""

    rule: Rule
    level: Level
    who: Who
    start: int
    end: int

    def reason(self) -> Reason:
        """The finding as evidence."""
        return Reason(self.rule.id, self.level, self.start, self.end)


class Places:
    """Findings by where they stand: a long text may hold thousands."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """All that may be looked for."""
        self._cells: dict[int, list[Finding]] = {}
        self._longest = 0
        for one in findings:
            self._cells.setdefault(one.start // _PLACE, []).append(one)
            self._longest = max(self._longest, one.end - one.start)

    def near(self, found: Finding, reach: int) -> Iterator[Finding]:
        """Those of which a part stands within so many characters of it, itself among them."""
        start, end = found.start - reach, found.end + reach
        for cell in range((start - self._longest) // _PLACE, end // _PLACE + 1):
            for one in self._cells.get(cell, ()):
                if one.start <= end and one.end >= start:
                    yield one


@dataclass(slots=True)
class Heard:
    """What was gathered over all windows and languages."""

    strong: list[Finding]
    hints: list[Finding]
    requests: set[Request]
    denied: bool = False
    humor_blocked: bool = False
    for_a_friend: bool = False
    opinion: Opinion | None = None
    felt: dict[int, list[Felt]] = field(default_factory=dict)
    """What the model makes of it, stretch by stretch, by which cell of the text each begins in:
    a long text has very many of them."""
    felt_requests: set[Request] = field(default_factory=set)
    felt_unworded: set[Request] = field(default_factory=set)
    worded: set[Request] = field(default_factory=set)

    def take(self, said: Hearing, offset: int) -> None:
        """What the model makes of the window that begins at `offset`."""
        self.felt_requests.update(said.requests)
        self.felt_unworded.update(said.unworded)
        for felt in said.felt:
            moved = replace(felt, start=felt.start + offset, end=felt.end + offset)
            self.felt.setdefault(moved.start // _CELL, []).append(moved)
        one = said.opinion
        if one and (self.opinion is None or one.level > self.opinion.level):
            self.opinion = replace(one, start=one.start + offset, end=one.end + offset)

    def around(self, found: Finding) -> list[Felt]:
        """What was made of the stretches of its language that it stands in or that lie near it."""
        start, end = found.start - SEGMENT, found.end + SEGMENT
        lang = language_of(found.rule)
        return [
            one
            for cell in range(max(0, start) // _CELL, end // _CELL + 1)
            for one in self.felt.get(cell, ())
            if one.lang == lang and one.start >= start and one.end <= end
        ]


def assessment_of(heard: Heard, trust: Trust) -> Assessment:
    """All that was gathered, as one assessment; `trust` is what rules ask for."""
    return _with_request(raised(_weigh(heard, trust), _held(heard)), heard)


def _held(heard: Heard) -> Opinion | None:
    """The model's opinion of the whole text, below an emergency where it stands all alone."""
    said = heard.opinion
    if said is None or heard.strong or heard.hints:
        return said
    return replace(said, level=min(said.level, MOST_ALONE))


def _weigh(heard: Heard, trust: Trust) -> Assessment:
    findings = [_of_the_person(found, for_a_friend=heard.for_a_friend) for found in heard.strong]
    hints = _supported(heard.hints, findings)
    highest = max((found.level for found in (*findings, *hints)), default=Level.NONE)
    strong = Places(findings)
    findings += [_backed(found, strong, heard) for found in hints]
    places = Places(findings)
    believed = [(found, _believed(found, places, heard, trust)) for found in findings]
    findings = [replace(found, level=level) for found, level in believed if level]
    if not findings:
        # A doubt is no certainty: no joke where a rule found something.
        blocked = heard.humor_blocked or bool(believed)
        return Assessment(cleared=heard.denied, humor_blocked=blocked)
    own = [found for found in findings if found.who is Who.SELF]
    level = max(found.level for found in findings)
    # One's own risk speaks first unless somebody else's is plainly graver.
    own_level = max((found.level for found in own), default=Level.NONE)
    leading = own if own_level >= min(level, Level.CRISIS) else findings
    around = Places(leading)
    top = min((one for one in leading if not _inside_another(one, around)), key=_weight)
    ordered = sorted(findings, key=lambda found: (-found.level, found.start, found.rule.id))
    reasons = tuple(dict.fromkeys(found.reason() for found in ordered))
    return Assessment(
        level=level,
        kind=top.rule.kind,
        who=top.who,
        reasons=reasons,
        cleared=heard.denied and highest < Level.CRISIS,
        humor_blocked=True,
    )


def _with_request(found: Assessment, heard: Heard) -> Assessment:
    """The same, with what the text asks for.

    What a model alone hears in words that do not speak of such things has a threshold of its own
    ("his picture pops up and my heart jumps" asks for nothing), and is marked. Beside a card it
    says nothing: danger and requests never share a text, unless the rules hear both.
    """
    sure, maybe = set(heard.requests), set[Request]()
    if found.level < Level.CRISIS:
        sure |= heard.felt_requests & heard.worded
        maybe = heard.felt_unworded - heard.worded
    asked = sure | maybe
    request = next((one for one in _REQUESTS_BEFORE if one in asked), Request.NONE)
    return replace(found, request=request, by_the_way=request in maybe - sure)


def _backed(hint: Finding, strong: Places, heard: Heard) -> Finding:
    """A hint: no emergency where no rule of its kind stands near and nothing sounds like one."""
    if any(one.rule.kind is hint.rule.kind for one in strong.near(hint, SEGMENT)):
        return hint
    felt = heard.around(hint)
    if not felt or any(one.grave for one in felt):
        return hint
    return replace(hint, level=min(hint.level, Level.CRISIS))


def _believed(found: Finding, findings: Places, heard: Heard, trust: Trust) -> Level:
    """The level of a finding after the model heard what stands near it, however long the text is.

    What it doubts as a crisis is watched; hints, and what was only to be watched, are dropped where
    it doubts them altogether. What reads one language doubts no rule of another.
    """
    felt = heard.around(found)
    if not felt:
        return found.level
    least = min(found.level, Level.CRISIS)
    lang = language_of(found.rule)
    near = [one.rule for one in findings.near(found, SEGMENT) if one.level >= least]
    own = [rule for rule in near if language_of(rule) == lang]
    resting = () if any(rule.outright for rule in near) else resting_on(own)
    # Where a strong rule speaks, what is near it counts as it would alone.
    alone = any(rule.strong for rule in near)

    def doubted(head: Level) -> bool:
        said = max(one.score(head, alone=alone) for one in felt)
        return doubtful(resting, said, trust.get(head, {}))

    if found.level >= Level.CRISIS and not doubted(Level.CRISIS):
        return found.level
    # A strong rule of a card may be mistaken, but somebody looks all the same.
    firm = found.rule.strong and found.level >= Level.CRISIS
    return Level.NONE if not firm and doubted(Level.WATCH) else min(found.level, Level.WATCH)


def resting_on(heard: Iterable[Rule]) -> tuple[str, ...]:
    """By which names a level that rests on these rules is doubted: their own where they are strong.

    Of hints alone it is one name for all of a language; where several families speak, another such
    name stands before their own. None where a rule is outright: there is nothing to doubt. What a
    rule names is also said in jest and done at harmless work ("if one more customer shouts I will
    walk into the sea"), and two such things stand beside each other in many a harmless text.
    """
    rules = tuple(heard)
    if not rules or any(rule.outright for rule in rules):
        return ()
    lang = language_of(rules[0])
    if not any(rule.strong for rule in rules):
        return (f"{lang}.{HINTS}",)
    own = tuple(dict.fromkeys(rule.id for rule in rules if rule.strong))
    return (f"{lang}.{SEVERAL}", *own) if len({rule.family for rule in rules}) > 1 else own


def language_of(rule: Rule) -> str:
    """The language that a rule reads: its name begins with it."""
    return rule.id.partition(".")[0]


def doubtful(resting: Sequence[str], said: float, trust: Mapping[str, float]) -> bool:
    """Whether what a level rests on asks for more than the text sounds like it.

    `trust` is what each name asks for, learnt from how often it rang falsely; one that is not there
    asks for nothing. What several families say is doubted only where each of them would be, too:
    more that is found is no reason to believe less.
    """
    return bool(resting) and all(said < trust.get(name, -math.inf) for name in resting)


def is_several(name: str) -> bool:
    """Whether this is the name of what several families say, and of no rule."""
    return name.endswith(f".{SEVERAL}")


def _inside_another(one: Finding, findings: Places) -> bool:
    """Whether a longer finding that weighs as much contains it and so says what it is about."""
    length = one.end - one.start
    return any(
        other.level >= one.level
        and other.start <= one.start
        and other.end >= one.end
        and other.end - other.start > length
        for other in findings.near(one, 0)
    )


def _weight(found: Finding) -> tuple[int, int, int]:
    return -found.level, _BEFORE.index(found.rule.kind), found.start


def _of_the_person(found: Finding, *, for_a_friend: bool) -> Finding:
    """Asking for a friend about a method is read as one's own question."""
    if for_a_friend and found.rule.family == "method":
        return replace(found, who=Who.SELF)
    return found


def _supported(hints: list[Finding], strong: list[Finding]) -> list[Finding]:
    """Hints that stand near something of another family, said in other words.

    Two kinds of trouble beside each other make no emergency: a hint's own level 3 counts only
    where what stands beside it is of its kind.
    """
    stand = []
    places = Places((*hints, *strong))
    for hint in hints:
        beside = [
            other
            for other in places.near(hint, _HINT_REACH)
            if other.rule.family != hint.rule.family
            and other.who is hint.who
            and abs(hint.start - other.start) <= _HINT_REACH
            and (hint.end <= other.start or other.end <= hint.start)
        ]
        if any(other.rule.kind is hint.rule.kind for other in beside):
            stand.append(hint)
        elif beside:
            stand.append(replace(hint, level=min(hint.level, Level.CRISIS)))
    return stand
