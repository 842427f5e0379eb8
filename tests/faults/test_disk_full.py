"""A full disk refuses to save and spoils nothing."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault
from tests.faults.cases import prepare
from tests.faults.conftest import Count, Most
from tests.faults.operations import PHRASES, apply, check_search, drawn, snapshot
from tests.faults.shelf_steps import CHEAP

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs tmpfs and RLIMIT_FSIZE")


@contextlib.contextmanager
def small_disk(folder: Path, *, kib: int) -> Iterator[Path]:
    """Mount a small file system; skip where that is not allowed."""
    folder.mkdir()
    options = f"size={kib}k,mode=0700"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


NAMES = ["append", "edit", "check_in", "exercise", "delete", "phrase", "create", "schema_001"]
"""Operations that are done with little room left."""


def _how() -> tuple[str, list[str]]:
    """How a disk is made small here, and what must stand before the command."""
    own = ["unshare", "-rm"]
    tried = [*own, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run(tried, check=False, capture_output=True).returncode == 0:
            return "mount", own
    return "limit", []


def full_disks(scratch: Path, names: list[str], kib: list[int]) -> Counter[str]:
    """Do each operation with each amount of room; return what was counted."""
    made = prepare(scratch / "prepared")
    disk = scratch / "disk"
    disk.mkdir()
    how, before = _how()
    order = {
        "root": str(made.root),
        "profile": made.profile.folder,
        "label": made.profile.label,
        "history": made.history,
        "scratch": str(disk),
        "names": names,
        "kib": kib,
        "how": how,
    }
    child = subprocess.run(
        [*before, sys.executable, "-m", "tests.faults.full_disk"],
        input=json.dumps(order),
        check=False,
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stderr
    counts: Counter[str] = Counter()
    for line in child.stdout.splitlines():
        counts.update(json.loads(line))
    counts[f"cases by {how}"] = counts["cases"]
    return counts


def test_operations_with_little_room_are_whole_or_refused(tmp_path: Path, figures: Count) -> None:
    counts = full_disks(tmp_path, NAMES, [0, 8, 40, 120])
    assert counts["cases"] == 4 * len(NAMES)
    assert counts["operations refused"] > len(NAMES)
    assert counts["operations done"] > 0
    figures("full disk", counts)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", NAMES)
def test_operations_with_any_room_are_whole_or_refused(
    tmp_path: Path, name: str, figures: Count, at_most: Most
) -> None:
    sizes = [4 * step for step in range(50)][:: -(-50 // at_most(50))]
    counts = full_disks(tmp_path, [name], sizes)
    assert counts["cases"] == len(sizes)
    figures("full disk", counts)


def _fill(folder: Path) -> Path:
    """Use up all space that is left; removing the returned file frees it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"\0" * size) == size:
                    pass
    return filler


@pytest.mark.parametrize("kib", [400, 500, 600, 900, 1300, 2000, 3000])
def test_writes_on_a_filling_disk_are_whole_or_refused(tmp_path: Path, kib: int) -> None:
    with small_disk(tmp_path / "disk", kib=kib) as disk:
        shelf = ProfileShelf(disk / "profiles")
        try:
            new, vault = shelf.create(PHRASES[0], cost=CHEAP)
        except VaultError as error:
            assert (error.code, kib) == ("vault_disk_full", 400)  # noqa: PT017 - refused whole
            assert shelf.profiles() == []
            return
        fake = MemoryVault()
        rng = random.Random(kib)
        refused = number = 0
        while refused < 10:
            operation = drawn(rng, number)
            number += 1
            if operation["kind"] == "append":
                operation["draw"] = 0.9  # one step: no new conversation once there is one
            try:
                apply(vault, operation)
            except VaultError as error:
                assert error.code in {"vault_disk_full", "vault_io"}  # noqa: PT017 - both endings are right
                refused += 1
            else:
                apply(fake, operation)
        assert snapshot(vault) == snapshot(fake)
        check_search(vault)
        vault.close()
        vault = shelf.unlock(new.profile, PHRASES[0])
        assert snapshot(vault) == snapshot(fake)
        check_search(vault)
        vault.close()


