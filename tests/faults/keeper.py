"""A process that makes and brings back copies until it is killed: `python -m tests.faults.keeper`.

Arguments: the folder of the shelf, a seed, the first number for texts and, where a file size in
bytes is given, the size at which the system kills it. Writes a JSON line before and after each
operation, with what the operation made.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.vault import SqlcipherVault
from tests.faults.operations import CANARY, CANARY_HAN, PHRASES
from tests.faults.writer import _die_at_file_size

KINDS = ("say", "backup", "backup", "export", "restore", "restore_as_new", "import", "salvage")
EXPORTED = "out.psyvault"


def text_of(number: int) -> str:
    """Words of message number `number`; some are long."""
    return f"{CANARY} {CANARY_HAN} {number} " + "字" * (number * 7919 % 9000)


def texts(vault: SqlcipherVault) -> list[str]:
    """Everything said in a vault."""
    return [
        message.text
        for row in reversed(vault.conversations.conversations())
        for message in vault.conversations.messages(row.id)
    ]


class Keeper:
    """Works on one profile; the vault is open except where it must be closed."""

    def __init__(self, root: Path, profile: Profile) -> None:
        self.root = root
        self.shelf = RescueShelf(root)
        self.profile = profile
        self.vault = self.shelf.unlock(profile, PHRASES[0])

    def do(self, kind: str, number: int) -> str:
        """Do one operation; return the name of what it made or used."""
        match kind:
            case "backup":
                day = f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
                made = self.vault.backups.make(
                    BackupKind.AUTO, now=float(number), day=day, progress=Progress()
                )
                return made.name
            case "export":
                target = self.root.parent / EXPORTED
                self.vault.backups.export(target, PHRASES[0], own=None, progress=Progress())
                return EXPORTED
            case "restore" | "restore_as_new" | "salvage":
                return self._closed(kind)
            case "import" if (self.root.parent / EXPORTED).exists():
                target = self.root.parent / EXPORTED
                made_one = self.shelf.import_file(target, PHRASES[0], Progress())
                self.shelf.delete(made_one)
                return EXPORTED
            case "say":
                conversation = self.vault.conversations.start(1.0)
                self.vault.conversations.append(
                    conversation, Message(role=Role.USER, text=text_of(number))
                )
        return ""

    def _closed(self, kind: str) -> str:
        good = [each for each in self.vault.backups.backups() if each.kind is BackupKind.AUTO]
        if not good:
            return ""
        name = good[0].name
        self.vault.close()
        if kind == "restore":
            self.shelf.restore(self.profile, name, PHRASES[0], Progress())
        elif kind == "restore_as_new":
            made = self.shelf.restore_as_new(self.profile, name, PHRASES[0], Progress())
            self.shelf.delete(made)
        else:
            report = self.shelf.salvage(self.profile, PHRASES[0], Progress())
            assert report.lost == 0
            self.shelf.delete(report.profile)
        self.vault = self.shelf.unlock(self.profile, PHRASES[0])
        return name


def _say(**line: object) -> None:
    print(json.dumps(line), flush=True)


def main() -> None:
    root, folder = Path(sys.argv[1]), sys.argv[2]
    seed, number, limit = map(int, sys.argv[3:6])
    rng = random.Random(seed)
    keeper = Keeper(root, Profile(folder, "teal-1"))
    _say(state="open")
    if limit:
        _die_at_file_size(limit)
    parent = os.getppid()
    while os.getppid() == parent:
        kind = rng.choice(KINDS)
        _say(state="begin", kind=kind, number=number)
        _say(state="done", name=keeper.do(kind, number))
        number += 1


if __name__ == "__main__":
    main()
