"""`psylite run`: the window; without a display, the conversation in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import click

from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.engine import cpu


@click.command(name="run")
@click.option("--until-shown", is_flag=True, hidden=True, help="Close once it is painted.")
@common_options
def command(terminal: Terminal, *, until_shown: bool) -> None:
    """Open the window."""
    reason = None
    if not has_display(sys.platform, os.environ):
        reason = "run.no_display"
    elif cpu.missing(cpu.SSE42):
        reason = "run.old_processor"  # Qt would end the process without a word
    if reason:
        terminal.say(reason)
        from psylite_desktop.cli.talk import converse

        converse(terminal, model=None)
        return
    from psylite_desktop.app.window import ALREADY_OPEN, run_window

    status = run_window(terminal.paths, on_shown=_say_shown if until_shown else None)
    if status == ALREADY_OPEN:
        terminal.say("run.already_open")
    sys.exit(0 if status == ALREADY_OPEN else status)


def _say_shown() -> None:
    """A sign for whoever measures the start."""
    click.echo("shown")
    sys.stdout.flush()


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown. Only Linux and the BSDs can lack a display."""
    if platform in ("win32", "darwin"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)
