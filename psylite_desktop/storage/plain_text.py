"""Text at the border of the vault: what a string must be before it is stored."""

from __future__ import annotations

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """Return `text` as valid Unicode without NUL.

    Halves of a surrogate pair that stand together become the character they mean; a lone
    surrogate and a NUL become U+FFFD. SQLite and tools written in C cut a text at a NUL, so
    keeping it would lose what follows.
    """
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)
