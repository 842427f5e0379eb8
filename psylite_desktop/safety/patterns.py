"""The pattern language of the rules: slots, gaps, and how they become regular expressions.

A pattern is a regular expression over the plain form with these additions: `{slot}` (any word of
a slot), `{a|b}` (of either), `{slot?}` (or none), `{~6}` (a gap of at most six characters within
a sentence), `{_3}` (a gap of at most three words), `{!3}` (the same without a negation, and without
the blank that follows). `$` is the end of a sentence or of the text, so that what stands after a
sentence takes nothing from it. In English a blank stands for blanks, commas and dashes, and
patterns begin and end at word boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_TOKEN = re.compile(r"\{([~_!]\d+|[a-z_|]+\??)\}")
_COUNTED_BLANK = re.compile(r" (?=[?*+])")
# English is matched with these turned into blanks, one for one, so that places stay the same.
_AS_BLANK = str.maketrans(dict.fromkeys(',-"*~\u2014\u2013\u2026_', " "))
_NOT = "(?:not|never|dont|didnt|doesnt|wont|wouldnt|cant|no|stop|stopped)"
_STAR = re.compile(r"(?<!\\)\)\*")
_ENDS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", re.DOTALL)
_END = r"(?=[.!?。;\n]|\Z)"


class PatternLanguage:
    """The slots of one language and what is written with them."""

    def __init__(self, lang: str, slots: Mapping[str, Sequence[str]]) -> None:
        """`slots` lists words, which may be regular expressions, by name."""
        self.lang = lang
        self._slots = {name: _words(words, lang) for name, words in slots.items()}

    def spread(self, text: str) -> str:
        """A text as patterns are matched with it; places stay the same."""
        return text.translate(_AS_BLANK) if self.lang == "en" else text

    def expand(self, pattern: str) -> str:
        """Write a pattern out as a regular expression. Raises KeyError for an unknown slot."""
        if self.lang == "en":
            pattern = _blanks(_whole_words_barred(pattern))
        # Bounded repeats keep the time for a hostile text in proportion to its length.
        written = _STAR.sub("){0,5}", _TOKEN.sub(self._token, pattern))
        return _ENDS.sub(lambda found: _END if found.group() == "$" else found.group(), written)

    def compile(self, sources: Iterable[str]) -> re.Pattern[str]:
        """One expression for any of some expanded patterns. Raises re.error."""
        either = "|".join(f"(?:{source})" for source in sources) or "(?!)"
        if self.lang == "en":
            either = f"(?<![a-z0-9])(?:{either})(?![a-z0-9])"
        return re.compile(either)

    def _token(self, token: re.Match[str]) -> str:
        name = token.group(1)
        if name[0] == "~":
            return rf"[^.!?。\n;]{{0,{name[1:]}}}?"
        if name[0] == "_":
            return rf"(?: +[^\s.!?;]+){{0,{name[1:]}}}? +"
        if name[0] == "!":
            return rf"(?: +(?!{_NOT}(?![a-z]))[^\s.!?;]+){{0,{name[1:]}}}?"
        optional = name.endswith("?")
        sources = "|".join(self._slots[one] for one in name.rstrip("?").split("|"))
        return f"(?:{sources})" + ("?" if optional else "")


def _words(words: Sequence[str], lang: str) -> str:
    ordered = sorted(words, key=len, reverse=True)  # the longest word that fits wins
    source = "|".join(ordered)
    return _blanks(source) if lang == "en" else source


def _closing(pattern: str) -> int:
    """The place of the bracket that closes the one at the start."""
    depth = 0
    for place, char in enumerate(pattern):
        escaped = place > 0 and pattern[place - 1] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if depth == 0:
            return place
    return len(pattern)


def without_optional_start(source: str) -> str:
    """Drop what may as well be absent at the start: it finds nothing more and costs most."""
    while True:
        end = _closing(source) + 1 if source.startswith("(?:") else 1
        mark = next((mark for mark in ("?", "{0,5}") if source.startswith(mark, end)), "")
        if not mark or (end == 1 and not source[0].isalnum()):
            return source
        source = source[end + len(mark) :]


def _whole_words_barred(pattern: str) -> str:
    """Make every `(?! ...)` of an English pattern bar whole words: "a" must not bar "again"."""
    start = pattern.find("(?!")
    if start < 0:
        return pattern
    end = start + _closing(pattern[start:])
    barred = f"(?!(?:{pattern[start + 3 : end]})(?![a-z0-9]))"
    return pattern[:start] + barred + _whole_words_barred(pattern[end + 1 :])


def _blanks(pattern: str) -> str:
    """Let every blank of a pattern stand for one blank or more."""
    return _COUNTED_BLANK.sub("(?:\t+)", pattern).replace(" ", " +").replace("\t", " ")
