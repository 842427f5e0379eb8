"""Text of strangers made safe to type, store and show: no markup, no tricks, no endless lines."""

from __future__ import annotations

import re

FOLD_AT = 4_000
"""Characters of one message shown in the conversation; the rest opens in a window of its own."""
LONGEST_RUN = 2_000
"""A paragraph longer than this is laid out in pieces: Qt lays out a paragraph as a whole."""

_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BREAKS = str.maketrans({"\r": "\n", "\u2029": "\n", "\u2028": "\n", "\x0b": "\n", "\x0c": "\n"})
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def typed(text: str) -> str:
    """What may be stored of a typed or pasted text.

    NUL goes, lone surrogates (which no file can hold) become U+FFFD, line ends become one kind.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").translate(_BREAKS)
    # A pair that arrived as two halves is one character; only what stays single is replaced.
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def shown(text: str) -> str:
    """What may be painted: `typed`, without control characters and direction overrides."""
    return _CONTROLS.sub("", typed(text)).translate(_DIRECTIONS)


def folded(text: str) -> tuple[str, bool]:
    """The beginning of a long text as it stands in the conversation, and whether it was cut."""
    if len(text) <= FOLD_AT:
        return shown(text), False
    return shown(text[:FOLD_AT]).rstrip() + " …", True


def broken(text: str) -> str:
    """`shown`, with line ends put into paragraphs that are too long to lay out at once."""
    return "\n".join(
        "\n".join(line[start : start + LONGEST_RUN] for start in range(0, len(line), LONGEST_RUN))
        if len(line) > LONGEST_RUN
        else line
        for line in shown(text).split("\n")
    )
