"""How fast a full vault is: opening, searching, saving; and what encryption costs.

A search looks through messages and journal pages, one after the other, as the window does.

The same schema and the same statements run over an encrypted vault and over a plain SQLite
database in the same run, because times alone cannot be compared between machines.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.stores import JournalStore
from psylite_desktop.storage.conversations import SqlConversations
from psylite_desktop.storage.journal import SqlJournal
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.plain_twin import open_plain
from psylite_desktop.storage.profiles import ProfileShelf

QUERIES = {
    "rare": ("roommate snores", "睡不着觉", "afraid of exams", "没有的词", "zeppelin"),
    "common": ("the", "and", "I", "的", "我", "是", "the 我", "th"),
    "two_characters": ("焦虑", "考试", "室友", "害怕"),
}
"""What is looked for: with few hits or none, with a hit in nearly every text, and Chinese words."""
ROUNDS = 20
SAVES = 300
PER_CONVERSATION = 1000
PAGE_TEXTS = 12
"""Texts that a journal page is made of at most; a message has at most three."""

USABLE_MOST_S = 1.2
SEARCH_MOST_MS = 50.0
SAVE_MOST_MS = 10.0

_PASSPHRASE = "a phrase for measuring only"  # noqa: S105 - of a vault that is thrown away
_CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """One kind of database. Times in milliseconds, sizes in bytes."""

    search_p50_ms: float
    search_p95_ms: float
    search_rare_p95_ms: float
    search_common_p95_ms: float
    search_two_characters_p95_ms: float
    search_slowest_ms: float
    save_p50_ms: float
    save_p95_ms: float
    save_page_p95_ms: float
    list_ms: float
    read_ms: float
    size: int

    def as_dict(self) -> dict[str, float]:
        """For JSON: rounded to microseconds."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class StoreReport:
    """An encrypted vault beside a plain database with the same messages.

    `usable_s` is the time from the derived key to the first page: opening, settings, risk state,
    the list of conversations and the newest one.
    """

    messages: int
    pages: int
    usable_s: float
    slowest_query: str
    vault: StoreFigures
    plain: StoreFigures

    def as_dict(self) -> dict[str, Any]:
        """For JSON, with the targets and the ratios."""
        vault, plain = asdict(self.vault), asdict(self.plain)
        return {
            "messages": self.messages,
            "pages": self.pages,
            "usable_s": round(self.usable_s, 3),
            "vault": self.vault.as_dict(),
            "plain": self.plain.as_dict(),
            "ratios": {name: round(vault[name] / plain[name], 2) for name in vault if plain[name]},
            "slowest_query": self.slowest_query,
            "targets": {
                "usable_s": USABLE_MOST_S,
                "search_p95_ms": SEARCH_MOST_MS,
                "save_p95_ms": SAVE_MOST_MS,
            },
        }


@dataclass(frozen=True, slots=True)
class _Stores:
    """What is filled and measured, of either kind of database."""

    conversations: ConversationStore
    journal: JournalStore

    def search(self, query: str) -> None:
        """Look through everything that has an index."""
        self.conversations.search(query)
        self.journal.search(query)


def measure_store(
    folder: Path, texts: Sequence[str], *, messages: int, pages: int = 0
) -> StoreReport:
    """Fill a vault and a plain database in `folder` with messages and pages made of `texts`."""
    shelf = ProfileShelf(folder / "profiles")
    new, vault = shelf.create(_PASSPHRASE, cost=_CHEAP)
    _fill(_Stores(vault.conversations, vault.journal), texts, messages, pages)
    vault.close()
    started = time.perf_counter()
    vault = shelf.unlock(new.profile, _PASSPHRASE)
    vault.settings.load()
    vault.risk_state.load()
    newest = vault.conversations.conversations(limit=50)[0]
    vault.conversations.messages(newest.id)
    vault.journal.entries(limit=50)
    usable_s = time.perf_counter() - started
    database = folder / "profiles" / new.profile.folder
    try:
        stores = _Stores(vault.conversations, vault.journal)
        encrypted, slowest = _figures(stores, texts, lambda: _size(database))
    finally:
        vault.close()
    (folder / "plain").mkdir()
    connection = open_plain(folder / "plain" / "plain.db")
    try:
        stores = _Stores(SqlConversations(connection), SqlJournal(connection))
        _fill(stores, texts, messages, pages)
        plain, _slowest = _figures(stores, texts, lambda: _size(folder / "plain"))
    finally:
        connection.close()
    return StoreReport(messages, pages, usable_s, slowest, vault=encrypted, plain=plain)


