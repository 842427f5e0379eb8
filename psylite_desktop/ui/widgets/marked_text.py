"""Marks around what was found, as snippets carry them."""

from __future__ import annotations

HIT_BEGINS = "\ue000"
HIT_ENDS = "\ue001"


def marked_spans(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a snippet.

    Returns the plain text, and (start, length) of each hit in UTF-16 units, as Qt counts.
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    at, begun = 0, -1
    for character in snippet.replace("\n", " "):
        if character == HIT_BEGINS:
            begun = at
        elif character == HIT_ENDS:
            if begun >= 0:
                spans.append((begun, at - begun))
            begun = -1
        else:
            plain.append(character)
            at += 2 if ord(character) > 0xFFFF else 1
    return "".join(plain), spans
