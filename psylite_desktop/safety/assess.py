"""What a text says about risk and what it asks for: the floor that always stands.

Rules, and the linear model where one is given: it may raise what the rules found, confirms or
doubts hints, and doubts strong rules, down to a watch, where a card rests on a single family of
them, each as far as it earned trust. Source of the levels: design note "Safety", sections 1, 2.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from psylite_desktop.domain.errors import InputError
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
from psylite_desktop.safety.asked_words import WORDED
from psylite_desktop.safety.classifier import Hearing, RiskClassifier, Sign
from psylite_desktop.safety.cloaks import Uncloaker
from psylite_desktop.safety.context import Modifiers
from psylite_desktop.safety.linear import DamagedModelError
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.rules import Match, Rule, RuleSet

_WINDOW = 2000
_OVERLAP = 200
_HINT_REACH = 120
_ENOUGH = 4
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
_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, re.error, RecursionError)
"""What reading a damaged rules file may end in; a TOMLDecodeError is a ValueError."""


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


@dataclass(slots=True)
class _Heard:
    """What was gathered over all windows and languages."""

    strong: list[Finding]
    hints: list[Finding]
    requests: set[Request]
    denied: bool = False
    humor_blocked: bool = False
    for_a_friend: bool = False
    opinion: Opinion | None = None
    backing: Level | None = None
    """The gravest level for hints alone, by the model; None where it could not look."""
    crisis: float | None = None
    """How much the gravest piece sounds like a crisis; None where the model could not look."""
    felt_requests: set[Request] = field(default_factory=set)
    felt_unworded: set[Request] = field(default_factory=set)
    worded: set[Request] = field(default_factory=set)

    def take(self, said: Hearing, offset: int) -> None:
        """What the model makes of the window that begins at `offset`."""
        self.felt_requests.update(said.requests)
        self.felt_unworded.update(said.unworded)
        self.backing = max(self.backing or Level.NONE, said.hints)
        self.crisis = said.crisis if self.crisis is None else max(self.crisis, said.crisis)
        one = said.opinion
        if one and (self.opinion is None or one.level > self.opinion.level):
            self.opinion = replace(one, start=one.start + offset, end=one.end + offset)


@contextlib.contextmanager
def _told(place: str) -> Iterator[None]:
    """Whatever is wrong with the rules, as other damaged content."""
    try:
        yield
    except _DAMAGE as error:
        # The words of an OSError name the whole path, and so somebody's folder.
        said = error.strerror if isinstance(error, OSError) else str(error)
        reason = f"{type(error).__name__}: {said}"
        raise InputError("content_invalid", file=place, where="", reason=reason) from None


class Assessor:
    """Assesses texts. Immutable once made; safe to use from any thread."""

    def __init__(
        self,
        uncloaker: Uncloaker,
        rule_sets: Iterable[RuleSet],
        classifier: RiskClassifier | None = None,
    ) -> None:
        """One rule set a language; the rules stand alone where there is no classifier."""
        self._classifier = classifier
        self._trust = classifier.trust if classifier is not None else {}
        self._uncloaker = uncloaker
        self.rule_sets = tuple(rule_sets)
        self._modifiers = {rules.lang: Modifiers(rules.modifiers) for rules in self.rule_sets}

    @classmethod
    def from_files(cls, zh: Path, en: Path, classifier: RiskClassifier | None = None) -> Assessor:
        """Read two rules files; `normalise.toml` must stand beside the first.

        Raises OSError, tomllib.TOMLDecodeError, KeyError, ValueError and re.error.
        """
        uncloaker = Uncloaker.from_file(zh.parent / "normalise.toml")
        return cls(uncloaker, (RuleSet.from_file(zh), RuleSet.from_file(en)), classifier)

    @classmethod
    def load(cls, assets_dir: Path, risk_dir: Path | None = None) -> Assessor:
        """Read the shipped rules of an `assets` folder, and the model of `risk_dir` if it is whole.

        A model that is missing or damaged leaves the rules alone: safety does not stop for it.
        Raises InputError("content_invalid") where the rules are missing or damaged.
        """
        classifier = None
        if risk_dir is not None:
            with contextlib.suppress(OSError, DamagedModelError):
                classifier = RiskClassifier.load(risk_dir)
        rules = assets_dir / "safety"
        with _told("safety"):
            return cls.from_files(rules / "zh.toml", rules / "en.toml", classifier)

    def assess(self, text: str) -> Assessment:
        """Assess any text; never raises, and takes time in proportion to its length."""
        heard = _Heard([], [], set())
        for offset, part in windows(text):
            self._hear(part, offset, heard)
        found = raised(_weigh(heard, self._trust), _held(heard))
        return _with_request(found, heard)

    def warm(self, *, rest_s: float = 0.0) -> None:
        """Compile all patterns now: the first text is then assessed as fast as the others.

        Takes seconds; meant for a thread while nobody has written anything yet, which with `rest_s`
        stays out of the window's way (see `RuleSet.compile_all`). Raises as `load`.
        """
        for rules in self.rule_sets:
            with _told(f"safety/{rules.lang}"):
                rules.compile_all(rest_s=rest_s)

    def plain(self, text: str) -> str:
        """The plain form that the rules read, for looking into a finding."""
        return self._uncloaker.plain(text).text

    def _hear(self, text: str, offset: int, heard: _Heard) -> None:
        plain = self._uncloaker.plain(text)
        self._hear_rules(plain, offset, heard)
        if self._classifier is not None:
            found = bool(heard.strong or heard.hints)
            heard.worded |= {one for one, words in WORDED.items() if words.search(plain.text)}
            said = self._classifier.hear(plain, alone=found)
            if said is not None:
                heard.take(said, offset)

    def scan(self, text: str) -> Iterator[tuple[int, Plain, list[Sign]]]:
        """The windows of a text: offset, plain form, and the rules that found something in it."""
        for offset, part in windows(text):
            plain = self._uncloaker.plain(part)
            heard = _Heard([], [], set())
            yield offset, plain, self._hear_rules(plain, offset, heard)

    def _hear_rules(self, plain: Plain, offset: int, heard: _Heard) -> list[Sign]:
        signs: list[Sign] = []
        for rules in self.rule_sets:
            if rules.lang == "zh" and not plain.has_chinese():
                continue
            if rules.lang == "en" and not plain.has_latin():
                continue
            signs += self._hear_language(plain, rules, offset, heard)
        return signs

    def _hear_language(
        self, plain: Plain, rules: RuleSet, offset: int, heard: _Heard
    ) -> list[Sign]:
        modifiers = self._modifiers[rules.lang]
        masked, denied = rules.masked(plain.text)
        heard.denied |= denied
        heard.for_a_friend |= modifiers.asked_for_a_friend(plain.text)
        kept: Counter[str] = Counter()
        signs: list[Sign] = []
        for match in rules.matches(masked):
            rule = match.rule
            if kept[rule.id] >= _ENOUGH:  # the same words a thousand times say no more
                continue
            if rule.request is not Request.NONE:
                if rule.strong:
                    heard.requests.add(rule.request)
                signs.append(Sign(rule.id, match.start, match.end))
                continue
            heard.humor_blocked |= rule.blocks_humor
            if rule.level is Level.NONE:
                continue
            judged = modifiers.judge(match, masked)
            if judged is None:
                continue
            if judged.denied:
                heard.denied |= rule.level >= Level.CRISIS
                continue
            kept[rule.id] += 1
            signs.append(Sign(rule.id, match.start, match.end))
            found = _found(match, plain, offset, judged.level, judged.who)
            (heard.strong if rule.strong else heard.hints).append(found)
        return signs


def _found(match: Match, plain: Plain, offset: int, level: Level, who: Who) -> Finding:
    start, end = plain.original(match.start, match.end)
    return Finding(match.rule, level, who, start + offset, end + offset)


def _held(heard: _Heard) -> Opinion | None:
    """The model's opinion of the whole text, below an emergency where it stands all alone."""
    said = heard.opinion
    if said is None or heard.strong or heard.hints:
        return said
    return replace(said, level=min(said.level, MOST_ALONE))


