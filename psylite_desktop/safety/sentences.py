"""Complete sentences out of text that is still being written."""

from __future__ import annotations

import re

_CLOSING = "\"'”’」』）)】》"
# A full stop ends a sentence only before a blank, so that 3.5 and e.g. stay whole.
_END = re.compile(rf"(?:[。！？!?]+|…{{1,3}}(?=\s|$)|\.+(?=\s))[{_CLOSING}]*|\n+")
_SHORT_FORMS = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|mr|mrs|ms|dr|st|vs|etc|a\.m|p\.m|no)\.$", re.IGNORECASE
)
_LONGEST = 400


def split_sentences(text: str) -> tuple[list[str], str]:
    """Split text into complete sentences and the rest that may still grow.

    Every character is kept: the sentences and the rest, joined, are the text. A run of more than
    400 characters without an end counts as a sentence, so that nothing waits for ever.
    """
    sentences: list[str] = []
    start = 0
    for found in _END.finditer(text):
        if found.end() == len(text) and not any(end in found.group() for end in "\n。！？"):
            break  # "wait." may become "wait..."
        if _SHORT_FORMS.search(text[start : found.end()]):
            continue
        _add(sentences, text[start : found.end()])
        start = found.end()
    rest = text[start:]
    while len(rest) > _LONGEST:
        _add(sentences, rest[:_LONGEST])
        rest = rest[_LONGEST:]
    return sentences, rest


def _add(sentences: list[str], piece: str) -> None:
    """Add a sentence; bare line ends and quotation marks belong to the one before."""
    if sentences and not any(char.isalnum() for char in piece):
        sentences[-1] += piece
    else:
        sentences.append(piece)
