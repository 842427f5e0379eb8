"""Limits of control groups as the kernel writes them, and this machine itself."""

from pathlib import Path

import pytest

from psylite_desktop.engine import machine_memory as module
from psylite_desktop.engine.machine_memory import GroupLimit, group_limits, machine_memory

GB = 1 << 30


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "cgroup"
    path.write_text("4:memory:/app/job\n3:cpuset:/\n0::/user/app\n")
    return path


def test_version_two_counts_every_group_above_and_not_the_page_cache(
    tmp_path: Path, own: Path
) -> None:
    mount = tmp_path / "fs"
    stat = "anon 1\ninactive_file 600\nactive_file 300\n"
    write(mount / "user" / "app", memory__max="max\n", memory__current="9\n")
    write(mount / "user", memory__max="5000\n", memory__current="2000\n", memory__stat=stat)
    assert list(group_limits(own, mount)) == [GroupLimit(5000, 1100)]


def test_version_one_and_a_container_that_cannot_see_its_own_path(
    tmp_path: Path, own: Path
) -> None:
    mount = tmp_path / "fs"
    write(
        mount / "memory",
        memory__limit_in_bytes="7000",
        memory__usage_in_bytes="3000",
        memory__stat="total_inactive_file 500\ntotal_active_file 500\n",
    )
    assert list(group_limits(own, mount)) == [GroupLimit(7000, 2000)]


def test_nonsense_and_absence_are_no_limits(tmp_path: Path, own: Path) -> None:
    write(tmp_path / "fs" / "user", memory__max="many", memory__current="-")
    assert not list(group_limits(own, tmp_path / "fs"))
    assert not list(group_limits(tmp_path / "none", tmp_path))


def test_the_smallest_limit_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_whole_machine", lambda: (16 * GB, 12 * GB))
    monkeypatch.setattr(module, "_address_space", lambda: None)
    monkeypatch.setattr(module, "group_limits", lambda _own, _mount: iter([GroupLimit(5 * GB, GB)]))
    memory = machine_memory()
    assert (memory.total, memory.available, memory.limit) == (5 * GB, 4 * GB, "cgroup")
    monkeypatch.setattr(module, "_address_space", lambda: 2 * GB)
    memory = machine_memory()
    assert (memory.available, memory.limit) == (2 * GB, "address_space")


def test_this_machine_says_something() -> None:
    memory = machine_memory()
    assert 0 < memory.available <= memory.total
