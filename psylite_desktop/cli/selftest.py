"""`psylite selftest`: the real engine process and vault in a temporary profile."""

from __future__ import annotations

import sys
import time

import click

from psylite_desktop.app.selftest import run_selftest
from psylite_desktop.cli.options import Terminal, common_options


@click.command(name="selftest")
@common_options
def command(terminal: Terminal) -> None:
    """Start everything, one turn, one crisis turn, stop. Status 0 when all went well."""
    started = time.monotonic()
    problems = run_selftest(terminal.paths)
    for problem in problems:
        click.echo(f"selftest: {problem}", err=True)
    if problems:
        terminal.say("selftest.bad", count=len(problems))
    else:
        terminal.say("selftest.good", seconds=round(time.monotonic() - started, 1))
    sys.exit(1 if problems else 0)
