"""What the list shows: conversations under their days and months, or what a search found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from psylite_desktop.domain.conversation import Conversation
from psylite_desktop.domain.found import FoundGroup, FoundKind, FoundText


class Period(Enum):
    """How far back something lies."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The heading of a day, of the rest of this week, or of the month in which `day` lies."""

    period: Period
    day: date


@dataclass(frozen=True, slots=True)
class KindRow:
    """The heading of what was found in one kind of place."""

    kind: FoundKind
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation, and how far back it lies."""

    conversation: Conversation
    period: Period


@dataclass(frozen=True, slots=True)
class HitRow:
    """One place that was found."""

    found: FoundText


Row = PeriodRow | KindRow | ConversationRow | HitRow


def rows_of_conversations(conversations: Iterable[Conversation], today: date) -> list[Row]:
    """Conversations, newest first, under headings."""
    rows: list[Row] = []
    last: tuple[Period, int, int] | None = None
    for conversation in conversations:
        day = local_time(conversation.updated_at).date()
        period = period_of(day, today)
        is_month = period is Period.MONTH
        heading = (period, day.year if is_month else 0, day.month if is_month else 0)
        if heading != last:
            rows.append(PeriodRow(period, day))
            last = heading
        rows.append(ConversationRow(conversation, period))
    return rows


def period_of(day: date, today: date) -> Period:
    """Where a day belongs; weeks begin on Monday, and what lies ahead counts as today."""
    if day >= today:
        return Period.TODAY
    if day == today - timedelta(days=1):
        return Period.YESTERDAY
    if day >= today - timedelta(days=today.weekday()):
        return Period.WEEK
    return Period.MONTH


def rows_of_groups(groups: Iterable[FoundGroup]) -> list[Row]:
    """What was found, each kind with its heading."""
    rows: list[Row] = []
    for group in groups:
        rows.append(KindRow(group.kind, len(group.found), group.more))
        rows += [HitRow(found) for found in group.found]
    return rows


def is_heading(row: object) -> bool:
    """Whether a row is only read."""
    return isinstance(row, PeriodRow | KindRow)


def id_of(row: Row) -> int:
    """The conversation behind a row, 0 for everything else."""
    match row:
        case ConversationRow():
            return row.conversation.id
        case HitRow() if row.found.kind in (FoundKind.TITLE, FoundKind.MESSAGE):
            return row.found.id
    return 0


def local_time(seconds: float) -> datetime:
    """UTC seconds as the clock on the wall shows them."""
    return datetime.fromtimestamp(seconds).astimezone()
