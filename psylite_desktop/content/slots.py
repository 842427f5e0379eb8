"""Sentences with slots in braces, known again once the slots are filled."""

from __future__ import annotations

import re

LONGEST = 60
"""Characters that a slot is filled with."""
_SLOT = re.compile(r"\\\{[a-z]+\\\}")


def form(text: str) -> re.Pattern[str]:
    """A pattern for a sentence, whatever its slots are filled with."""
    return re.compile(_SLOT.sub(f".{{1,{LONGEST}}}", re.escape(text)))
