"""What the list shows: conversations under the day they were last touched, or search hits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from psylite_desktop.domain.conversation import Conversation, SearchHit

HIT_BEGINS = "\ue000"
HIT_ENDS = "\ue001"


@dataclass(frozen=True, slots=True)
class DayRow:
    """The heading of a day."""

    day: date


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class HitRow:
    """One message that was found; `title` is the title of its conversation."""

    hit: SearchHit
    title: str


Row = DayRow | ConversationRow | HitRow


def rows_of_conversations(conversations: Iterable[Conversation]) -> list[Row]:
    """Conversations, newest first, each day with its heading."""
    rows: list[Row] = []
    last: date | None = None
    for conversation in conversations:
        day = local_time(conversation.updated_at).date()
        if day != last:
            rows.append(DayRow(day))
            last = day
        rows.append(ConversationRow(conversation))
    return rows


def rows_of_hits(hits: Sequence[SearchHit], titles: Mapping[int, str]) -> list[Row]:
    """Found messages as they came, with the titles of their conversations where known."""
    return [HitRow(hit, titles.get(hit.conversation_id, "")) for hit in hits]


def id_of(row: Row) -> int:
    """The conversation behind a row, 0 for a heading."""
    match row:
        case ConversationRow():
            return row.conversation.id
        case HitRow():
            return row.hit.conversation_id
    return 0


def local_time(seconds: float) -> datetime:
    """UTC seconds as the clock on the wall shows them."""
    return datetime.fromtimestamp(seconds).astimezone()


def marked_spans(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a snippet.

    Returns the plain text, and (start, length) of each hit in UTF-16 units, as Qt counts.
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    at, begun = 0, -1
    for character in snippet.replace("\n", " "):
        if character == HIT_BEGINS:
            begun = at
        elif character == HIT_ENDS:
            if begun >= 0:
                spans.append((begun, at - begun))
            begun = -1
        else:
            plain.append(character)
            at += 2 if ord(character) > 0xFFFF else 1
    return "".join(plain), spans
