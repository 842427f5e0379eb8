"""What the installer says while it works, and how it fails."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PROGRESS_EVERY_S = 5.0


class SetupError(Exception):
    """The installation cannot go on.

    Args:
        reason: One sentence on what is wrong.
        remedy: The one line to type or the one thing to do, if there is one.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def say(text: str) -> None:
    """Print one line at once, also into a pipe and on a terminal without Unicode."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, errors="replace").decode(encoding), flush=True)


def warn(reason: str, remedy: str = "") -> None:
    """Say what is wrong and how to mend it, and go on."""
    say(f"  ! {reason}")
    if remedy:
        say(f"    {remedy}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, and say how long it took."""
    say(f"- {title} ...")
    started = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")


class Ticker:
    """Prints at most one line in `every_s` seconds.

    Args:
        every_s: The least time between two lines, in seconds.
    """

    def __init__(self, every_s: float = PROGRESS_EVERY_S) -> None:
        self._every_s = every_s
        self._started = self._last = time.monotonic()

    def tick(self, text: str) -> None:
        """Print the text with the time since the start, unless a line was printed just now."""
        now = time.monotonic()
        if now - self._last >= self._every_s:
            self._last = now
            say(f"  {text}, {now - self._started:.0f} s")