def _fill(stores: _Stores, texts: Sequence[str], messages: int, pages: int) -> None:
    rng = random.Random(3)  # noqa: S311 - the same texts in every run
    left = messages
    store = stores.conversations
    while left > 0:
        count = min(left, PER_CONVERSATION)
        conversation = store.start(1_790_000_000.0 + messages - left)
        # There is nothing to replace: all of them in one transaction.
        store.replace_from(conversation, 0, [_message(rng, texts) for _ in range(count)])
        left -= count
    for number in range(pages):
        stores.journal.add(_page(rng, texts, number))


def _message(rng: random.Random, texts: Sequence[str]) -> Message:
    role = rng.choice((Role.USER, Role.ASSISTANT))
    return Message(role=role, text=" ".join(rng.sample(texts, k=rng.randint(1, 3))))


def _page(rng: random.Random, texts: Sequence[str], number: int) -> JournalEntry:
    day = date.fromordinal(date(2026, 11, 1).toordinal() - number)
    most = min(PAGE_TEXTS, len(texts))
    text = "\n".join(rng.sample(texts, k=rng.randint(1, most)))
    at = 1_790_000_000.0 - number * 86_400.0
    title = rng.choice(texts)[:40]
    return JournalEntry(
        0, at, day.isoformat(), text, title, Level.NONE, locked=False, updated_at=at
    )


def _figures(
    stores: _Stores, texts: Sequence[str], size: Callable[[], int]
) -> tuple[StoreFigures, str]:
    by_kind: dict[str, list[float]] = {}
    by_query: dict[str, float] = {}
    for kind, queries in QUERIES.items():
        for query in queries:
            taken = [_timed(partial(stores.search, query)) for _ in range(ROUNDS)]
            by_kind.setdefault(kind, []).extend(taken)
            by_query[query] = _share(taken, 0.95)
    searches = [each for taken in by_kind.values() for each in taken]
    store = stores.conversations
    lists = [_timed(lambda: store.conversations(limit=50)) for _ in range(ROUNDS)]
    newest = store.conversations(limit=1)[0].id
    reads = [_timed(lambda: store.messages(newest)) for _ in range(ROUNDS)]
    rng = random.Random(4)  # noqa: S311
    conversation = store.start(1_800_000_000.0)
    drawn = [_message(rng, texts) for _ in range(SAVES)]
    saves = [_timed(partial(store.append, conversation, message)) for message in drawn]
    pages = [_page(rng, texts, number) for number in range(SAVES)]
    page_saves = [_timed(partial(stores.journal.add, page)) for page in pages]
    figures = StoreFigures(
        search_p50_ms=_share(searches, 0.5),
        search_p95_ms=_share(searches, 0.95),
        search_rare_p95_ms=_share(by_kind["rare"], 0.95),
        search_common_p95_ms=_share(by_kind["common"], 0.95),
        search_two_characters_p95_ms=_share(by_kind["two_characters"], 0.95),
        search_slowest_ms=max(by_query.values()),
        save_p50_ms=_share(saves, 0.5),
        save_p95_ms=_share(saves, 0.95),
        save_page_p95_ms=_share(page_saves, 0.95),
        list_ms=_share(lists, 0.5),
        read_ms=_share(reads, 0.5),
        size=size(),
    )
    return figures, max(by_query, key=lambda query: by_query[query])


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _share(taken: Sequence[float], share: float) -> float:
    ordered = sorted(taken)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]
