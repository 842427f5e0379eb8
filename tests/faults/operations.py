"""Operations on a vault as plain data, so that two processes can agree on what was done.

A child process works on a real vault and says what it begins and what has returned. Whoever
watches replays the same operations on the fake and compares.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Kind, Level, RiskState, Who
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.settings import PrivateSettings

CANARY = "zugvogelcanary"
CANARY_HAN = "金丝雀在矿井里"
SLOW_PART = 0.05
"""Share of long texts, which fill the write-ahead log and force checkpoints."""

PHRASES = ("first phrase of all", "second phrase of all")

WEIGHTS = {
    "append": 40,
    "update": 15,
    "drop": 4,
    "rename": 4,
    "delete": 3,
    "draft": 15,
    "settings": 5,
    "risk": 10,
    "phrase": 4,
    "plan": 8,
    "correction": 4,
    "check_in": 8,
    "journal": 15,
}
"""How often each kind of operation is drawn."""

Operation = dict[str, Any]


def drawn(rng: random.Random, number: int) -> Operation:
    """Draw the next operation; `number` makes each text unlike any other."""
    words = f"{CANARY} {CANARY_HAN} unique{number}x"
    if rng.random() < SLOW_PART:
        words += " 很长的一段话" * rng.randint(1_000, 20_000)
    kind = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    return {"kind": kind, "text": words, "draw": rng.random()}


def apply(vault: Vault, operation: Operation) -> None:
    """Do one operation; the same state and operation lead to the same result in every vault."""
    text, draw = operation["text"], operation["draw"]
    store = vault.conversations
    listed = store.conversations(limit=1000)
    chosen = listed[int(draw * len(listed))].id if listed else 0
    match operation["kind"]:
        case "append":
            conversation = chosen if listed and draw > 0.2 else store.start(draw)
            store.append(
                conversation,
                Message(
                    role=Role.USER, text=text, created_at=draw * 1000, note=CANARY, complete=False
                ),
            )
        case "update" if listed:
            message = store.messages(chosen)[-1]
            store.update(
                Message(role=message.role, text=text, id=message.id, mode=Mode.MODEL, complete=True)
            )
        case "drop" if listed:
            store.drop_from(chosen, store.messages(chosen)[-1].id)
        case "rename" if listed:
            store.rename(chosen, text[:80])
        case "delete" if listed:
            store.delete(chosen)
        case "correction":
            about = store.messages(chosen)[-1].id if listed and draw > 0.3 else None
            vault.corrections.add(
                Correction(Verdict.MISREAD, Level.WATCH, Kind.NONE, message_id=about, at=draw)
            )
        case kind:
            _apply_to_the_rest(vault, kind, text, draw)


def _apply_to_the_rest(vault: Vault, kind: str, text: str, draw: float) -> None:
    """Operations that touch no conversation."""
    match kind:
        case "draft":
            vault.drafts.save("talk", text if draw > 0.2 else "")
        case "settings":
            vault.settings.save(PrivateSettings(welcomed=True, lock_after_min=1 + int(draw * 60)))
        case "risk":
            level = Level(int(draw * 4))
            vault.risk_state.save(RiskState(level, Kind.SUICIDE, Who.OTHER, raised_at=draw))
        case "plan":
            step = list(PlanStep)[int(draw * len(PlanStep))]
            vault.safety_plan.save([PlanEntry(step, text if draw > 0.1 else "", draw)])
        case "check_in":
            _check_in(vault, text, draw)
        case "journal":
            _journal(vault, text, draw)
        case _:
            pass


def _check_in(vault: Vault, text: str, draw: float) -> None:
    store, latest = vault.check_ins, vault.check_ins.latest()
    if latest is None or draw < 0.6:
        day = f"2026-01-{1 + int(draw * 28):02d}"
        store.add(CheckIn(draw, day, 1 + int(draw * 5), tags=(CANARY_HAN,), note=text))
    elif draw < 0.8:
        store.update(replace(latest, note=text, level=Level.WATCH))
    else:
        store.delete(latest.id)


def _journal(vault: Vault, text: str, draw: float) -> None:
    store, listed, binned = vault.journal, vault.journal.entries(), vault.journal.binned()
    chosen = listed[int(draw * 1_000) % len(listed)] if listed else None
    if chosen is None or draw < 0.3:
        day = f"2026-01-{1 + int(draw * 90):02d}"
        store.add(JournalEntry(0, draw, day, text, text[:60], Level.NONE, draw > 0.1, draw))
    elif draw < 0.7:
        changed = replace(chosen, text=text, level=Level.WATCH, updated_at=draw)
        store.update(changed, keep_at=draw if draw < 0.5 else None)
    elif draw < 0.8:
        store.delete(chosen.id, at=draw)
    elif draw < 0.9 and binned:
        store.restore(binned[0].entry.id)
    else:
        store.erase((binned[0].entry if binned else chosen).id)


def snapshot(vault: Vault) -> dict[str, object]:
    """Everything a vault holds, as it is read through its stores.

    Without the numbers of conversations: a kill between starting one and its first message uses
    a number up, and nobody sees it.
    """
    listed = vault.conversations.conversations(limit=10_000)
    pages = vault.journal.entries(limit=10_000)
    return {
        "conversations": [replace(row, id=0) for row in listed],
        "messages": [vault.conversations.messages(row.id) for row in listed],
        "draft": vault.drafts.load("talk"),
        "settings": vault.settings.load(),
        "risk": vault.risk_state.load(),
        "plan": vault.safety_plan.entries(),
        "corrections": vault.corrections.corrections(),
        "check_ins": [replace(row, id=0) for row in vault.check_ins.between("0000", "9999")],
        "pages": [replace(page, id=0) for page in pages],
        "binned": [(replace(one.entry, id=0), one.deleted_at) for one in vault.journal.binned()],
        "versions": [
            [(one.text, one.kept_at) for one in vault.journal.revisions(page.id)] for page in pages
        ],
    }


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
        hits = vault.conversations.search(unique)
        assert [hit.message_id for hit in hits] == [message.id]


def opened_with_either(unlock: Callable[[str], Vault], current: int) -> tuple[Vault, int]:
    """Open with the current passphrase, or with the other one where a change was under way."""
    try:
        return unlock(PHRASES[current]), current
    except VaultError as error:
        if error.code != "vault_wrong_passphrase":
            raise
    return unlock(PHRASES[1 - current]), 1 - current
