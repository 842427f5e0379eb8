"""Models that think aloud: what they think is told apart from what they say, and cut short.

Thoughts stand between `<think>` and `</think>`, as single tokens or as text (Qwen3, the models
distilled from DeepSeek-R1, SmolLM3). They are never part of a conversation that the model is
shown again, so they have no place in the memory of what was evaluated either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from psylite_desktop.engine.prompt_format import Segment

OPEN, CLOSE = "<think>", "</think>"
MOST = 192
"""Tokens of a thought; then it is closed and the reply has to come."""
_CLOSING = f"\n{CLOSE}\n\n"


class Tokens(Protocol):
    """What is needed of a vocabulary."""

    def tokens_of(self, segment: Segment) -> list[int]:
        """Tokenise a segment."""
        ...


class ThinkingAloud:
    """Follows one reply token by token."""

    def __init__(self, vocabulary: Tokens, *, most: int = MOST) -> None:
        self._marks: dict[int, bytes] = {}
        for mark in (OPEN, CLOSE):
            tokens = vocabulary.tokens_of(Segment(mark, control=True))
            if len(tokens) == 1:
                self._marks[tokens[0]] = mark.encode()
        self._ending = vocabulary.tokens_of(Segment(_CLOSING, control=True))
        self._most = most
        self._held = ""
        self._is_fresh = False
        self._was_closed = False
        self.is_open = False
        """It is thinking right now."""
        self.has_thought = False
        """There was a thought in this reply."""
        self.spent = 0
        """Tokens that went into thoughts and their marks."""

    @property
    def reserve(self) -> int:
        """Tokens of the context that closing a thought will take, or took."""
        return len(self._ending) if self.is_open or self._was_closed else 0

    def mark_of(self, token: int) -> bytes | None:
        """The bytes of a mark that is one token; None for any other token."""
        if self.is_open or token in self._marks:
            self.spent += 1
        return self._marks.get(token)

    def closing(self) -> Sequence[int]:
        """Tokens to evaluate now because a thought has become too long; mostly none."""
        if not self.is_open or self.spent < self._most:
            return ()
        self.is_open, self._was_closed = False, True
        self._held, self._is_fresh = "", True
        return self._ending

    def split(self, text: str) -> tuple[str, str]:
        """Tell new text apart: thought, and reply. What may become a mark is held back."""
        self._held += text
        thought, reply = "", ""
        while True:
            mark = CLOSE if self.is_open else OPEN
            at = self._held.find(mark)
            if at < 0:
                break
            before, self._held = self._held[:at], self._held[at + len(mark) :]
            if self.is_open:
                thought += before
                self._is_fresh = True
            else:
                reply += self._said(before)
                self.has_thought = True
            self.is_open = not self.is_open
        # A closing mark without a thought is what is left of one that was begun in the prompt.
        stray = self._held.replace(CLOSE, "") if not self.is_open else self._held
        keep = max(_overlap(stray, OPEN), _overlap(stray, CLOSE))
        ready, self._held = stray[: len(stray) - keep], stray[len(stray) - keep :]
        if self.is_open:
            return thought + ready, reply
        return thought, reply + self._said(ready)

    def rest(self, text: str) -> tuple[str, str]:
        """Tell the last text apart; nothing is held back any more."""
        thought, reply = self.split(text)
        held, self._held = self._held, ""
        return (thought + held, reply) if self.is_open else (thought, reply + self._said(held))

    def _said(self, text: str) -> str:
        """Reply text without the blanks between a thought and it."""
        if self._is_fresh:
            text = text.lstrip()
            self._is_fresh = not text
        return text


def _overlap(text: str, mark: str) -> int:
    """Length of the longest end of `text` that begins `mark`."""
    most = min(len(mark) - 1, len(text))
    return next((n for n in range(most, 0, -1) if text.endswith(mark[:n])), 0)
