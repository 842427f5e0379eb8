"""What of a talk stands in the prompt: as much as fits, and the same from turn to turn.

A model reads anew whatever follows the first change in its prompt. So a talk that grew too long
is shortened rarely and by a lot, and what was left out once stays out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from psylite_desktop.content.prompts import Prompts
from psylite_desktop.domain.conversation import Message
from psylite_desktop.domain.ports import ModelInfo, Turn
from psylite_desktop.services.prompting import TRIM_TO, shortened, trimmed, turns_of

CHARACTERS_A_TURN = 6_000
"""No more of one message enters a prompt; the vault keeps it whole."""

SMALL = 4_000_000_000
"""Weights below which a model is shown examples of how a reply should sound."""

SETTLE_FROM, SETTLE_TO = 0.85, 0.5
"""A talk that fills more than the first share of its room between two turns is shortened to the
second: then, when nobody waits, and not in a turn that would pay for it."""

NOTE_TOKENS = 160
"""Room that is left for what comes beside a message which is still being written."""

_SPARE = 8
_SHORTENED_TALKS = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """What a prompt must fit into: `info` of the model, room for a reply, its language."""

    lang: str
    info: ModelInfo
    reply_tokens: int

    @property
    def room(self) -> int:
        """Tokens that the prompt may take."""
        return self.info.context_length - self.reply_tokens - _SPARE


class PromptWindow:
    """Chooses the turns of prompts, and remembers where shortened talks begin.

    For one profile, in one thread; in memory only.
    """

    def __init__(
        self, count_tokens: Callable[[Sequence[Turn]], list[int]], prompts: Prompts
    ) -> None:
        """`count_tokens` counts each turn as it is rendered, or raises EngineError."""
        self._count = count_tokens
        self._prompts = prompts
        self._begins: deque[tuple[int, int]] = deque(maxlen=_SHORTENED_TALKS)

    def for_reply(
        self, history: Sequence[Message], frame: Frame, *, reserve: int = 0
    ) -> list[Turn]:
        """Turns that fit beside the reply and `reserve` tokens; the newest message is cut last."""
        messages, turns = self._turns(history, frame)
        room = frame.room - min(reserve, frame.room // 4)
        keep = CHARACTERS_A_TURN
        while True:
            turns = [replace(turn, text=shortened(turn.text, keep)) for turn in turns]
            counts = self._count(turns)
            fixed = counts[-1] + (counts[0] if turns[0].role == "system" else 0)
            if fixed <= room or keep < 40:
                return self._trimmed(messages, turns, counts, frame, (room, TRIM_TO))
            keep = int(keep * 0.9 * room / fixed) if fixed < 4 * room else keep // 4

    def settled(self, history: Sequence[Message], frame: Frame) -> list[Turn]:
        """Turns of a talk between two turns, shortened if it has grown too long."""
        messages, turns = self._turns(history, frame)
        turns = [replace(turn, text=shortened(turn.text, CHARACTERS_A_TURN)) for turn in turns]
        if not messages:
            return turns
        room = int(frame.room * SETTLE_FROM)
        share = SETTLE_TO / SETTLE_FROM
        return self._trimmed(messages, turns, self._count(turns), frame, (room, share))

    def _turns(self, history: Sequence[Message], frame: Frame) -> tuple[list[Message], list[Turn]]:
        """Messages from where the talk begins by now, and their turns after the system turn."""
        small = not frame.info.practice and frame.info.parameters < SMALL
        messages = [message for message in history if message.text]
        for place in range(len(messages) - 1, 0, -1):
            if (frame.info.context_length, messages[place].id) in self._begins:
                messages = messages[place:]
                break
        return messages, turns_of(messages, self._prompts.system(frame.lang, examples=small))

    def _trimmed(
        self,
        messages: Sequence[Message],
        turns: Sequence[Turn],
        counts: Sequence[int],
        frame: Frame,
        limits: tuple[int, float],
    ) -> list[Turn]:
        room, share = limits
        kept = trimmed(turns, counts, room, to=share)
        begin = messages[len(turns) - len(kept)].id
        if len(kept) < len(turns) and begin:
            self._begins.append((frame.info.context_length, begin))
        return kept
