"""Meters of one reply: what can be counted about its quality without anybody reading it.

A reply of the house style is short, gives back what was said, asks one question at most, stays with
the subject and does not repeat itself (design note "Models"). The meters count; they do not judge.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from psylite_desktop.evaluation.textmetrics import ngrams, tokens_of
from psylite_desktop.retrieval.terms import terms
from psylite_desktop.safety.sentences import split_sentences
from psylite_desktop.services.prompting import language_of

TABLE = Path(__file__).with_name("meters.toml")
RUN = 3
"""Tokens of a run that counts as said again."""
_SHARED = 2
"""Terms of the person's that make a sentence about them a reflection."""
_QUESTION = re.compile(r"[?？][\"'”’」』）)】》\s]*$")
_CLAUSE = re.compile("[，,；;：:—]")


@dataclass(frozen=True, slots=True)
class Meters:
    """Counts and shares of one reply.

    `length`: Chinese characters and words. `repetition`: share of its runs of three tokens that
    stood earlier in it. `said_before`: word for word an earlier reply. `drift`: 0 close to the
    prompt, 1 nothing in common; None without vectors or prompt.
    """

    length: int
    sentences: int
    questions: int
    reflections: int
    repetition: float
    said_before: bool
    language_matches: bool
    drift: float | None = None


def measure(
    reply: str,
    *,
    prompt: str = "",
    lang: str = "",
    earlier: AbstractSet[str] = frozenset(),
    drift: float | None = None,
) -> Meters:
    """Read the meters of a reply; `earlier` are replies as `told` gives them.

    `lang` is the language that it should have; without it that of the prompt, without a prompt
    its own.
    """
    tokens = tokens_of(reply)
    sentences = sentences_of(reply)
    asked = [one for one in sentences if _QUESTION.search(one)]
    own_words = [_before_question(one) if one in asked else one for one in sentences]
    own = language_of(reply, "")
    wanted = lang or language_of(prompt, own)
    return Meters(
        length=len(tokens),
        sentences=len(sentences),
        questions=len(asked),
        reflections=sum(_reflects(one, prompt, own) for one in own_words),
        repetition=repetition(tokens),
        said_before=told(reply) in earlier,
        language_matches=own == wanted,
        drift=drift,
    )


def sentences_of(text: str) -> list[str]:
    """Its sentences, the last one too where it has no end mark; those without any word left out."""
    whole, rest = split_sentences(text.strip())
    return [one.strip() for one in (*whole, rest) if any(char.isalnum() for char in one)]


def told(reply: str) -> str:
    """A reply as it is compared with others: letters and digits alone."""
    return "".join(char for char in reply.lower() if char.isalnum())


def repetition(tokens: Sequence[str]) -> float:
    """Share of runs of `RUN` tokens that stood earlier in the same text; 0 of shorter ones."""
    runs = ngrams(tokens, RUN)
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def cosine_drift(first: Sequence[float], second: Sequence[float]) -> float:
    """One less the cosine of two vectors, kept within 0 and 1; 1 where one of them is nothing."""
    dot = sum(one * other for one, other in zip(first, second, strict=True))
    size = (sum(one * one for one in first) * sum(one * one for one in second)) ** 0.5
    return min(1.0, max(0.0, 1 - dot / size)) if size else 1.0


def _before_question(sentence: str) -> str:
    """What stands before the last clause of a question: "That sounds hard, what helped?"."""
    ends = [found.start() for found in _CLAUSE.finditer(sentence)]
    return sentence[: ends[-1]] if ends else ""


def _reflects(sentence: str, prompt: str, lang: str) -> bool:
    """Whether words that ask nothing give back what the person said."""
    known = _words().get(lang)
    if known is None:
        return False
    openings, you = known
    if openings.search(sentence.lower()):
        return True
    shared = set(terms(sentence)) & set(terms(prompt))
    return len(shared) >= _SHARED and you.search(sentence.lower()) is not None


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    data = tomllib.loads(TABLE.read_text("utf-8"))
    return {
        lang: (re.compile("|".join(map(re.escape, table["openings"]))), re.compile(table["you"]))
        for lang, table in data.items()
    }
