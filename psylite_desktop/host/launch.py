"""Starting, talking to and ending the engine process, from the window's side."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from psylite_desktop.host.protocol import MAX_FRAME, Message, encode

_END_S = 1.0
_ENTRY = "psylite_desktop.host.process"


def run_engine(connection: Connection, *arguments: Any) -> None:
    """First function of the new process.

    The main loop is imported by name: this module is read by the window's process too, which must
    not bring in the engine.
    """
    importlib.import_module(_ENTRY).serve(connection, *arguments)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the engine process finds corpora and shipped models, and keeps what it made.

    `index` holds vector tables, `tuning` what was measured and read of models: nothing personal.
    """

    assets: Path
    models: Path
    index: Path | None = None
    tuning: Path | None = None


class EngineChild:
    """One engine process. One thread sends and receives; `end` may be called from any."""

    def __init__(self, folders: Folders) -> None:
        """Start the process. Raises OSError."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        self._connection = ours
        self._process = context.Process(
            target=run_engine,
            name="psylite-engine",
            args=(
                theirs,
                str(folders.assets),
                str(folders.models),
                str(folders.index) if folders.index else None,
                str(folders.tuning) if folders.tuning else None,
                os.getpid(),
                threading.current_thread() is threading.main_thread(),
            ),
            daemon=True,
        )
        try:
            self._process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()  # or the end of the process would never be noticed
        self.stopped = False
        """The process was ended on purpose."""
        self.loading = False
        """A model is being loaded: if the process dies now, the file is the suspect."""

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid or 0

    def send(self, message: Message) -> None:
        """Send a message. Raises OSError when the process is gone."""
        self._connection.send_bytes(encode(message))

    def receive(self, wait_s: float) -> bytes | None:
        """Return the next message, or None after `wait_s`. Raises EOFError, OSError."""
        if not self._connection.poll(wait_s):
            return None
        return self._connection.recv_bytes(MAX_FRAME)

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def exit_code(self) -> int:
        """Wait a moment for a process that hung up; its exit code, negative for a signal."""
        self._process.join(_END_S / 2)
        code = self._process.exitcode
        return self.end() if code is None else code

    def stop(self) -> None:
        """End the process on purpose; any thread."""
        self.stopped = True
        self.end()

    def end(self) -> int:
        """Kill the process, wait for it (at most a second) and return its exit code."""
        self._process.kill()
        self._process.join(_END_S)
        return self._process.exitcode or 0

    def close(self) -> None:
        """Give the pipe back; only by the thread that sends and receives."""
        self._connection.close()
