"""The schema, as numbered steps in order. A step is never changed once it was released."""

from __future__ import annotations

from collections.abc import Callable

from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.search_terms import index_tokens

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


def m005_journal(connection: Connection) -> None:
    """The journal: pages and their bin, earlier versions, search, corrections of the mirror.

    `deleted_at` puts a page into the bin; its search terms go at once and come back with it.
    """
    for statement in (
        """CREATE TABLE journal_entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at REAL NOT NULL,
            day TEXT NOT NULL,
            text TEXT NOT NULL,
            title TEXT NOT NULL,
            level INTEGER NOT NULL,
            locked INTEGER NOT NULL,
            updated_at REAL NOT NULL,
            prompt_id TEXT NOT NULL,
            deleted_at REAL
        ) STRICT""",
        "CREATE INDEX journal_entries_by_day ON journal_entries(day, at, id)",
        """CREATE TABLE journal_revisions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            entry_id INTEGER NOT NULL REFERENCES journal_entries(id) ON DELETE CASCADE,
            at REAL NOT NULL,
            kept_at REAL NOT NULL,
            text TEXT NOT NULL,
            title TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX journal_revisions_by_entry ON journal_revisions(entry_id, id)",
        # As `message_terms`.
        """CREATE VIRTUAL TABLE journal_terms USING fts5(
            terms, content = '', contentless_delete = 1, tokenize = 'ascii'
        )""",
        """CREATE TABLE mirror_corrections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            entry_id INTEGER REFERENCES journal_entries(id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            label TEXT NOT NULL,
            quote TEXT NOT NULL,
            at REAL NOT NULL,
            UNIQUE (kind, label, quote)
        ) STRICT""",
        # Erasing a page looks here for what goes with it.
        "CREATE INDEX mirror_corrections_by_entry ON mirror_corrections(entry_id)",
    ):
        connection.execute(statement)


def m006_ratings_and_suggestions(connection: Connection) -> None:
    """Marks of replies, and what was suggested with the answers to it; none of it holds words."""
    for statement in (
        """CREATE TABLE reply_ratings (
            message_id INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
            helpfulness INTEGER CHECK (helpfulness BETWEEN 1 AND 5),
            fluency INTEGER CHECK (fluency BETWEEN 1 AND 5),
            relevance INTEGER CHECK (relevance BETWEEN 1 AND 5),
            logic INTEGER CHECK (logic BETWEEN 1 AND 5),
            at REAL NOT NULL,
            mode TEXT NOT NULL,
            model TEXT NOT NULL,
            route TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE suggestion_offers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            rule TEXT NOT NULL,
            item TEXT NOT NULL,
            at REAL NOT NULL,
            place TEXT NOT NULL,
            opened_at REAL
        ) STRICT""",
        "CREATE INDEX suggestion_offers_by_time ON suggestion_offers(at)",
        """CREATE TABLE suggestion_answers (
            answer TEXT NOT NULL,
            subject TEXT NOT NULL,
            at REAL NOT NULL,
            PRIMARY KEY (answer, subject)
        ) STRICT""",
    ):
        connection.execute(statement)


def m007_word_beginnings(connection: Connection) -> None:
    """Search indexes that know words by their first three letters.

    Without it, looking for words that begin with "the" merged hundreds of lists, which took two
    seconds in an encrypted vault of 100,000 messages.
    """
    for table, text, rows in (
        ("message_terms", "text", "messages"),
        ("journal_terms", "title || char(10) || text", "journal_entries WHERE deleted_at IS NULL"),
    ):
        connection.execute(f"DROP TABLE {table}")
        connection.execute(
            f"""CREATE VIRTUAL TABLE {table} USING fts5(
                terms, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '3'
            )"""
        )
        found = connection.execute(f"SELECT id, {text} FROM {rows} ORDER BY id")  # noqa: S608 - ours
        for row_id, words in found.fetchall():
            connection.execute(
                f"INSERT INTO {table} (rowid, terms) VALUES (?, ?)",  # noqa: S608 - ours
                (row_id, index_tokens(words)),
            )


def m008_bin_and_topics(connection: Connection) -> None:
    """The bin of conversations, what they are about, and which indexes hold erased words.

    `topics_at` is the newest message that was read for the topics.
    """
    for statement in (
        "ALTER TABLE conversations ADD COLUMN deleted_at REAL",
        "ALTER TABLE conversations ADD COLUMN topics_at INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE conversation_topics (
            conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
            topic TEXT NOT NULL,
            PRIMARY KEY (conversation_id, topic)
        ) STRICT""",
        "CREATE INDEX conversation_topics_by_topic ON conversation_topics(topic)",
        "CREATE TABLE index_cleaning (name TEXT PRIMARY KEY, begun INTEGER NOT NULL) STRICT",
    ):
        connection.execute(statement)


def m009_other_versions(connection: Connection) -> None:
    """Which messages are not shown, because an edit or another reply took their place.

    They stay in `messages` with all that belongs to them and leave the search index; erasing a
    message takes its row here along. `after` is the message it followed (0: none, so no reference),
    `gave_way` counts up in a conversation.
    """
    connection.execute(
        """CREATE TABLE other_versions (
            message_id INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
            after INTEGER NOT NULL,
            gave_way INTEGER NOT NULL
        ) STRICT"""
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    m001_first_tables,
    m002_corrections_and_plan,
    m003_asides_notes_and_endings,
    m004_self_care,
    m005_journal,
    m006_ratings_and_suggestions,
    m007_word_beginnings,
    m008_bin_and_topics,
    m009_other_versions,
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
