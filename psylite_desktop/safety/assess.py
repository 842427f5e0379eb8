"""What a text says about risk and what it asks for: the floor that always stands.

Rules, and the linear model where one is given: it may raise what the rules found, confirms or
doubts hints, and doubts strong rules, down to a watch, unless one is outright, each as far as it
earned trust. Source of the levels: design note "Safety", sections 1, 2.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.risk import (
    Assessment,
    Level,
    Request,
    Who,
)
from psylite_desktop.safety.asked_words import WORDED
from psylite_desktop.safety.classifier import RiskClassifier, Sign
from psylite_desktop.safety.cloaks import Uncloaker
from psylite_desktop.safety.context import Modifiers
from psylite_desktop.safety.linear import DamagedModelError
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.rules import Match, RuleSet
from psylite_desktop.safety.weighing import Finding, Heard, Trust, assessment_of

_WINDOW = 2000
_OVERLAP = 200
_ENOUGH = 4
_CELL = 400
"""How often a rule is heard alike in so many characters: the same words a thousand times say no
more, but what is often said in jest or of others shall not hide that it is meant."""
_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, re.error, RecursionError)
"""What reading a damaged rules file may end in; a TOMLDecodeError is a ValueError."""


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
        self._trust: Trust = classifier.trust if classifier is not None else {}
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
        heard = Heard([], [], set())
        for offset, part in windows(text):
            self._hear(part, offset, len(text), heard)
        return assessment_of(heard, self._trust)

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

    def _hear(self, text: str, offset: int, among: int, heard: Heard) -> None:
        plain = self._uncloaker.plain(text)
        before = len(heard.strong), len(heard.hints)
        self._hear_rules(plain, offset, heard)
        if self._classifier is not None:
            found = before != (len(heard.strong), len(heard.hints))
            heard.worded |= {one for one, words in WORDED.items() if words.search(plain.text)}
            own = heard.strong[before[0] :]
            sure = [(one.start - offset, one.end - offset) for one in own]
            said = self._classifier.hear(plain, among=among, alone=found, sure=sure)
            if said is not None:
                heard.take(said, offset)

    def scan(self, text: str) -> Iterator[tuple[int, Plain, list[Sign]]]:
        """The windows of a text: offset, plain form, and the rules that found something in it."""
        for offset, part in windows(text):
            plain = self._uncloaker.plain(part)
            heard = Heard([], [], set())
            yield offset, plain, self._hear_rules(plain, offset, heard)

    def _hear_rules(self, plain: Plain, offset: int, heard: Heard) -> list[Sign]:
        signs: list[Sign] = []
        for rules in self.rule_sets:
            if rules.lang == "zh" and not plain.has_chinese():
                continue
            if rules.lang == "en" and not plain.has_latin():
                continue
            signs += self._hear_language(plain, rules, offset, heard)
        return signs

    def _hear_language(self, plain: Plain, rules: RuleSet, offset: int, heard: Heard) -> list[Sign]:
        modifiers = self._modifiers[rules.lang]
        masked, denied = rules.masked(plain.text)
        heard.denied |= denied
        heard.for_a_friend |= modifiers.asked_for_a_friend(plain.text)
        kept: Counter[tuple[str, int, Level, Who]] = Counter()
        signs: list[Sign] = []
        for match in rules.matches(masked):
            rule = match.rule
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
            here = rule.id, match.start // _CELL, judged.level, judged.who
            if kept[here] >= _ENOUGH:
                continue
            kept[here] += 1
            signs.append(Sign(rule.id, match.start, match.end))
            found = _found(match, plain, offset, judged.level, judged.who)
            (heard.strong if rule.strong else heard.hints).append(found)
        return signs


def _found(match: Match, plain: Plain, offset: int, level: Level, who: Who) -> Finding:
    start, end = plain.original(match.start, match.end)
    return Finding(match.rule, level, who, start + offset, end + offset)


def windows(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text into overlapping stretches, each with its offset; a short one stays whole."""
    start = 0
    while True:
        yield start, text[start : start + _WINDOW]
        if start + _WINDOW >= len(text):
            return
        start += _WINDOW - _OVERLAP
