"""Operations on a vault as plain data, so that two processes can agree on what was done.

A child process works on a real vault and says what it begins and what has returned. Whoever
watches replays the same operations on the fake and compares. What an operation does stands in
`steps` (to an open vault) and in `shelf_steps` (to its profile); how often which one is drawn
stands in `mixes`.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.ports import Vault
from tests.faults.mixes import EVERYTHING, Mix
from tests.faults.steps import CANARY, CANARY_HAN, EMBEDDER, STEPS

PHRASES = ("first phrase of all", "second phrase of all")

LONG = " 很长的一段话"

Operation = dict[str, Any]
"""`kind`, `text`, how often `LONG` follows it (`more`), and `draw`, which decides the rest."""


def drawn(rng: random.Random, number: int, mix: Mix = EVERYTHING) -> Operation:
    """Draw the next operation; `number` makes each text unlike any other."""
    kind = rng.choices(list(mix.weights), list(mix.weights.values()))[0]
    more = rng.randint(1_000, 20_000) if rng.random() < mix.long_texts else 0
    words = f"{CANARY} {CANARY_HAN} unique{number}x"
    return {"kind": kind, "text": words, "more": more, "draw": rng.random()}


def apply(vault: Vault, operation: Operation) -> None:
    """Do one operation on an open vault; what is done to its profile changes nothing in it."""
    step = STEPS.get(operation["kind"])
    if step is not None:
        text = operation["text"] + LONG * operation["more"]
        step(vault, text, operation["draw"])


def snapshot(vault: Vault) -> dict[str, object]:
    """Everything a vault holds, as it is read through its stores.

    Without the numbers of conversations: a kill between starting one and its first message uses
    a number up, and nobody sees it.
    """
    listed = vault.conversations.conversations(limit=10_000)
    endings = [vault.endings.load(row.id) for row in listed]
    pages = vault.journal.entries(limit=10_000)
    return {
        "conversations": [replace(row, id=0) for row in listed],
        "messages": [vault.conversations.messages(row.id) for row in listed],
        "other_versions": [vault.conversations.other_versions(row.id) for row in listed],
        "endings": [ending and replace(ending, conversation_id=0) for ending in endings],
        "draft": vault.drafts.load("talk"),
        "settings": vault.settings.load(),
        "risk": vault.risk_state.load(),
        "plan": vault.safety_plan.entries(),
        "corrections": vault.corrections.corrections(),
        "check_ins": [replace(row, id=0) for row in vault.check_ins.between("0000", "9999")],
        "open_runs": [replace(run, id=0) for run in vault.exercise_runs.open_runs()],
        "finished_runs": [
            replace(run, id=0) for run in vault.exercise_runs.finished_runs(limit=10_000)
        ],
        "scale_runs": [replace(run, id=0) for run in vault.scale_runs.runs()],
        "asides": vault.asides.since(0.0),
        "notes": vault.memory_notes.notes(0.0),
        "vectors": sorted(vault.memory_notes.vectors(EMBEDDER).items()),
        "pages": [replace(page, id=0) for page in pages],
        "binned": [(replace(one.entry, id=0), one.deleted_at) for one in vault.journal.binned()],
        "versions": [
            [(one.text, one.kept_at) for one in vault.journal.revisions(page.id)] for page in pages
        ],
        "ratings": vault.ratings.ratings(),
        "offers": vault.suggestions.since(0.0),
        "answers": vault.suggestions.answers(),
        "mirror": vault.mirror_corrections.corrections(),
    }


def digest(vault: Vault) -> str:
    """The contents of a vault in one line, which one process can tell another."""
    return hashlib.sha256(repr(snapshot(vault)).encode("utf-8", "backslashreplace")).hexdigest()


def check_search(vault: Vault) -> None:
    """Assert that the search index holds each message and nothing else."""
    listed = vault.conversations.conversations(limit=10_000)
    held = [message for row in listed for message in vault.conversations.messages(row.id)]
    found = vault.conversations.search(CANARY_HAN, limit=100_000)
    assert {hit.message_id for hit in found} == {message.id for message in held}
    pages = vault.journal.search(CANARY_HAN, limit=100_000)
    assert [hit.entry_id for hit in pages] == [
        page.id for page in vault.journal.entries(limit=10_000)
    ]
    for message in held[-5:]:
        unique = message.text.split()[2]
        hits = {hit.message_id for hit in vault.conversations.search(unique)}
        assert message.id in hits
        # An edit stores one text twice; nothing else may be found with it.
        assert hits == {other.id for other in held if other.text.split()[2] == unique}


def opened_with_either(unlock: Callable[[str], Vault], current: int) -> tuple[Vault, int]:
    """Open with the current passphrase, or with the other one where a change was under way."""
    try:
        return unlock(PHRASES[current]), current
    except VaultError as error:
        if error.code != "vault_wrong_passphrase":
            raise
    return unlock(PHRASES[1 - current]), 1 - current
