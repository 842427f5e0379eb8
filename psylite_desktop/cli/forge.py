"""`psylite forge`: makes models. Needs the extra `forge`, which the app itself never does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import click

from psylite_desktop.cli.options import Terminal, common_options


@click.group(name="forge")
def command() -> None:
    """Make models of our own."""


@command.command(name="nano")
@click.option("--preset", default="nano-cpu", show_default=True, help="A recipe in model_store.")
@click.option(
    "--data",
    "data_dir",
    required=True,
    help="Folder with the training data.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--out",
    "out_dir",
    required=True,
    help="Where checkpoints and the GGUF go.",
    type=click.Path(file_okay=False, path_type=Path),
)
@click.option("--minutes", type=click.FloatRange(min=0.1), default=45.0, show_default=True)
@click.option("--seed", type=int, default=20261121, show_default=True)
@common_options
def nano(
    terminal: Terminal, *, preset: str, data_dir: Path, out_dir: Path, minutes: float, seed: int
) -> None:
    """Clean the data, train a tokenizer and a model, export and quantise."""
    if importlib.util.find_spec("torch") is None:
        terminal.say("forge.extra_missing")
        sys.exit(2)
    from psylite_desktop.forge.pipeline import run_nano

    recipe = terminal.paths.model_store / "recipes" / f"{preset}.toml"
    run_nano(recipe, data_dir, out_dir, minutes=minutes, seed=seed, progress=click.echo)
