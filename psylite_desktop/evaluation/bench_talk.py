"""The wait for the first word of a reply: in the middle of a talk, and after a start.

What is measured is what the window waits for, through the pipe. Tokens are counted beside the
seconds: they are the same on every machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median

from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.host.client import EngineHost

TALK_TOKENS = 1_500
"""Fewer where the model's context is small."""
PAUSES = (0.35, 0.6, 0.85)
"""Shares of a message after which somebody pauses, and it is read so far."""
_REPLY_TOKENS = 2
_SPARE = 200
_THEIRS = "{day}: this week was long again, and I could not sleep before three. I keep thinking. "
_OURS = "That sounds tiring. What goes through your mind then, when it gets that late? "
_NOTE = "[For orientation] Sleep: get up when you lie awake for long, and come back when tired."


@dataclass(frozen=True, slots=True)
class FirstWord:
    """The wait for a first word, and the prompt tokens that were evaluated in it (medians)."""

    seconds: float
    evaluated: int

    @classmethod
    def middle(cls, found: Sequence[FirstWord]) -> FirstWord:
        """Both medians."""
        return cls(median(one.seconds for one in found), int(median(o.evaluated for o in found)))

    def as_dict(self) -> dict[str, float]:
        """For JSON."""
        return {"first_token_s": round(self.seconds, 4), "evaluated_tokens": self.evaluated}


@dataclass(frozen=True, slots=True)
class TalkReport:
    """The second turn of a long talk, without and with reading ahead."""

    talk_tokens: int
    new_tokens: int
    """What the second turn adds: message, note and what opens the reply."""
    plain: FirstWord
    ahead: FirstWord

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "talk_tokens": self.talk_tokens,
            "new_tokens": self.new_tokens,
            "without_reading_ahead": self.plain.as_dict(),
            "with_reading_ahead": self.ahead.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class StartReport:
    """The first reply after a start: nothing kept, the system prompt kept, and a warm process."""

    cold: FirstWord
    stored: FirstWord
    warm: FirstWord
    stored_to_warm: float
    """Median of the rounds' ratios."""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "nothing_stored": self.cold.as_dict(),
            "stored_prefix": self.stored.as_dict(),
            "warm": self.warm.as_dict(),
            "stored_to_warm": round(self.stored_to_warm, 3),
        }


def first_word(host: EngineHost, turns: Sequence[Turn]) -> FirstWord:
    """Ask for a reply and wait for its first word."""
    seconds = 0.0
    evaluated = 0
    started = time.perf_counter()
    for step in host.generate(turns, Sampling(max_tokens=_REPLY_TOKENS), lambda: False):
        if (step.text or step.done) and not seconds:
            seconds = time.perf_counter() - started
        evaluated = step.prompt_tokens_evaluated
    return FirstWord(seconds, evaluated)


def measure_talk(host: EngineHost, system: str, *, rounds: int) -> TalkReport:
    """Take a second turn in a long talk, in turns without and with reading ahead."""
    limit = min(TALK_TOKENS, host.info().context_length - _SPARE)
    talk = _long_talk(host, system, limit)
    plain: list[FirstWord] = []
    ahead: list[FirstWord] = []
    new = 0
    for number in range(rounds):
        for is_ahead, found in ((False, plain), (True, ahead)):
            message = Turn("user", _THEIRS.format(day=f"day {number}{is_ahead:d}").strip(), _NOTE)
            host.read_ahead(talk, is_open=False, wait=True)
            for share in PAUSES if is_ahead else ():
                draft = Turn("user", message.text[: int(len(message.text) * share)])
                host.read_ahead([*talk, draft], is_open=True, wait=True)
            turns = [*talk, message]
            new = host.count_tokens(turns)[-1]
            found.append(first_word(host, turns))
    tokens = sum(host.count_tokens(talk))
    return TalkReport(tokens, new, FirstWord.middle(plain), FirstWord.middle(ahead))


def measure_start(
    start: Callable[[], AbstractContextManager[EngineHost]],
    forget: Callable[[], None],
    system: str,
    *,
    rounds: int,
) -> StartReport:
    """Start processes one after another; `forget` throws away what was kept of prompts."""
    cold: list[FirstWord] = []
    stored: list[FirstWord] = []
    warm: list[FirstWord] = []
    for number in range(rounds):
        forget()
        for found in (cold, stored):
            with start() as host:
                host.info()
                found.append(first_word(host, _first_turn(system, f"a{number}")))
                if found is stored:
                    warm.append(first_word(host, _first_turn(system, f"b{number}")))
    ratio = median(one.seconds / other.seconds for one, other in zip(stored, warm, strict=True))
    return StartReport(
        FirstWord.middle(cold), FirstWord.middle(stored), FirstWord.middle(warm), ratio
    )


def _first_turn(system: str, day: str) -> list[Turn]:
    return [Turn("system", system), Turn("user", _THEIRS.format(day=day).strip(), _NOTE)]


def _long_talk(host: EngineHost, system: str, limit: int) -> list[Turn]:
    """A system turn and as many exchanges as fit; where it alone is too long, it is left out."""
    talk = [Turn("system", system)]
    if sum(host.count_tokens(talk)) > limit // 2:
        talk = []
    number = 0
    while True:
        theirs = Turn("user", _THEIRS.format(day=f"night {number}").strip(), _NOTE)
        longer = [*talk, theirs, Turn("assistant", _OURS.strip())]
        if sum(host.count_tokens(longer)) > limit and number:
            return talk
        talk, number = longer, number + 1
