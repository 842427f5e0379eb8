"""Running other programs: a clean environment, and their words only when they fail."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from installer.setup.console import SetupError, Ticker

# Variables that would make our interpreter load somebody else's modules.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


def clean_environment(**extra: str) -> dict[str, str]:
    """This process's variables without those that lead into another Python, plus `extra`."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | extra


def output_of(command: Sequence[str | Path]) -> str:
    """Run a program and return what it wrote, or "" where it failed or does not exist."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=clean_environment(),
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def succeeds(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> str:
    """Run a program quietly.

    Returns:
        "" when it succeeded, else the end of what it wrote.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=dict(env) if env is not None else clean_environment(),
        )
    except OSError as error:
        return str(error)
    return "" if done.returncode == 0 else tail(done.stdout) or f"exit status {done.returncode}"


def attended(command: Sequence[str | Path], *, env: Mapping[str, str]) -> str:
    """Run a program that may take minutes, and let people see that it is alive.

    On a terminal it draws its own progress; elsewhere a line is passed on now
    and then.

    Returns:
        "" when it succeeded, else what is known of the failure.
    """
    if sys.stdout.isatty():
        words = [str(part) for part in command]
        try:
            status = subprocess.run(words, env=dict(env), check=False).returncode
        except OSError as error:
            return str(error)
        return "" if status == 0 else f"exit status {status}, see above"
    ticker = Ticker()
    with tempfile.TemporaryDirectory(prefix="psylite-") as folder:
        log = Path(folder, "log")
        try:
            done = follow(command, env=env, log=log, on_line=lambda line: ticker.tick(line.strip()))
        except OSError as error:
            return str(error)
        return "" if done else tail(log.read_text(encoding="utf-8", errors="replace"))


def follow(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    log: Path,
    on_line: Callable[[str], None],
) -> bool:
    """Run a long program, copy its words into a log and hand on every line.

    A program that outlives an interruption would go on writing into folders
    that are being removed, so it is always ended first.
    """
    with (
        log.open("w", encoding="utf-8", errors="replace") as copy,
        subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=dict(env),
        ) as running,
    ):
        try:
            for line in running.stdout or ():
                copy.write(line)
                on_line(line)
        except BaseException:
            running.terminate()
            raise
    return running.returncode == 0


def hand_over(command: Sequence[str | Path], *, env: Mapping[str, str]) -> int:
    """Become another program; on Windows, wait for it and return its exit status.

    Raises:
        SetupError: The program cannot be started.
    """
    words = [str(part) for part in command]
    sys.stdout.flush()
    try:
        if sys.platform != "win32":
            os.execve(words[0], words, dict(env))  # noqa: S606 - replaces this process on purpose
        return subprocess.run(words, env=dict(env), check=False).returncode
    except OSError as error:
        raise SetupError(f"{words[0]} cannot be started: {error.strerror}") from error


def tail(text: str, lines: int = 15) -> str:
    """The last lines of a text."""
    return "\n".join(text.strip().splitlines()[-lines:])
