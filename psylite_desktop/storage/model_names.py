"""Names for model files on the shelf, good on every system and never too long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

MOST_BYTES = 180
"""File systems take 255; encrypted home folders on Linux take 143 characters at best."""
_MOST_CHARACTERS = 120
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
ENDING = ".gguf"


def shelf_name(name: str) -> str:
    """A name like `name` that any disk takes; it always ends in `.gguf`."""
    readable = name.encode("utf-8", "replace").decode("utf-8")
    cleaned = "".join(
        "_" if one in _FORBIDDEN or not one.isprintable() else one for one in readable
    )
    pure = PurePath(cleaned)
    stem = pure.stem if pure.suffix.lower() == ENDING else cleaned
    stem = _cut(stem.strip(" ."), _MOST_CHARACTERS, MOST_BYTES - len(ENDING) - 5).rstrip(" .")
    if not stem or stem.partition(".")[0].lower() in _RESERVED:
        stem = f"model {stem}".strip()
    return stem + ENDING


def free_name(name: str, is_free: Callable[[str], bool]) -> str:
    """`name`, or the first of "name (2)", "name (3)" … that is free."""
    stem, number = name.removesuffix(ENDING), 1
    while not is_free(name):
        number += 1
        name = f"{stem} ({number}){ENDING}"
    return name


def _cut(text: str, characters: int, most_bytes: int) -> str:
    text = text[:characters]
    while len(text.encode("utf-8")) > most_bytes:
        text = text[:-1]
    return text
