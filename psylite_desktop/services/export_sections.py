"""What can leave the vault, section by section: one more is one more line in `sections_of`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.conversation import Conversation, Message, Mode
from psylite_desktop.domain.export import Row, Scope, Value
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.services.clock import Clock

OF_A_CONVERSATION = ("conversations", "endings")
"""Sections that hold something of a single conversation."""
PAGE = 200
"""Rows read from a store at a time."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of things. `rows` reads what a scope asks for; it may raise VaultError."""

    id: str
    rows: Callable[[Scope], Iterator[Row]]


def sections_of(vault: Vault, scales: ScaleTexts, clock: Clock) -> tuple[Section, ...]:
    """Everything that can leave, in the order in which it is offered."""
    risky = frozenset(scale.id for scale in scales.scales("en") if scale.risks)
    sections = (
        Section("conversations", lambda scope: _messages(vault, scope)),
        Section("endings", lambda scope: _endings(vault, scope)),
        Section("check_ins", lambda scope: _check_ins(vault, scope)),
        Section("journal", lambda scope: _journal(vault, scope)),
        Section("exercises", lambda scope: _exercises(vault, scope)),
        Section("scales", lambda scope: _scales(vault, risky, scope)),
        Section("plan", lambda _scope: _plan(vault)),
        Section("memory", lambda scope: _notes(vault, scope, clock)),
    )
    return tuple(
        section if section.id in OF_A_CONVERSATION else _empty_for_one(section)
        for section in sections
    )


