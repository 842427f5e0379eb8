"""Replies beside reference replies: overlap, variety, meters and perplexity, by language."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from psylite_desktop.domain.likelihood import Asked, Likelihood
from psylite_desktop.domain.ports import Turn
from psylite_desktop.evaluation.case_fields import id_of, text_of, text_or_nothing
from psylite_desktop.evaluation.intervals import Share
from psylite_desktop.evaluation.meters import Meters, measure, told
from psylite_desktop.evaluation.textmetrics import Overlap, distinct, rouge_l, rouge_n, tokens_of
from psylite_desktop.services.prompting import language_of

LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Case:
    """A generated reply, what it was to be like, what it answers, and its language."""

    id: str
    reference: str
    generated: str
    prompt: str
    lang: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one reply; `overlaps` are ROUGE-1, -2 and -L."""

    case: Case
    overlaps: tuple[Overlap, Overlap, Overlap]
    meters: Meters


@dataclass(frozen=True, slots=True)
class Surprise:
    """How well a model foretells texts: natural logarithms added up over tokens and characters."""

    log: float = 0.0
    tokens: int = 0
    characters: int = 0
    left_out: int = 0
    """Texts that were longer than the context, or too short to say anything about."""

    @property
    def per_token(self) -> float | None:
        """Perplexity per token."""
        return _perplexity(self.log, self.tokens)

    @property
    def per_character(self) -> float | None:
        """Perplexity per character: this one can be compared between tokenizers."""
        return _perplexity(self.log, self.characters)


def parse_case(row: dict[str, object]) -> Case:
    """Read a case from a JSON object. Raises ValueError naming the field that is wrong.

    Fields: `reference`, `generated`, and if wanted `prompt`, `lang` and `id`.
    """
    reference, generated = text_of(row, "reference"), text_or_nothing(row, "generated")
    if "generated" not in row:
        raise ValueError('field "generated" is missing or not a string')
    prompt = text_or_nothing(row, "prompt")
    lang = text_or_nothing(row, "lang") or text_or_nothing(row, "language")
    if lang and lang not in LANGS:
        raise ValueError('field "lang" is not zh or en')
    named = id_of(row, "id") if "id" in row else ""
    return Case(named, reference, generated, prompt, lang or language_of(reference, "zh"))


def judge(cases: Sequence[Case], drifts: Mapping[int, float]) -> list[Outcome]:
    """Measure every reply; `drifts` by place in the list, as far as they are known."""
    earlier: set[str] = set()
    outcomes = []
    for place, case in enumerate(cases):
        meters = measure(
            case.generated,
            prompt=case.prompt,
            lang=case.lang,
            earlier=earlier,
            drift=drifts.get(place),
        )
        outcomes.append(Outcome(case, overlaps(case.generated, case.reference), meters))
        earlier.add(told(case.generated))
    return outcomes


def overlaps(generated: str, reference: str) -> tuple[Overlap, Overlap, Overlap]:
    """ROUGE-1, ROUGE-2 and ROUGE-L."""
    ours, theirs = tokens_of(generated), tokens_of(reference)
    return rouge_n(ours, theirs, 1), rouge_n(ours, theirs, 2), rouge_l(ours, theirs)


def asked_of(case: Case) -> Asked:
    """The question to a model: how likely is this reply, to that prompt where there is one."""
    turns = (Turn("user", case.prompt),) if case.prompt.strip() else ()
    return Asked(options=(case.generated,), turns=turns)


def surprise(cases: Sequence[Case], answers: Mapping[int, Likelihood]) -> Surprise:
    """Add up what a model said of the replies, by place in the list."""
    total = Surprise()
    for place, answer in answers.items():
        count = answer.tokens[0] if answer.fits else 0
        if not count:
            total = Surprise(total.log, total.tokens, total.characters, total.left_out + 1)
            continue
        total = Surprise(
            total.log + answer.logs[0],
            total.tokens + count,
            total.characters + len(cases[place].generated),
            total.left_out,
        )
    return total


def figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The table of these replies, for JSON; shares and means are None of nothing."""
    meters = [one.meters for one in outcomes]
    words = [tokens_of(one.case.generated) for one in outcomes]
    drifts = [one.drift for one in meters if one.drift is not None]
    return {
        "replies": len(outcomes),
        **{
            name: {
                "precision": _mean(one.overlaps[place].precision for one in outcomes),
                "recall": _mean(one.overlaps[place].recall for one in outcomes),
                "f1": _mean(one.overlaps[place].f1 for one in outcomes),
            }
            for place, name in enumerate(("rouge_1", "rouge_2", "rouge_l"))
        },
        "distinct_1": _rounded(distinct(words, 1)),
        "distinct_2": _rounded(distinct(words, 2)),
        "length": _mean(one.length for one in meters),
        "sentences": _mean(one.sentences for one in meters),
        "questions": _mean(one.questions for one in meters),
        "more_than_one_question": _share(meters, lambda one: one.questions > 1),
        "with_reflection": _share(meters, lambda one: one.reflections > 0),
        "repetition": _mean(one.repetition for one in meters),
        "said_before": _share(meters, lambda one: one.said_before),
        "drift": _mean(drifts),
        "language_matches": _share(meters, lambda one: one.language_matches),
    }


def _share(meters: Sequence[Meters], test: Callable[[Meters], bool]) -> dict[str, object]:
    return Share(sum(test(one) for one in meters), len(meters)).as_dict()


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return _rounded(fmean(found)) if found else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _perplexity(log: float, count: int) -> float | None:
    if not count:
        return None
    mean = -log / count
    return math.exp(mean) if mean < 700 else math.inf
