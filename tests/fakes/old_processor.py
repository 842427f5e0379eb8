"""An engine process on a processor that is not here: emulated by qemu, one process at a time.

An instruction that the named processor lacks ends the process there as it would on the real one.
"""

from __future__ import annotations

import multiprocessing.spawn
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EMULATOR = "qemu-x86_64"
LIBRARIES = "LLAMA_CPP_LIB_PATH"


@contextmanager
def engine_process_on(processor: str, libraries: Path, folder: Path) -> Iterator[None]:
    """Start engine processes on `processor`, with llama.cpp's libraries from a folder."""
    before = multiprocessing.spawn.get_executable()
    earlier = os.environ.get(LIBRARIES)
    multiprocessing.spawn.set_executable(str(_starter(processor, folder)))
    os.environ[LIBRARIES] = str(libraries)
    try:
        yield
    finally:
        multiprocessing.spawn.set_executable(before)
        if earlier is None:
            del os.environ[LIBRARIES]
        else:
            os.environ[LIBRARIES] = earlier


def psylite_on(processor: str, folder: Path, *words: str) -> list[str]:
    """The `psylite` command and the engine process it starts, both on `processor`.

    An emulated process starts slowly, so a silent one is given more time than a person has.
    """
    program = folder / "psylite-there.py"
    program.write_text(
        "import multiprocessing.spawn\n"
        "from psylite_desktop.cli import main\n"
        "from psylite_desktop.host.client import EngineHost\n"
        'if __name__ == "__main__":\n'
        f"    multiprocessing.spawn.set_executable({str(_starter(processor, folder))!r})\n"
        '    EngineHost.__init__.__kwdefaults__["silence_s"] = 900.0\n'
        "    main()\n",
        encoding="utf-8",
    )
    return command_on(processor, str(program), *words)


def command_on(processor: str, *words: str) -> list[str]:
    """A Python command on `processor`; what it starts in turn runs on the real one."""
    return [EMULATOR, "-cpu", processor, sys.executable, *words]


def _starter(processor: str, folder: Path) -> Path:
    """A program that takes Python's place: what a process executes, qemu does not follow."""
    starter = folder / f"python-on-{processor}"
    starter.write_text(
        f'#!/bin/sh\nexec {shlex.join(command_on(processor))} "$@"\n', encoding="utf-8"
    )
    starter.chmod(0o755)
    return starter
