"""Search terms of a text: pairs of Chinese characters, and stems of English words.

Pairs, because Chinese words have no spaces between them and most have two characters. The stems
are crude on purpose: they only have to fall together (worried, worries), not to be words. Both
kinds of index (LanceDB and NumPy) count these same terms, so that they find the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+(?:'[a-z]+)*")
_IDLE_WORDS = """
a about after all am an and any are as at be because been before being but by can can't
could did didn't do does doesn't don't down for from get gets getting go goes going got
had has have he he's her here him his how i i'd i'll i'm i've if in into is isn't it
it's its just like me my myself no not now of off on one or our out over really she
she's should so some than that that's the their them then there they they're this to too
up us very was wasn't we were what when where which who why will with won't would you
your
"""
_IDLE = frozenset(_IDLE_WORDS.split())
_ENDINGS = (
    ("ies", "y"),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("ness", ""),
    ("ment", ""),
    ("ful", ""),
    ("ly", ""),
    ("es", ""),
    ("s", ""),
    ("er", ""),
    ("e", ""),
)
_STEM = 3
"""Letters that a stem keeps at least."""


def terms(text: str) -> list[str]:
    """Terms in the order of the text; they hold letters and digits only, no spaces."""
    found: list[str] = []
    for run in _RUN.findall(text.lower().replace("\u2019", "'")):
        if run[0] >= "\u3400":
            found += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        elif run not in _IDLE and len(run) > 1:
            found.append(_stem(run.removesuffix("'s").replace("'", "")))
    return found


def passage_terms(texts: Sequence[str]) -> list[str]:
    """Terms of a passage: title, text, sentence to say and example words, in one list."""
    return [term for text in texts for term in terms(text)]


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > _STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word
