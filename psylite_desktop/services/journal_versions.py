"""Which earlier versions of a page are kept: enough to take one back, not every key."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.journal import JournalEntry, Revision
from psylite_desktop.services.journal_changes import change_between

EVERY_S = 600
"""Seconds between two versions; so one a sitting, and one every ten minutes of a long one."""
LARGE_CUT = 40
"""Characters that, where they are a third of a page as well, are not let go without a version."""
MOST = 40
MOST_CHARACTERS = 400_000
"""Of all versions of one page together."""
DAY_S = 86_400
ALL_FOR_S = 2 * DAY_S
"""Younger versions are all kept, then the last of a day, then the last of a month."""
DAILY_FOR_S = 60 * DAY_S
MONTH_S = 30 * DAY_S


def is_worth_keeping(
    stored: JournalEntry, text: str, newest: Revision | None, *, now: float
) -> bool:
    """Whether the page as stored becomes a version before `text` takes its place."""
    if not stored.text.strip() or stored.text == text:
        return False
    if newest is not None and newest.text == stored.text:
        return False
    since = newest.kept_at if newest is not None else stored.at
    if abs(now - since) >= EVERY_S:  # a clock that was set back must not stop it
        return True
    removed = change_between(stored.text, text).removed
    return removed >= LARGE_CUT and removed * 3 > len(stored.text)


def superfluous(revisions: Sequence[Revision], *, now: float) -> list[int]:
    """Ids of versions that go, of all versions of one page, newest first.

    The newest always stays, and the oldest as long as there is room for two.
    """
    left = _thinned(revisions, now)
    while len(left) > MOST or (
        len(left) > 1 and sum(len(one.text) for one in left) > MOST_CHARACTERS
    ):
        del left[_nearest(left)]
    kept = {one.id for one in left}
    return [one.id for one in revisions if one.id not in kept]


def _thinned(revisions: Sequence[Revision], now: float) -> list[Revision]:
    left: list[Revision] = []
    seen: set[tuple[str, int]] = set()
    for place, one in enumerate(revisions):
        age = abs(now - one.kept_at)
        if age <= ALL_FOR_S or place in (0, len(revisions) - 1):
            left.append(one)
            continue
        is_daily = age <= DAILY_FOR_S
        stretch = ("day", int(one.kept_at // DAY_S))
        if not is_daily:
            stretch = ("month", int(one.kept_at // MONTH_S))
        if stretch not in seen:
            seen.add(stretch)
            left.append(one)
    return left


def _nearest(left: Sequence[Revision]) -> int:
    """The place of the version that is missed least: the one nearest to its newer neighbour."""
    between = range(1, len(left) - 1)
    if not between:
        return len(left) - 1
    return min(between, key=lambda place: abs(left[place - 1].kept_at - left[place].kept_at))
