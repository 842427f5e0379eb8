"""What the safety layers are worth on hidden words, and how long they take.

Goals: design note "Safety", section 7. The texts are the examples that ship with the rules, so
every miss may be shown word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, zip_longest

from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.evaluation.intervals import Share
from psylite_desktop.evaluation.latency import (
    LENGTHS,
    RATIO_AT,
    Latency,
    measure,
    plain_pass,
)
from psylite_desktop.evaluation.obfuscation import TRANSFORMS, Obfuscation
from psylite_desktop.safety.rules import RuleSet

MOST_LOSS = 2.0
"""Points of recall that one transform may cost."""
_HEARD = Level.CRISIS


@dataclass(frozen=True, slots=True)
class Positive:
    """An explicit example: the text of a strong rule of level 2 or 3."""

    rule: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A hidden text that was not heard as level 2; `level` is what was heard."""

    rule: str
    text: str
    hidden: str
    level: int


@dataclass(frozen=True, slots=True)
class Robustness:
    """One transform in one language.

    `applied` counts the texts that it could be done to, `clean` and `hidden` the recall over all
    that it made of them (one text may be hidden in more than one way).
    """

    transform: str
    lang: str
    applied: int
    clean: Share
    hidden: Share
    missed: tuple[Missed, ...]

    @property
    def loss(self) -> float:
        """Points of recall lost; 0 where nothing could be hidden."""
        if self.clean.value is None or self.hidden.value is None:
            return 0.0
        return 100 * (self.clean.value - self.hidden.value)

    @property
    def met(self) -> bool:
        """Whether no more is lost than may be."""
        return self.loss <= MOST_LOSS

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "transform": self.transform,
            "lang": self.lang,
            "applied": self.applied,
            "clean": self.clean.as_dict(),
            "hidden": self.hidden.as_dict(),
            "loss_points": round(self.loss, 2),
            "met": self.met,
            "missed": [asdict(one) for one in self.missed],
        }


@dataclass(frozen=True, slots=True)
class Timing:
    """Latencies, and how many plain passes over a text the slowest hundredth is worth.

    `first_ms` is what the very first text took, before anything was made ready by hearing others.
    """

    first_ms: float
    latencies: tuple[Latency, ...]
    ratio: float | None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "first_ms": round(self.first_ms, 3),
            "latencies": [one.as_dict() for one in self.latencies],
            f"p99_at_{RATIO_AT}_per_plain_pass": None if self.ratio is None else round(self.ratio),
        }


def positives(rule_sets: Iterable[RuleSet], *, most: int | None = None) -> list[Positive]:
    """The examples of strong rules of level 2 and 3; `most` of each language."""
    found = []
    for rules in rule_sets:
        of_lang = [
            Positive(rule.id, rules.lang, text)
            for rule in rules.rules
            if rule.strong and rule.level >= _HEARD
            for text in rule.examples
        ]
        found += of_lang[:most]
    return found


def sample_texts(rule_sets: Sequence[RuleSet]) -> list[str]:
    """What latency is measured on: all examples and harmless texts, the languages taking turns."""
    return list(_taking_turns([list(_texts(rules)) for rules in rule_sets]))


def _texts(rules: RuleSet) -> Iterator[str]:
    of_rules = ((*rule.examples, *rule.counter_examples) for rule in rules.rules)
    return _taking_turns([list(rules.benign_examples), list(chain.from_iterable(of_rules))])


def _taking_turns(lists: Sequence[Sequence[str]]) -> Iterator[str]:
    return (text for row in zip_longest(*lists) for text in row if text is not None)


def robustness(
    hear: Callable[[str], Assessment],
    texts: Sequence[Positive],
    obfuscation: Obfuscation,
    *,
    transforms: Sequence[str] = TRANSFORMS,
) -> list[Robustness]:
    """How much of what is heard in plain words is lost once they are hidden."""
    clean = {one.text: hear(one.text).level >= _HEARD for one in texts}
    table = []
    for transform in transforms:
        for lang in sorted({one.lang for one in texts}, reverse=True):
            made = [
                (one, obfuscation.disguised(one.text, transform, lang))
                for one in texts
                if one.lang == lang
            ]
            if any(hidden for _one, hidden in made):
                table.append(_row(hear, transform, lang, made, clean))
    return table


def _row(
    hear: Callable[[str], Assessment],
    transform: str,
    lang: str,
    made: Sequence[tuple[Positive, tuple[str, ...]]],
    clean: dict[str, bool],
) -> Robustness:
    pairs = [(one, text) for one, hidden in made for text in hidden]
    levels = [int(hear(text).level) for _one, text in pairs]
    return Robustness(
        transform=transform,
        lang=lang,
        applied=sum(bool(hidden) for _one, hidden in made),
        clean=Share(sum(clean[one.text] for one, _text in pairs), len(pairs)),
        hidden=Share(sum(level >= _HEARD for level in levels), len(pairs)),
        missed=tuple(
            Missed(one.rule, one.text, text, level)
            for (one, text), level in zip(pairs, levels, strict=True)
            if level < _HEARD
        ),
    )


def timing(
    hear: Callable[[str], object], texts: Sequence[str], *, repeats: dict[int, int] | None = None
) -> Timing:
    """How long hearing takes, in processor time of this process; `hear` should be unused yet."""
    (first,) = measure(hear, texts, repeats={RATIO_AT: 1})
    for text in texts:  # patterns are compiled when first needed: once a program, not once a text
        hear(text)
    latencies = measure(hear, texts, repeats=repeats or LENGTHS)
    at = next((one.p99_ms for one in latencies if one.length == RATIO_AT), None)
    plain = plain_pass(texts)
    ratio = at / plain if at is not None and plain > 0 else None
    return Timing(first.slowest_ms, tuple(latencies), ratio)
