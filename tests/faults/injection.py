"""Has a chosen system call of a subject fail, or kill it, by strace."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.outcome import Order, Outcome

ALWAYS_WRITE = (
    "pwrite64",
    "pwritev",
    "pwritev2",
    "write",
    "writev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "sendfile",
    "copy_file_range",
    "mkdir",
    "mkdirat",
    "rmdir",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "link",
    "linkat",
    "fchmod",
    "chmod",
)
OPENS = ("openat", "open")

FAULTS = {
    "kill": "signal=KILL:when={n}",
    "ENOSPC": "error=ENOSPC:when={n}",
    "EIO": "error=EIO:when={n}",
    "EIO from then on": "error=EIO:when={n}+",
}

_CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")
_NO_FILE = re.compile(r"\d+<(?:pipe|socket|UNIX|/dev/(?!shm))")


@dataclass(frozen=True, order=True)
class Point:
    """The n-th use of a system call by some thread behind a barrier."""

    barrier: int
    call: str
    number: int


class _Counting:
    """Watches every call that may write, and lists those that do."""

    def __init__(self) -> None:
        self.points: set[Point] = set()

    def options(self, _barrier: int) -> list[str]:
        return ["-e", "trace=" + ",".join(_known_calls())]

    def read(self, barrier: int, log: str) -> None:
        uses: Counter[tuple[str, str]] = Counter()
        for line in log.splitlines():
            found = _CALL.match(line)
            if found is None:
                continue
            thread, call, arguments = found.groups()
            uses[thread, call] += 1
            if _writes(call, arguments):
                self.points.add(Point(barrier, call, uses[thread, call]))


class _Hitting:
    """Has one call fail."""

    def __init__(self, point: Point, fault: str) -> None:
        self._point = point
        self._how = FAULTS[fault].format(n=point.number)
        self.hit = False

    def options(self, barrier: int) -> list[str]:
        if barrier != self._point.barrier:
            return []
        call = self._point.call
        return ["-e", f"trace={call}", "-e", f"inject={call}:{self._how}"]

    def read(self, _barrier: int, log: str) -> None:
        self.hit |= "(INJECTED)" in log or "killed by SIGKILL" in log


class Injector:
    """A server of subjects, and the strace that hits them."""

    def __init__(self, scratch: Path) -> None:
        """Start the server; `scratch` takes what strace writes."""
        self._log = scratch / "strace.log"
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-B", "-m", "tests.faults.subject", str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
        theirs.close()
        self._told = ours
        self._told.settimeout(60)
        assert self._heard() == {"state": "ready"}

    def close(self) -> None:
        """End the server."""
        self._told.close()
        self._process.wait()

    def points(self, order: Order) -> tuple[list[Point], Outcome]:
        """Run an order untouched; return the calls in it that write, and how it went."""
        counting = _Counting()
        outcome = self._run(order, counting)
        assert outcome.first["state"] == "done", outcome
        return sorted(counting.points), outcome

    def hit(self, order: Order, point: Point, fault: str) -> Outcome:
        """Run an order and have one call of it fail."""
        hitting = _Hitting(point, fault)
        outcome = self._run(order, hitting)
        outcome.hit = hitting.hit
        return outcome

    def _run(self, order: Order, watch: _Counting | _Hitting) -> Outcome:
        self._told.send(json.dumps(order).encode())
        outcome = Outcome()
        with contextlib.ExitStack() as attached:
            while (said := self._heard())["state"] != "ended":
                if said["state"] == "waiting":
                    attached.close()
                    if watch.options(said["barrier"]):
                        attached.enter_context(self._attached(said, watch))
                    self._told.send(b"go")
                outcome.hear(said)
        outcome.hear(said)
        return outcome

    @contextlib.contextmanager
    def _attached(self, said: Order, watch: _Counting | _Hitting) -> Iterator[None]:
        """Attach strace to a waiting subject; once it is off again, the watch reads its log."""
        self._log.unlink(missing_ok=True)
        options = ["-f", "-y", "-p", str(said["pid"]), "-o", str(self._log)]
        command = ["strace", *options, *watch.options(said["barrier"])]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            try:
                # It says so once every thread has been told to stop. That it is the tracer shows a
                # moment earlier, in which a thread let go would still get past it.
                assert strace.stderr is not None
                first = strace.stderr.readline()
                assert "attached" in first, first + strace.communicate()[1]
                assert _is_traced(said["pid"]), first
                yield
            finally:
                if strace.poll() is None:  # it ends by itself where its subject has ended
                    strace.send_signal(signal.SIGINT)
                strace.communicate()
        watch.read(said["barrier"], self._log.read_text("utf-8", "replace"))

    def _heard(self) -> Order:
        line: Order = json.loads(self._told.recv(1 << 20))
        return line


def _writes(call: str, arguments: str) -> bool:
    if call in OPENS:
        return "O_CREAT" in arguments or "O_TRUNC" in arguments
    return not _NO_FILE.match(arguments)


def _is_traced(pid: int) -> bool:
    """Whether all threads of a process have a tracer."""
    statuses = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/status")]
    return all("\nTracerPid:\t0\n" not in status for status in statuses)


@functools.cache
def _known_calls() -> tuple[str, ...]:
    """Those of the calls that this processor has."""
    known = []
    for call in (*ALWAYS_WRITE, *OPENS):
        tried = ["strace", "-o", os.devnull, "-e", f"trace={call}", "true"]
        if subprocess.run(tried, check=False, capture_output=True).returncode == 0:
            known.append(call)
    return tuple(known)


def missing() -> str:
    """Why nothing can be injected here; an empty string where it can."""
    if sys.platform != "linux":
        return "needs Linux"
    if shutil.which("strace") is None:
        return "needs strace"
    asleep = subprocess.Popen(["sleep", "60"])
    try:
        command = ["strace", "-o", os.devnull, "-p", str(asleep.pid)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as strace:
            while strace.poll() is None:
                if _is_traced(asleep.pid):
                    strace.send_signal(signal.SIGINT)
                    return ""
                time.sleep(0.001)
        return "strace may not attach to a process here"
    finally:
        asleep.kill()
        asleep.wait()
