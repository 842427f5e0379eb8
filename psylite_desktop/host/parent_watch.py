"""How a process beside the window notices that the window has gone."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

from psylite_desktop.host.protocol import MAX_FRAME

CHECK_S = 1.0


def next_frame(connection: Connection, parent: int) -> bytes | None:
    """Wait for what the window sends next; None once it has gone.

    The end of the pipe shows that on every system, if the window alone holds the other end and
    this one can be read: Windows keeps the number of a parent that has died. On others the
    number (`parent`: the window's) becomes another one, should somebody else hold the pipe open.
    """
    while True:
        try:
            if connection.poll(CHECK_S):
                return connection.recv_bytes(MAX_FRAME)
        except (EOFError, OSError):
            return None
        if os.getppid() != parent:
            return None
