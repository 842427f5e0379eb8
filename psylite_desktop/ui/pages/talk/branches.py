"""What an edit or another reply took the place of; in memory only, while the page lives."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from psylite_desktop.domain.conversation import Message, Role

MOST = 20
"""Continuations kept of one turn."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What to store from id `since` on, in the place of what stands there."""

    since: int
    messages: tuple[Message, ...]


@dataclass(slots=True)
class _Turn:
    """Continuations after the message `before` (0 for none), the newest last."""

    before: int
    others: deque[tuple[Message, ...]] = field(default_factory=lambda: deque(maxlen=MOST))


class Branches:
    """One turn of each conversation: the one that was last said in another way."""

    def __init__(self) -> None:
        self._turns: dict[int, _Turn] = {}

    def keep(self, conversation_id: int, messages: Sequence[Message], since: int) -> None:
        """Remember the messages from id `since` on, before they give way."""
        before = max((m.id for m in messages if m.id and m.id < since), default=0)
        given_up = _after(messages, before)
        turn = self._turns.get(conversation_id)
        if turn is None or turn.before != before:
            turn = self._turns[conversation_id] = _Turn(before)
        if given_up:
            turn.others.append(given_up)

    def has_other(self, conversation_id: int | None, messages: Sequence[Message]) -> bool:
        """Whether something else was here; not once the talk has gone on."""
        turn = self._turns.get(conversation_id or 0)
        if turn is None or not turn.others:
            return False
        now = _after(messages, turn.before)
        return sum(message.role is Role.USER for message in now) == 1

    def other(self, conversation_id: int, messages: Sequence[Message]) -> Swap | None:
        """How to bring back what was here last."""
        if not self.has_other(conversation_id, messages):
            return None
        turn = self._turns[conversation_id]
        now, back = _after(messages, turn.before), turn.others[-1]
        if now[0].id == back[0].id:  # only the reply is another one
            return Swap(now[0].id + 1, back[1:])
        return Swap(now[0].id, back)

    def note_swapped(self, conversation_id: int, messages: Sequence[Message]) -> None:
        """It was brought back; `messages` stood here before and can be brought back in turn."""
        turn = self._turns[conversation_id]
        turn.others.pop()
        turn.others.appendleft(_after(messages, turn.before))


def _after(messages: Sequence[Message], before: int) -> tuple[Message, ...]:
    place = next((n for n, m in enumerate(messages) if m.id == before and before), -1)
    return tuple(messages[place + 1 :])
