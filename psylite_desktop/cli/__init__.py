"""The `psylite` command. Each subcommand lives in a module of its own, imported when called."""

from __future__ import annotations

import importlib
import sys

import click

_COMMANDS = {
    "run": "Open the window (without a display: talk in the terminal).",
    "talk": "Talk in the terminal, or run a script of messages.",
    "assess": "Assess texts for risk: JSON lines in, JSON lines out.",
    "journal": "Read journal entries: JSON lines in, JSON lines out.",
    "evaluate": "Measure on labelled cases.",
    "bench": "Measure this machine and what ships.",
    "search": "Search a shipped corpus.",
    "models": "List and check model files.",
    "selftest": "Start the real engine and vault, one turn, stop.",
    "forge": "Make models (needs the extra `forge`).",
}


class LazyGroup(click.Group):
    """Knows its commands by name and imports one only when it is used."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Names in the order of the table above."""
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Import the module of a command."""
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"psylite_desktop.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del context
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="psylite-desktop")
@click.pass_context
def _group(context: click.Context) -> None:
    """PsyLite Desktop: an offline counseling companion. Not therapy, not emergency care."""
    if context.invoked_subcommand is None:
        command = _group.get_command(context, "run")
        if command is not None:
            context.invoke(command)


def main() -> None:
    """Entry point of the `psylite` command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Chinese console must not fail on a legacy code page
            reconfigure(encoding="utf-8", errors="replace")
    _group(prog_name="psylite")
