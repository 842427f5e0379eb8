"""What two texts have in common, and how varied a set of texts is.

ROUGE: Lin 2004, "ROUGE: a package for automatic evaluation of summaries". Distinct-n as Psy-LLM
counts it (arXiv 2307.11991): different n-grams by words generated, over all replies together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+(?:'[^\W\d_]+)*"
)


def tokens_of(text: str) -> list[str]:
    """Chinese characters one by one, other words whole and in small letters; no punctuation."""
    return _TOKEN.findall(text.lower().replace("\u2019", "'"))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of the generated text, and of the reference, the share that is found in the other one."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def ngrams(tokens: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """All runs of `size` tokens, in order."""
    return [tuple(tokens[at : at + size]) for at in range(len(tokens) - size + 1)]


def rouge_n(generated: Sequence[str], reference: Sequence[str], size: int) -> Overlap:
    """Runs of `size` tokens that both have, each counted as often as both have it."""
    ours, theirs = Counter(ngrams(generated, size)), Counter(ngrams(reference, size))
    return _overlap((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(generated: Sequence[str], reference: Sequence[str]) -> Overlap:
    """The longest sequence of tokens that stands in both, with gaps."""
    return _overlap(_longest_common(generated, reference), len(generated), len(reference))


def distinct(texts: Iterable[Sequence[str]], size: int) -> float | None:
    """Different runs of `size` tokens by the number of tokens; None of nothing.

    Runs do not reach over the end of a text.
    """
    seen: set[tuple[str, ...]] = set()
    words = 0
    for tokens in texts:
        seen.update(ngrams(tokens, size))
        words += len(tokens)
    return len(seen) / words if words else None


def _overlap(common: int, ours: int, theirs: int) -> Overlap:
    return Overlap(common / ours if ours else 0.0, common / theirs if theirs else 0.0)


def _longest_common(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence, one row of the table at a time."""
    row = [0] * (len(second) + 1)
    for token in first:
        corner = 0
        for place, other in enumerate(second, start=1):
            above = row[place]
            row[place] = corner + 1 if token == other else max(above, row[place - 1])
            corner = above
    return row[-1]
