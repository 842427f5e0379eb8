"""A marker phrase written through every store stands in no file in clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.storage.rescue import RescueShelf
from tests.faults.leaks import scan
from tests.faults.shelf_steps import CHEAP
from tests.faults.steps import CANARY, CANARY_HAN

TEXT = f"{CANARY} {CANARY_HAN}"
PHRASE = f"{CANARY} as passphrase"


def test_nothing_written_stands_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for variable in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        folder = tmp_path / variable
        folder.mkdir()
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.chdir(tmp_path)
    shelf = RescueShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    conversation = vault.conversations.start(1.0)
    stored = vault.conversations.append(conversation, Message(role=Role.USER, text=TEXT, note=TEXT))
    for number in range(50):
        vault.conversations.append(
            conversation, Message(role=Role.ASSISTANT, text=f"{TEXT} {number} " * 500)
        )
    vault.conversations.update(stored)
    vault.conversations.rename(conversation, TEXT)
    vault.drafts.save("talk", TEXT)
    vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, TEXT)])
    noted = vault.check_ins.add(CheckIn(1.0, "2026-01-01", 1, tags=(TEXT,), note=TEXT))
    vault.check_ins.update(noted)
    vault.exercise_runs.save(ExerciseRun("sleep-line", "zh", ("line",), {"line": TEXT}))
    assert len(vault.conversations.search(CANARY_HAN, limit=100)) == 51
    scan(tmp_path)
    vault.conversations.drop_from(conversation, stored.id + 10)
    scan(tmp_path)
    vault.close()
    scan(tmp_path)
    vault = shelf.unlock(new.profile, PHRASE)
    vault.conversations.delete(conversation)
    assert vault.conversations.search(CANARY) == []
    backup = vault.backups.make(BackupKind.MANUAL, now=1.0, day="2026-01-01", progress=Progress())
    vault.backups.export(tmp_path / "x.psyvault", PHRASE, own=None, progress=Progress())
    vault.close()
    scan(tmp_path)
    shelf.delete(shelf.salvage(new.profile, PHRASE, Progress()).profile)
    shelf.delete(shelf.import_file(tmp_path / "x.psyvault", PHRASE, Progress()))
    scan(tmp_path)
    names = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    }
    files = ("header.json", "header.json.1", "lock", "vault.db")
    inside = {f"profiles/{new.profile.folder}/{name}" for name in files}
    copied = {
        f"profiles/{new.profile.folder}/backups/{backup.name}/{name}"
        for name in files
        if name != "lock"
    }
    assert names == {"profiles/lock", "x.psyvault", *inside, *copied}
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err


def test_scan_finds_a_leak(tmp_path: Path) -> None:
    for number, coding in enumerate(("utf-8", "utf-16-le", "utf-16-be")):
        path = tmp_path / str(number)
        path.write_bytes(b"x" * 5 + TEXT.encode(coding))
        with pytest.raises(AssertionError):
            scan(tmp_path)
        path.unlink()
    scan(tmp_path)
