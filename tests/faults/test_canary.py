"""A marker phrase written through every store stands in no file in clear."""

from __future__ import annotations

import base64
import gzip
import os
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import BackupKind, Progress
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.storage import shown_plan
from psylite_desktop.storage.rescue import RescueShelf
from tests.faults.leaks import LEAKS, WRITTEN, files_below, leaks_in, scan
from tests.faults.shelf_steps import CHEAP
from tests.faults.steps import CANARY, CANARY_HAN

TEXT = f"{CANARY} {CANARY_HAN}"
ROOT = Path(__file__).parents[2]
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


def test_only_what_was_chosen_of_the_plan_stands_in_clear(tmp_path: Path) -> None:
    shelf = RescueShelf(tmp_path / "profiles")
    new, vault = shelf.create(PHRASE, cost=CHEAP)
    plan = SafetyPlanService(
        vault.safety_plan,
        Clock(),
        settings=vault.settings,
        shown=vault.shown_plan,
        obstacle=lambda: None,
    )
    plan.save(dict.fromkeys(PlanStep, TEXT))
    scan(tmp_path)
    plan.save({PlanStep.REASON: "an old cat"})
    plan.choose(PlanStep.REASON, is_shown=True)
    scan(tmp_path)
    plan.choose(PlanStep.PEOPLE, is_shown=True)
    shown = shelf.folder_of(new.profile) / shown_plan.NAME
    assert leaks_in(files_below(tmp_path)) == [str(shown)]
    vault.backups.make(BackupKind.MANUAL, now=1.0, day="2026-01-01", progress=Progress())
    vault.backups.export(tmp_path / "x.psyvault", PHRASE, own=None, progress=Progress())
    assert leaks_in(files_below(tmp_path)) == [str(shown)]
    plan.choose(PlanStep.PEOPLE, is_shown=False)
    scan(tmp_path)
    assert b"an old cat" in shown.read_bytes()
    plan.choose(PlanStep.REASON, is_shown=False)
    assert not shown.exists()
    vault.close()


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_a_whole_session_leaves_no_words(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Everything that needs no model is used once; then every file that changed is looked at."""
    folders = {
        "HOME": tmp_path / "home",
        "TMPDIR": tmp_path / "tmp",
        "SQLITE_TMPDIR": tmp_path / "tmp",
        "XDG_CONFIG_HOME": tmp_path / "home" / "config",
        "XDG_CACHE_HOME": tmp_path / "home" / "cache",
        "XDG_DATA_HOME": tmp_path / "home" / "share",
        "XDG_STATE_HOME": tmp_path / "home" / "state",
        "XDG_RUNTIME_DIR": tmp_path / "run",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    outside = tmp_path_factory.mktemp("outside")
    started = time.time() - 1
    ran = subprocess.run(
        [
            sys.executable,
            "-X",
            "faulthandler",
            "-m",
            "tests.faults.canary_session",
            tmp_path / "d",
            outside,
        ],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name not in {"DISPLAY"}},
            **{name: str(folder) for name, folder in folders.items()},
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        check=False,
        timeout=300,
    )
    said = ran.stdout.decode("utf-8", "replace")
    assert not [leak for leak in LEAKS if leak in ran.stdout + ran.stderr], "words were printed"
    assert ran.returncode == 0, ran.stderr.decode("utf-8", "replace")
    assert said.split()[-1] == "done", said
    changed = [
        path
        for root in (tmp_path, Path("/dev/shm"), Path("/var/crash"), Path("/var/tmp"))  # noqa: S108
        for path in root.rglob("*")
        if _is_new(path, started)
    ]
    assert any(path.name == "vault.db" for path in changed)
    # One step of the plan was chosen to be read before unlocking; nothing else may stand in clear.
    [shown] = [path for path in changed if path.name == shown_plan.NAME]
    assert [entry.step for entry in shown_plan.read(shown.parent)] == [PlanStep.REASON]
    assert leaks_in(changed) == [str(shown)]
    # What was saved in the clear by choice holds them, or nothing would have been looked for.
    plain = {Path(path).name for path in leaks_in(outside.iterdir())}
    assert plain >= {"own.json", "export.json", "export.zip", "export.md"}, plain
    assert "reminder.ics" not in plain


def _is_new(path: Path, since: float) -> bool:
    try:
        return path.lstat().st_mtime >= since
    except OSError:
        return False


@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("phrase", [CANARY, CANARY_HAN])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_scan_finds_a_leak(tmp_path: Path, way: str, phrase: str, shift: int) -> None:
    before, after = "x" * shift, " and more"
    path = tmp_path / "some file"
    if way == "base64":
        path.write_bytes(base64.b64encode(f"{before}{phrase}{after}".encode()))
    elif way == "utf-7":
        path.write_bytes(b"x" * shift + phrase.encode("utf-7"))
    else:
        path.write_bytes(b"x" * shift + WRITTEN[way](phrase) + b"y")
    with pytest.raises(AssertionError):
        scan(tmp_path)
    path.unlink()
    scan(tmp_path)


@pytest.mark.parametrize("way", ["zlib", "gzip", "zip"])
def test_scan_finds_a_packed_leak(tmp_path: Path, way: str) -> None:
    words = f"some words before {CANARY_HAN} and after".encode()
    path = tmp_path / "some file"
    if way == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inside.csv", words)
    else:
        path.write_bytes(b"xyz" + {"zlib": zlib, "gzip": gzip}[way].compress(words) + b"rest")
    with pytest.raises(AssertionError):
        scan(tmp_path)


def test_a_name_is_a_leak_as_well(tmp_path: Path) -> None:
    (tmp_path / f"{CANARY}.txt").touch()
    with pytest.raises(AssertionError):
        scan(tmp_path)
