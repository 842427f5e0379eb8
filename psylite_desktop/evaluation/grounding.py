"""Whether a reply uses the passage that stood beside the message, by its words alone.

No judge: of the search terms of a reply (pairs of Chinese characters, stems of English words) that
the person did not bring themselves, the share that the passage brings. A reply to the same message
without a passage shows what chance gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Two replies to one message, and the passage that one of them was given."""

    text: str
    passage: str
    grounded: str
    alone: str


def taken_up(reply: Sequence[str], passage: Sequence[str], text: Sequence[str]) -> float | None:
    """Share (0-1) of a reply's own terms that stand in the passage; None without any."""
    own = set(reply) - set(text)
    return len(own & set(passage)) / len(own) if own else None


def mean(shares: Sequence[float | None]) -> float | None:
    """The mean of those that are there."""
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known else None