def windows(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text into overlapping stretches, each with its offset; a short one stays whole."""
    start = 0
    while True:
        yield start, text[start : start + _WINDOW]
        if start + _WINDOW >= len(text):
            return
        start += _WINDOW - _OVERLAP


def _weigh(heard: _Heard, trust: Mapping[str, float]) -> Assessment:
    findings = [_of_the_person(found, for_a_friend=heard.for_a_friend) for found in heard.strong]
    hints = _supported(heard.hints, findings)
    highest = max((found.level for found in (*findings, *hints)), default=Level.NONE)
    kinds = {found.rule.kind for found in findings}
    findings += [found if found.rule.kind in kinds else _backed(found, heard) for found in hints]
    alone = resting_on(one.rule for one in findings if one.level >= Level.CRISIS)
    if alone and heard.crisis is not None and doubtful(alone, heard.crisis, trust):
        findings = [replace(one, level=min(one.level, Level.WATCH)) for one in findings]
    if not findings:
        return Assessment(cleared=heard.denied, humor_blocked=heard.humor_blocked)
    own = [found for found in findings if found.who is Who.SELF]
    level = max(found.level for found in findings)
    # One's own risk speaks first unless somebody else's is plainly graver.
    own_level = max((found.level for found in own), default=Level.NONE)
    leading = own if own_level >= min(level, Level.CRISIS) else findings
    top = min((one for one in leading if not _inside_another(one, leading)), key=_weight)
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


def _with_request(found: Assessment, heard: _Heard) -> Assessment:
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


def _backed(hint: Finding, heard: _Heard) -> Finding:
    """A hint that no rule of its kind stands beside: one level lower where the model doubts it."""
    if heard.backing is None or hint.level <= heard.backing:
        return hint
    return replace(hint, level=Level(hint.level - 1))


def resting_on(grave: Iterable[Rule]) -> tuple[str, ...]:
    """The strong rules on which a card rests alone; none where several families speak for it.

    None either where one of them is outright: there is nothing to doubt.
    What a rule names is also said in jest and done at harmless work ("if one more customer shouts I
    will walk into the sea"); beside anything else that is grave it hardly ever is.
    """
    rules = tuple(grave)
    if len({rule.family for rule in rules}) != 1 or any(rule.outright for rule in rules):
        return ()
    return tuple(dict.fromkeys(rule.id for rule in rules if rule.strong))


def doubtful(alone: Sequence[str], crisis: float, trust: Mapping[str, float]) -> bool:
    """Whether rules that stand alone ask for more than the text sounds like a crisis.

    `trust` is what each asks for, learnt from how often it rang falsely; one that is not named asks
    for nothing.
    """
    return all(crisis < trust.get(name, -math.inf) for name in alone)


def _inside_another(one: Finding, findings: list[Finding]) -> bool:
    """Whether a longer finding that weighs as much contains it and so says what it is about."""
    length = one.end - one.start
    return any(
        other.level >= one.level
        and other.start <= one.start
        and other.end >= one.end
        and other.end - other.start > length
        for other in findings
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
    for hint in hints:
        beside = [
            other
            for other in (*hints, *strong)
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
