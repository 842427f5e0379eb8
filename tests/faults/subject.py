"""A process that forks a fresh subject for each order: `python -m tests.faults.subject FD`.

What Python takes a second to import is there already, so a subject is ready in milliseconds. It
opens its vault, waits at a barrier until somebody has attached to it, does one operation, tells
how it went, tries once more where it was refused, closes the vault and ends. Another barrier
stands before each vault that is opened on the way, so that calls of its new thread are counted
from one again. Everything is said over a socket: writes to files are counted, and must be the
vault's own.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.profile import Profile
from psylite_desktop.storage import profiles, vault
from psylite_desktop.storage.vault import SqlcipherVault
from psylite_desktop.storage.vault_backups import VaultHome
from tests.faults.copy_steps import COPY_STEPS
from tests.faults.operations import PHRASES, digest
from tests.faults.outcome import Order
from tests.faults.shelf_steps import CHEAP, Place

_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


class Subject:
    """One operation on one vault, told step by step."""

    def __init__(self, order: Order, tell: Callable[[Order], None], wait: Callable[[], None]):
        """`tell` takes what it says; `wait` returns when it may go on from a barrier."""
        self._tell = tell
        self._wait = wait
        self._order = order
        self._barriers = 0
        folder = Profile(folder=order["folder"], label="")
        self._place = Place(Path(order["root"]), folder, order["phrase"])

    def live(self) -> None:
        """Do what was ordered, from the first barrier to the end of the process."""
        if self._order["action"] == "operate" or self._order.get("open"):
            self._place.unlock()
        with mock.patch.object(vault, "SqlcipherVault", self._opened_behind_a_barrier):
            self._barrier()
            if self._try("first") == "refused":
                self._try("again")
        try:
            self._place.lock()
        except PsyLiteError as error:
            self._say(state="closed", code=error.code)

    def _try(self, which: str) -> str:
        said: dict[str, object] = {}
        try:
            state = "done"
            made = self._act()
            if made:
                said["made"] = made
        except PsyLiteError as error:
            state = "refused"
            said |= {"code": error.code, "facts": error.facts}
        except Exception:  # noqa: BLE001 - whoever watches calls it a failure
            state = "failed"
            said["why"] = traceback.format_exc()
        if self._place.vault is not None and self._order["action"] in ("operate", "keep"):
            try:
                vault = self._place.vault
                # All on its own thread: each change of threads would be stopped at, and slow.
                said["digest"] = vault.submit(lambda: digest(vault)).result()
            except PsyLiteError as error:
                said["unread"] = error.code
        self._say(state=state, which=which, **said)
        return state

    def _act(self) -> str:
        """Returns the name of what was made."""
        place, order = self._place, self._order
        match order["action"]:
            case "operate":
                place.do(order["operation"])
            case "create":
                new, place.vault = place.shelf.create(PHRASES[0], cost=CHEAP)
                return new.profile.folder
            case "remove":
                place.shelf.delete(place.profile)
            case "keep":
                return COPY_STEPS[order["step"]](place, order)
            case "open":
                place.vault = place.shelf.unlock(place.profile, order["secret"])
        return ""

    def _opened_behind_a_barrier(
        self, opened: Callable[[], Any], released: Callable[[], None], home: VaultHome
    ) -> SqlcipherVault:
        self._barrier()
        return SqlcipherVault(opened, released, home)

    def _barrier(self) -> None:
        self._say(state="waiting", barrier=self._barriers, pid=os.getpid())
        self._wait()
        self._barriers += 1

    def _say(self, **line: object) -> None:
        self._tell(line)


def _leave_memory_unlocked() -> None:
    """Have SQLCipher lock no memory: thousands of calls, none of which writes a file.

    Each of them would be stopped at by strace, and take most of the time.
    """
    from sqlcipher3 import dbapi2

    class Connection(dbapi2.Connection):
        def execute(self, sql: str, *more: Any) -> Any:
            return super().execute(
                sql.replace("memory_security = ON", "memory_security = OFF"), *more
            )

    connect = dbapi2.connect
    dbapi2.connect = lambda *args, **more: connect(*args, factory=Connection, **more)


def _preload() -> None:
    """Import now what the first vault would import, so that it is not counted."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        shelf = profiles.ProfileShelf(Path(folder))
        new, vault = shelf.create(PHRASES[0], cost=CHEAP)
        digest(vault)
        vault.close()
        vault = shelf.unlock(new.profile, PHRASES[0])
        vault.drafts.save("talk", "words")
        place = Place(Path(folder), new.profile, 0, vault=vault)
        order = {"code": new.recovery_code, "backup": COPY_STEPS["backup"](place, {})}
        COPY_STEPS["export"](place, order)
        place.lock()
        for name in ("restore", "restore_as_new", "import", "salvage", "code", "key"):
            COPY_STEPS[name](place, order)


def _send(told: socket.socket, line: Order) -> None:
    told.send(json.dumps(line).encode())


def _wait(told: socket.socket) -> None:
    told.recv(16)


def main() -> None:
    told = socket.socket(fileno=int(sys.argv[1]))
    _leave_memory_unlocked()
    _preload()
    _send(told, {"state": "ready"})
    while order := told.recv(1 << 20):
        pid = os.fork()
        if pid == 0:
            # Where Yama stands guard, only a parent may attach unless this is said.
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
            said = Subject(
                json.loads(order),
                tell=lambda line: _send(told, line),
                wait=lambda: _wait(told),
            )
            said.live()
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        _send(told, {"state": "ended", "status": code})


if __name__ == "__main__":
    main()
