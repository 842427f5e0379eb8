"""Versions of a talk: what an edit or another reply took the place of stays beside what is shown.

Messages of a conversation make a tree; what is shown is one way through it, from the first message
to one that nothing follows. A message is always younger than the one it follows, so ids rise along
every way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.conversation import Message


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """A message that is not shown now.

    `after` is the id of the message it followed, 0 for a first one. `gave_way` counts up in a
    conversation with each time that messages gave way together.
    """

    message: Message
    after: int
    gave_way: int


class Versions:
    """The tree of one conversation, by ids."""

    def __init__(self, shown: Sequence[int], others: Iterable[tuple[int, int, int]] = ()) -> None:
        """`shown` in order; `others` as id, `after` and `gave_way`."""
        self._shown = tuple(shown)
        self._after = dict(zip(self._shown, (0, *self._shown), strict=False))
        self._gave_way = {key: gave_way for key, _after, gave_way in others}
        self._others = frozenset(self._gave_way)
        known = self._others | set(self._shown)
        for key, after, _gave_way in others:
            if after and (after not in known or after >= key):
                # What it followed is lost: it stands where it can still be reached.
                after = max((one for one in self._shown if one < key), default=0)  # noqa: PLW2901
            self._after[key] = after
        self._next: dict[int, list[int]] = {}
        for key, after in sorted(self._after.items()):
            self._next.setdefault(after, []).append(key)

    def at(self, message_id: int) -> tuple[int, ...]:
        """The versions in a message's place, the oldest first; itself among them."""
        after = self._after.get(message_id)
        return (message_id,) if after is None else tuple(self._next[after])

    def before(self, message_id: int) -> int:
        """The message that one follows; 0 for a first one."""
        return self._after.get(message_id, 0)

    def way_to(self, message_id: int) -> tuple[int, tuple[int, ...]]:
        """How a message that is not shown comes to be.

        Returns the last message that stays (0 for none) and what follows it from now on: the way
        to the message, and then what was shown last after it.
        """
        way = [message_id]
        while (before := self._after[way[0]]) in self._others:
            way.insert(0, before)
        while found := self._next.get(way[-1]):
            way.append(max(found, key=lambda key: (self._gave_way.get(key, 0), key)))
        return self._after[way[0]], tuple(way)

    def below(self, message_id: int) -> frozenset[int]:
        """Everything that follows a message (0: all of it), in all versions."""
        found: set[int] = set()
        waiting = list(self._next.get(message_id, ()))
        while waiting:
            key = waiting.pop()
            found.add(key)
            waiting += self._next.get(key, ())
        return frozenset(found)

    def one_back(self, message_id: int) -> int:
        """The end of another version of the turn that begins with a shown message; 0 for none.

        Versions of a turn are those of its first message with all that directly follows each; the
        one before the shown one, and the last one before the first.
        """
        ends = [end for one in self.at(message_id) for end in self._next.get(one, [one])]
        now = next((key for key in self._next.get(message_id, []) if key in self._shown), 0)
        now = now or message_id
        others = [end for end in ends if end != now]
        if not others:
            return 0
        return ends[ends.index(now) - 1] if now in ends else others[-1]
