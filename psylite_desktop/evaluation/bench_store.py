"""How fast a full vault is: opening, searching, saving; and what encryption costs.

The same schema and the same statements run over an encrypted vault and over a plain SQLite
database in the same run, because times alone cannot be compared between machines.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.storage.conversations import SqlConversations
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.plain_twin import open_plain
from psylite_desktop.storage.profiles import ProfileShelf

QUERIES = (
    "焦虑",
    "考试",
    "室友",
    "我",
    "睡不着觉",
    "roommate",
    "the",
    "afraid of exams",
    "没有的词",
)
"""Rare and frequent, of one character, two and more, with and without a hit."""
ROUNDS = 20
SAVES = 300
PER_CONVERSATION = 1000

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
    save_p50_ms: float
    save_p95_ms: float
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
    usable_s: float
    vault: StoreFigures
    plain: StoreFigures

    def as_dict(self) -> dict[str, Any]:
        """For JSON, with the targets and the ratios."""
        vault, plain = asdict(self.vault), asdict(self.plain)
        return {
            "messages": self.messages,
            "usable_s": round(self.usable_s, 3),
            "vault": self.vault.as_dict(),
            "plain": self.plain.as_dict(),
            "ratios": {name: round(vault[name] / plain[name], 2) for name in vault if plain[name]},
            "targets": {
                "usable_s": USABLE_MOST_S,
                "search_p95_ms": SEARCH_MOST_MS,
                "save_p95_ms": SAVE_MOST_MS,
            },
        }


def measure_store(folder: Path, texts: Sequence[str], *, messages: int) -> StoreReport:
    """Fill a vault and a plain database in `folder` with `messages` made of `texts`."""
    shelf = ProfileShelf(folder / "profiles")
    new, vault = shelf.create(_PASSPHRASE, cost=_CHEAP)
    _fill(vault.conversations, texts, messages)
    vault.close()
    started = time.perf_counter()
    vault = shelf.unlock(new.profile, _PASSPHRASE)
    vault.settings.load()
    vault.risk_state.load()
    newest = vault.conversations.conversations(limit=50)[0]
    vault.conversations.messages(newest.id)
    usable_s = time.perf_counter() - started
    database = folder / "profiles" / new.profile.folder
    try:
        encrypted = _figures(vault.conversations, texts, lambda: _size(database))
    finally:
        vault.close()
    (folder / "plain").mkdir()
    connection = open_plain(folder / "plain" / "plain.db")
    try:
        store = SqlConversations(connection)
        _fill(store, texts, messages)
        plain = _figures(store, texts, lambda: _size(folder / "plain"))
    finally:
        connection.close()
    return StoreReport(messages=messages, usable_s=usable_s, vault=encrypted, plain=plain)


def _fill(store: ConversationStore, texts: Sequence[str], messages: int) -> None:
    rng = random.Random(3)  # noqa: S311 - the same texts in every run
    left = messages
    while left > 0:
        count = min(left, PER_CONVERSATION)
        conversation = store.start(1_790_000_000.0 + messages - left)
        first = store.append(conversation, _message(rng, texts))
        store.replace_from(conversation, first.id, [_message(rng, texts) for _ in range(count)])
        left -= count


def _message(rng: random.Random, texts: Sequence[str]) -> Message:
    role = rng.choice((Role.USER, Role.ASSISTANT))
    return Message(role=role, text=" ".join(rng.sample(texts, k=rng.randint(1, 3))))


def _figures(
    store: ConversationStore, texts: Sequence[str], size: Callable[[], int]
) -> StoreFigures:
    searches = [_timed(partial(store.search, query)) for _ in range(ROUNDS) for query in QUERIES]
    lists = [_timed(lambda: store.conversations(limit=50)) for _ in range(ROUNDS)]
    newest = store.conversations(limit=1)[0].id
    reads = [_timed(lambda: store.messages(newest)) for _ in range(ROUNDS)]
    rng = random.Random(4)  # noqa: S311
    conversation = store.start(1_800_000_000.0)
    drawn = [_message(rng, texts) for _ in range(SAVES)]
    saves = [_timed(partial(store.append, conversation, message)) for message in drawn]
    return StoreFigures(
        search_p50_ms=_share(searches, 0.5),
        search_p95_ms=_share(searches, 0.95),
        save_p50_ms=_share(saves, 0.5),
        save_p95_ms=_share(saves, 0.95),
        list_ms=_share(lists, 0.5),
        read_ms=_share(reads, 0.5),
        size=size(),
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _share(taken: Sequence[float], share: float) -> float:
    ordered = sorted(taken)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]
