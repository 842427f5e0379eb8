"""Runs a program with less memory than the machine has; what it maps of files counts, too.

Linux alone has a limit of that kind that a program can set: a memory control group. Version 1 is
used where its folder can be written, systemd's user scopes (version 2) otherwise.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.errors import InputError

_GROUPS = Path("/sys/fs/cgroup/memory")
_JOIN = 'echo $$ > "$0/cgroup.procs" && exec "$@"'


@dataclass(frozen=True, slots=True)
class Room:
    """A way to start programs within the limit, and where their peak can be read afterwards."""

    prefix: tuple[str, ...]
    group: Path | None = None

    def command(self, words: Sequence[str]) -> list[str]:
        """The command that runs `words` within the limit."""
        return [*self.prefix, *words]

    @property
    def peak(self) -> int:
        """Most bytes ever in use within the limit, file pages included; 0 where nobody counts."""
        return self._number("memory.max_usage_in_bytes")

    @property
    def killed(self) -> int:
        """How many processes the system ended for want of memory."""
        if self.group is None:
            return 0
        with suppress(OSError, ValueError):
            lines = (self.group / "memory.oom_control").read_text("ascii").splitlines()
            return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))
        return 0

    def _number(self, name: str) -> int:
        if self.group is None:
            return 0
        try:
            return int((self.group / name).read_text("ascii"))
        except (OSError, ValueError):
            return 0


@contextmanager
def limited(limit_bytes: int) -> Iterator[Room]:
    """A room of so many bytes, without swap. Raises InputError (no_memory_limit) where none is."""
    group = _GROUPS / f"psylite-{os.getpid()}"
    try:
        group.mkdir()
    except OSError:
        yield _scope(limit_bytes)
        return
    try:
        (group / "memory.limit_in_bytes").write_text(str(limit_bytes), "ascii")
        with suppress(OSError):  # where the machine counts swap
            (group / "memory.memsw.limit_in_bytes").write_text(str(limit_bytes), "ascii")
        yield Room(("/bin/sh", "-c", _JOIN, str(group)), group)
    except PermissionError:
        raise InputError("no_memory_limit") from None
    finally:
        with suppress(OSError):  # only an empty one goes
            group.rmdir()


def _scope(limit_bytes: int) -> Room:
    tool = shutil.which("systemd-run")
    if tool is None:
        raise InputError("no_memory_limit")
    limits = ("-p", f"MemoryMax={limit_bytes}", "-p", "MemorySwapMax=0")
    prefix = (tool, "--user", "--scope", "--quiet", *limits, "--")
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode != 0:
        raise InputError("no_memory_limit")
    return Room(prefix)


def forget_cached(path: Path) -> None:
    """Take a file out of the system's cache: pages already there are on nobody's account."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)  # a page that is not on the disk yet stays
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
