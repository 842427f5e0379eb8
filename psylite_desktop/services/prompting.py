"""What the model is given: stable system prompt first, whole turns, within the context."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.ports import Turn

TRIM_TO = 0.6
"""After an overflow the history shrinks to this share of the room: rare large steps keep the
prefix that the engine has already read valid for many turns, small ones would not."""

CUT_MARK = " … "


def language_of(text: str, default: str) -> str:
    """`zh` or `en` by the script that the text is mostly written in.

    One Chinese character says about as much as three Latin letters, hence the weight.
    """
    chinese = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
    latin = sum(1 for char in text if char.isascii() and char.isalpha())
    if chinese == 0 and latin == 0:
        return default
    return "zh" if chinese * 3 >= latin else "en"


def turns_of(messages: Sequence[Message], system: str) -> list[Turn]:
    """Render messages as turns; replies that were cut off stay, empty ones go."""
    turns = [Turn("system", system)] if system else []
    for message in messages:
        if message.text:
            role = "user" if message.role is Role.USER else "assistant"
            turns.append(Turn(role, message.text, message.note))
    return turns


def trimmed(
    turns: Sequence[Turn], counts: Sequence[int], room: int, *, to: float = TRIM_TO
) -> list[Turn]:
    """Drop the oldest turns until the rest fits `room` tokens.

    The system turn and the newest turn always stay (a newest turn that is too long by itself is
    for `shortened`). Nothing is dropped while all fits; otherwise the history shrinks to
    `to` of the room, and what is kept starts with a user turn.
    """
    if sum(counts) <= room:
        return list(turns)
    head = 1 if turns and turns[0].role == "system" else 0
    fixed = sum(counts[:head])
    target = int(room * to)
    start, total = len(turns) - 1, fixed + counts[-1]
    while start > head and total + counts[start - 1] <= target:
        start -= 1
        total += counts[start]
    while start < len(turns) - 1 and turns[start].role != "user":
        start += 1
    return [*turns[:head], *turns[start:]]


def shortened(text: str, keep: int) -> str:
    """Keep the beginning and the end of a text that is too long, `keep` characters in all."""
    if len(text) <= keep:
        return text
    half = max(keep - len(CUT_MARK), 2) // 2
    return text[:half] + CUT_MARK + text[-half:]
