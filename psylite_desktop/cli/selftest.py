"""`psylite selftest`: the real engine process and vault in a temporary profile."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

from psylite_desktop.app.selftest import run_selftest
from psylite_desktop.cli.options import Terminal, common_options


@click.command(name="selftest")
@click.option("--window", is_flag=True, help="Walk through the window, too, in two starts.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="With --window: walk here, one start a call (an empty folder first).",
)
@click.option(
    "--shots",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="With --window: leave pictures here.",
)
@common_options
def command(terminal: Terminal, *, window: bool, folder: Path | None, shots: Path | None) -> None:
    """Start everything, one turn, one crisis turn, stop. Status 0 when all went well."""
    started = time.monotonic()
    if window:
        problems = _walk(terminal, folder, shots)
    else:
        found = run_selftest(terminal.paths)
        problems = found.problems
        if found.processor:
            terminal.say("selftest.processor", processor=found.processor)
    for problem in problems:
        click.echo(f"selftest: {problem}", err=True)
    if problems:
        terminal.say("selftest.bad", count=len(problems))
    else:
        terminal.say("selftest.good", seconds=round(time.monotonic() - started, 1))
    sys.exit(1 if problems else 0)


def _walk(terminal: Terminal, folder: Path | None, shots: Path | None) -> list[str]:
    """Both starts in a folder of this test's own, or one of them in the named folder."""
    from psylite_desktop.app.walk import walk

    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return walk(replace(terminal.paths, data=folder.resolve()), shots, starts=1)
    with tempfile.TemporaryDirectory(prefix="psylite-selftest-") as place:
        return walk(replace(terminal.paths, data=Path(place)), shots, starts=2)