def test_completely_full_disk_keeps_everything(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", kib=2000) as disk:
        shelf = ProfileShelf(disk / "profiles")
        new, vault = shelf.create(PHRASES[0], cost=CHEAP)
        conversation = vault.conversations.start(1.0)
        kept = vault.conversations.append(conversation, Message(role=Role.USER, text="kept"))
        filler = _fill(disk)
        long = Message(role=Role.USER, text="不够地方了" * 20_000)
        with pytest.raises(VaultError) as caught:
            vault.conversations.append(conversation, long)
        assert caught.value.code == "vault_disk_full"
        with pytest.raises(VaultError) as caught:
            shelf.change_passphrase(new.profile, PHRASES[0], PHRASES[1], cost=CHEAP)
        assert caught.value.code == "vault_disk_full"
        with pytest.raises(VaultError) as caught:
            shelf.create(PHRASES[1], cost=CHEAP)
        assert caught.value.code == "vault_disk_full"
        assert shelf.profiles() == [new.profile]
        assert vault.conversations.messages(conversation) == [kept]
        vault.close()
        vault = shelf.unlock(new.profile, PHRASES[0])
        assert vault.conversations.messages(conversation) == [kept]
        filler.unlink()
        saved = vault.conversations.append(conversation, long)
        assert vault.conversations.messages(conversation) == [kept, saved]
        vault.close()
        shelf.unlock(new.profile, PHRASES[0]).close()


@pytest.mark.parametrize("kib", [0, 20, 60, 100, 140, 180, 220])
def test_profile_is_made_whole_or_not_at_all(tmp_path: Path, kib: int) -> None:
    with small_disk(tmp_path / "disk", kib=max(kib, 4)) as disk:
        shelf = ProfileShelf(disk / "profiles")
        if kib == 0:
            _fill(disk)
        try:
            new, vault = shelf.create(PHRASES[0], cost=CHEAP)
        except VaultError as error:
            assert error.code in {"vault_disk_full", "vault_io"}  # noqa: PT017 - both endings are right
            assert shelf.profiles() == []
            left = [path.name for path in disk.rglob("*") if path.name not in {"filler", "lock"}]
            assert left in ([], ["profiles"])
        else:
            assert shelf.profiles() == [new.profile]
            vault.close()
            shelf.unlock(new.profile, PHRASES[0]).close()


def test_read_only_disk_is_named(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", kib=2000) as disk:
        shelf = ProfileShelf(disk / "profiles")
        new, vault = shelf.create(PHRASES[0], cost=CHEAP)
        vault.close()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert shelf.profiles() == [new.profile]
        for call in (
            lambda: shelf.unlock(new.profile, PHRASES[0]),
            lambda: shelf.create(PHRASES[0], cost=CHEAP),
            lambda: shelf.delete(new.profile),
        ):
            with pytest.raises(VaultError) as caught:
                call()
            assert caught.value.code == "vault_read_only"


LIMITED = """
import resource, signal, sys
from pathlib import Path
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.profiles import ProfileShelf
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
shelf = ProfileShelf(Path(sys.argv[1]))
vault = shelf.unlock(shelf.profiles()[0], sys.argv[2])
conversation = vault.conversations.start(1.0)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
saved = 0
try:
    while True:
        vault.conversations.append(conversation, Message(role=Role.USER, text="words " * 500))
        saved += 1
except VaultError as error:
    print(error.code, saved, len(vault.conversations.messages(conversation)))
vault.close()
"""


def test_file_size_limit_keeps_what_was_saved(tmp_path: Path) -> None:
    root = tmp_path / "profiles"
    shelf = ProfileShelf(root)
    new, vault = shelf.create(PHRASES[0], cost=CHEAP)
    vault.close()
    child = subprocess.run(
        [sys.executable, "-c", LIMITED, str(root), PHRASES[0], str(400_000)],
        check=True,
        capture_output=True,
        text=True,
    )
    code, saved, held = child.stdout.split()
    assert code in {"vault_disk_full", "vault_io"}
    assert int(saved) == int(held) > 0
    assert child.stderr == ""
    vault = shelf.unlock(new.profile, PHRASES[0])
    (row,) = vault.conversations.conversations()
    assert row.message_count == int(saved)
    vault.close()
