"""Options that go with every command, and how a command fails."""

from __future__ import annotations

import locale
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from psylite_desktop.app.paths import AppPaths, find_paths
from psylite_desktop.content.terminal import TerminalTexts
from psylite_desktop.domain.errors import PsyLiteError


@dataclass(frozen=True, slots=True)
class Terminal:
    """What every command has at hand: folders, language and the sentences of the terminal."""

    paths: AppPaths
    lang: str
    texts: TerminalTexts
    profile: str

    def say(self, name: str, **facts: str | float) -> None:
        """Print one sentence."""
        click.echo(self.texts.text(self.lang, name, **facts))

    def fail(self, error: PsyLiteError) -> NoReturn:
        """Print what went wrong on stderr and end with status 2."""
        click.echo(self.texts.error(self.lang, error.code, error.facts), err=True)
        sys.exit(2)


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--data-dir`, `--profile`, `--lang`, `--safe`; the command gets a `Terminal`."""

    @click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        default=None,
        help="Keep everything in this folder.",
    )
    @click.option("--profile", default="", help="Open this profile (asks for the passphrase).")
    @click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="Language.")
    @click.option("--safe", is_flag=True, help="Without model, search and own settings.")
    @wraps(function)
    def with_terminal(
        *, data_dir: Path | None, profile: str, lang: str | None, safe: bool, **rest: Any
    ) -> Any:
        chosen = lang or system_language()
        try:
            paths = find_paths(data_dir, safe=safe)
        except PsyLiteError as error:
            click.echo(f"psylite: {error.code}", err=True)
            sys.exit(2)
        texts = TerminalTexts.load(paths.assets)
        terminal = Terminal(paths, chosen, texts, profile)
        try:
            return function(terminal, **rest)
        except PsyLiteError as error:
            terminal.fail(error)

    return with_terminal


def system_language() -> str:
    """`zh` where the system speaks Chinese, else `en`."""
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
