"""A profile to measure with: one long talk and one long journal page, in both languages."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from psylite_desktop.app.paths import find_paths
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf

PASSPHRASE = "a phrase for measuring only"  # noqa: S105 - of a vault that is thrown away
MESSAGES = 2_000
WORDS = 5_000
_CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
"""The price of a key is deliberate and not what is measured."""


def fill(data: Path, *, model: str = "") -> None:
    """Make the profile in an empty data folder; `model` as in the settings: "" answers without."""
    paths = find_paths(data)
    PlainSettingsService(paths.settings).change(language=Language.EN, model=model)
    _made, vault = ProfileShelf(paths.profiles).create(PASSPHRASE, cost=_CHEAP)
    try:
        vault.submit(lambda: _write(vault)).result()
    finally:
        vault.close()


def _write(vault: Vault) -> None:
    vault.settings.save(PrivateSettings(welcomed=True))
    now = time.time()
    talk = vault.conversations.start(now)
    mine = ("Today was long, and I do not know what to make of it.", "今天很长，我不知道该怎么想。")
    theirs = (
        "It sounds as if a lot came at once. Which part of it stays with you tonight?\n\n"
        "We can look at that part alone first.",
        "听起来很多事一起来了。今晚还留在你心里的，是哪一件？我们可以先只看这一件。",
    )
    for number in range(MESSAGES // 2):
        said, answer = mine[number % 2], theirs[number % 2]
        at = now - MESSAGES + 2 * number
        vault.conversations.append(talk, Message(Role.USER, f"{number}. {said}", created_at=at))
        reply = Message(Role.ASSISTANT, f"{number}. {answer}", created_at=at + 1, mode=Mode.WRITTEN)
        vault.conversations.append(talk, reply)
    said = "I went for a walk and looked at the water until it was dark. "
    paragraphs = "\n\n".join([(said * 6).strip()] * (WORDS // len(said.split()) // 6))
    day = datetime.fromtimestamp(now, tz=UTC).date().isoformat()
    vault.journal.add(
        JournalEntry(
            0, now, day, paragraphs, "A long day", Level.NONE, locked=False, updated_at=now
        )
    )