def _empty_for_one(section: Section) -> Section:
    """A section that holds nothing of a single conversation."""
    return Section(
        section.id, lambda scope: iter(()) if scope.conversation else section.rows(scope)
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(seconds: float) -> str:
    """A time in UTC as ISO 8601, to the microsecond. Raises OverflowError."""
    return (_EPOCH + timedelta(seconds=seconds)).isoformat(timespec="microseconds")


def seconds_of(text: str) -> float:
    """The time that a stamp stands for; one without a zone is local. Raises ValueError."""
    return (datetime.fromisoformat(text).astimezone(UTC) - _EPOCH).total_seconds()


def local_day(seconds: float) -> str:
    """The day on the calendar on the wall. Raises OverflowError."""
    moment = _EPOCH + timedelta(seconds=seconds)
    try:
        return moment.astimezone().date().isoformat()
    except OSError:  # a system whose clock knows no such year
        return moment.date().isoformat()


def _conversations(vault: Vault, only: int = 0) -> list[Conversation]:
    """All of them, the oldest first; read at once, so that a new one moves nothing."""
    found: list[Conversation] = []
    while page := vault.conversations.conversations(limit=PAGE, offset=len(found)):
        found += page
        if len(page) < PAGE:
            break
    found = [one for one in found if only in (0, one.id)]
    return sorted(found, key=lambda one: (one.started_at, one.id))


def _messages(vault: Vault, scope: Scope) -> Iterator[Row]:
    for conversation in _conversations(vault, scope.conversation):
        versions: list[Value] = [
            {**_message(one.message, scope), "after": one.after, "gave_way": one.gave_way}
            for one in vault.conversations.other_versions(conversation.id)
            if scope.holds(local_day(one.message.created_at))
        ]
        for message in vault.conversations.messages(conversation.id):
            if not scope.holds(local_day(message.created_at)):
                continue
            row: dict[str, Value] = {
                "conversation": conversation.id,
                "title": conversation.title,
                **_message(message, scope),
            }
            if versions:
                row["versions"], versions = versions, []
            yield row


def _message(message: Message, scope: Scope) -> dict[str, Value]:
    mode = message.mode
    if mode is Mode.CRISIS and not scope.with_risk:
        mode = Mode.WRITTEN  # what made a reply would tell what was heard
    row: dict[str, Value] = {
        "at": stamp(message.created_at),
        "role": str(message.role),
        "text": message.text,
        "mode": str(mode),
        "complete": message.complete,
        "number": message.id,
    }
    if scope.with_risk:
        row["level"] = int(message.level)
    return row


def _endings(vault: Vault, scope: Scope) -> Iterator[Row]:
    for conversation in _conversations(vault, scope.conversation):
        ending = vault.endings.load(conversation.id)
        if ending is not None and scope.holds(local_day(ending.at)):
            yield {
                "conversation": conversation.id,
                "title": conversation.title,
                "at": stamp(ending.at),
                "lines": list(ending.lines),
                "next_step": ending.next_step,
            }


def _check_ins(vault: Vault, scope: Scope) -> Iterator[Row]:
    for one in vault.check_ins.between(scope.first or "0000", scope.last or "9999"):
        row: dict[str, Value] = {
            "day": one.day,
            "at": stamp(one.at),
            "mood": one.mood,
            "feelings": list(one.feelings),
            "tags": list(one.tags),
            "note": one.note,
            "backfilled": one.backfilled,
        }
        if scope.with_risk:
            row["level"] = int(one.level)
        yield row


def _exercises(vault: Vault, scope: Scope) -> Iterator[Row]:
    runs = list(vault.exercise_runs.open_runs())
    offset = 0
    while page := vault.exercise_runs.finished_runs(limit=PAGE, offset=offset):
        runs += page
        offset += len(page)
    for run in sorted(runs, key=lambda one: (one.started_at, one.id)):
        if scope.holds(local_day(run.started_at)):
            yield {
                "exercise": run.exercise_id,
                "lang": run.lang,
                "started_at": stamp(run.started_at),
                "updated_at": stamp(run.updated_at),
                "finished_at": None if run.finished_at is None else stamp(run.finished_at),
                "path": list(run.path),
                "answers": {
                    key: list(value) if isinstance(value, tuple) else value
                    for key, value in run.answers.items()
                },
            }


def _journal(vault: Vault, scope: Scope) -> Iterator[Row]:
    """Pages as they stand now, the oldest first; earlier versions and the bin stay inside."""
    pages: list[JournalEntry] = []
    while found := vault.journal.entries(limit=PAGE, offset=len(pages)):
        pages += found
    for page in reversed(pages):
        if scope.holds(page.day):
            yield {
                "day": page.day,
                "title": page.title,
                "text": page.text,
                "locked": page.locked,
                "at": stamp(page.at),
                "updated_at": stamp(page.updated_at),
                "prompt_id": page.prompt_id,
                **({"level": int(page.level)} if scope.with_risk else {}),
            }


def _scales(vault: Vault, risky: frozenset[str], scope: Scope) -> Iterator[Row]:
    for run in vault.scale_runs.runs():
        if scope.holds(local_day(run.at)):
            yield {
                "scale": run.scale,
                "at": stamp(run.at),
                "lang": run.lang,
                "scores": dict(run.scores),
                "answers": _answers(run, hidden=run.scale in risky and not scope.with_risk),
            }


def _answers(run: ScaleRun, *, hidden: bool) -> Sequence[Value]:
    """All or none: the other answers and the sum would tell the one that is left out."""
    return [] if hidden else list(run.answers)


def _plan(vault: Vault) -> Iterator[Row]:
    for entry in vault.safety_plan.entries():
        yield {
            "step": str(entry.step),
            "text": entry.text,
            "updated_at": stamp(entry.updated_at),
        }


def _notes(vault: Vault, scope: Scope, clock: Clock) -> Iterator[Row]:
    """Ends as the clock on the wall will show them: another vault lived another time."""
    for note in reversed(vault.memory_notes.notes(clock.lived())):
        ends = note.expires_at
        if scope.holds(local_day(note.created_at)):
            yield {
                "created_at": stamp(note.created_at),
                "text": note.text,
                "topic": str(note.topic),
                "lang": note.lang,
                "expires_at": None if ends is None else stamp(clock.shown(ends)),
                "pinned": note.pinned,
            }
