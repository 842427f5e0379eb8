"""The schema, as numbered steps in order. A step is never changed once it was released."""

from __future__ import annotations

from collections.abc import Callable

from psylite_desktop.storage.connection import Connection

APPLICATION_ID = 0x50734C76  # "PsLv"


def m001_first_tables(connection: Connection) -> None:
    """Conversations, messages with their search index, risk state, settings, drafts.

    Ids are never used twice (AUTOINCREMENT): they order messages whatever the clock did, and
    the search index refers to them.
    """
    for statement in (
        """CREATE TABLE conversations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL DEFAULT '',
            started_at REAL NOT NULL,
            updated_at REAL NOT NULL
        ) STRICT""",
        """CREATE TABLE messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            text TEXT NOT NULL,
            note TEXT NOT NULL,
            mode TEXT NOT NULL,
            complete INTEGER NOT NULL,
            level INTEGER NOT NULL,
            created_at REAL NOT NULL
        ) STRICT""",
        "CREATE INDEX messages_by_conversation ON messages(conversation_id, id)",
        # Without content: tokens are made in `search_terms`. The ascii tokenizer takes every
        # character beyond ASCII as part of a token, so it leaves them as they are.
        """CREATE VIRTUAL TABLE message_terms USING fts5(
            terms, content = '', contentless_delete = 1, tokenize = 'ascii'
        )""",
        """CREATE TABLE risk_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            level INTEGER NOT NULL,
            kind TEXT NOT NULL,
            who TEXT NOT NULL,
            calm_turns INTEGER NOT NULL,
            denied INTEGER NOT NULL,
            raised_at REAL,
            turn INTEGER NOT NULL,
            signals TEXT NOT NULL,
            strong INTEGER NOT NULL,
            misread INTEGER NOT NULL
        ) STRICT""",
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "CREATE TABLE drafts (place TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT",
        f"PRAGMA application_id = {APPLICATION_ID}",
    ):
        connection.execute(statement)


def m002_corrections_and_plan(connection: Connection) -> None:
    """What the person said about readings of their words, and the plan for hard moments.

    A correction goes with the message it is about, and holds none of its words.
    """
    for statement in (
        """CREATE TABLE corrections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at REAL NOT NULL,
            message_id INTEGER REFERENCES messages(id) ON DELETE CASCADE,
            verdict TEXT NOT NULL CHECK (verdict IN ('misread', 'not_about_me')),
            level INTEGER NOT NULL,
            kind TEXT NOT NULL,
            rules TEXT NOT NULL
        ) STRICT""",
        # Deleting a message looks here for what goes with it.
        "CREATE INDEX corrections_by_message ON corrections(message_id)",
        """CREATE TABLE safety_plan (
            step TEXT PRIMARY KEY,
            text TEXT NOT NULL,
            updated_at REAL NOT NULL
        ) STRICT""",
    ):
        connection.execute(statement)


def m003_asides_notes_and_endings(connection: Connection) -> None:
    """What was offered beside replies, what is remembered of talks, and how talks were closed.

    An aside holds no words of the person's. A note outlives the message it came from; its vector
    is worth nothing once the embedder changed, so the embedder's mark stands beside it.
    """
    for statement in (
        """CREATE TABLE asides (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            passage_id TEXT NOT NULL,
            at REAL NOT NULL,
            rating TEXT,
            rated_at REAL
        ) STRICT""",
        "CREATE INDEX asides_by_time ON asides(at)",
        """CREATE TABLE memory_notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            text TEXT NOT NULL,
            topic TEXT NOT NULL,
            lang TEXT NOT NULL,
            message_id INTEGER REFERENCES messages(id) ON DELETE SET NULL,
            created_at REAL NOT NULL,
            expires_at REAL,
            pinned INTEGER NOT NULL,
            vector BLOB,
            embedder TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX memory_notes_by_message ON memory_notes(message_id)",
        """CREATE TABLE endings (
            conversation_id INTEGER PRIMARY KEY REFERENCES conversations(id) ON DELETE CASCADE,
            summary TEXT NOT NULL,
            next_step TEXT NOT NULL,
            at REAL NOT NULL
        ) STRICT""",
    ):
        connection.execute(statement)


def _check_ins(connection: Connection) -> None:
    """How somebody was: several a day, each about a local day; feelings and tags as JSON lists."""
    for statement in (
        """CREATE TABLE check_ins (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at REAL NOT NULL,
            day TEXT NOT NULL,
            mood INTEGER NOT NULL CHECK (mood BETWEEN 1 AND 5),
            feelings TEXT NOT NULL,
            tags TEXT NOT NULL,
            note TEXT NOT NULL,
            backfilled INTEGER NOT NULL,
            level INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX check_ins_by_day ON check_ins(day, at)",
    ):
        connection.execute(statement)


def _exercise_runs(connection: Connection) -> None:
    """How far somebody has come in exercises; `state` holds path and answers as JSON."""
    for statement in (
        """CREATE TABLE exercise_runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            exercise_id TEXT NOT NULL,
            lang TEXT NOT NULL,
            state TEXT NOT NULL,
            started_at REAL NOT NULL,
            updated_at REAL NOT NULL,
            finished_at REAL
        ) STRICT""",
        "CREATE INDEX exercise_runs_by_time ON exercise_runs(finished_at, id)",
    ):
        connection.execute(statement)


def _scale_runs(connection: Connection) -> None:
    """Results of self-rating scales: points and scores, none of their wording."""
    connection.execute(
        """CREATE TABLE scale_runs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            scale TEXT NOT NULL,
            at REAL NOT NULL,
            lang TEXT NOT NULL,
            scores TEXT NOT NULL,
            answers TEXT NOT NULL
        ) STRICT"""
    )


def m004_self_care(connection: Connection) -> None:
    """Check-ins, exercises and self-rating scales."""
    _check_ins(connection)
    _exercise_runs(connection)
    _scale_runs(connection)


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    m001_first_tables,
    m002_corrections_and_plan,
    m003_asides_notes_and_endings,
    m004_self_care,
)
"""In order; the place in this tuple is the schema number (`user_version`)."""

LATEST = len(MIGRATIONS)


def migrate(connection: Connection, *, to: int | None = None) -> None:
    """Bring the schema to a number, by default the newest, in one transaction.

    An error leaves the old schema.

    A vault that holds something is never migrated in place: see `database.open_database`.
    """
    row = connection.execute("PRAGMA user_version").fetchone()
    version = int(row[0]) if row else 0
    goal = LATEST if to is None else to
    if version >= goal:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version, goal):
            MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA user_version = {goal}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
