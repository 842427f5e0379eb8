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


_data = click.option(
    "--data",
    "data_dir",
    required=True,
    help="Folder with the training data.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
_out = click.option(
    "--out",
    "out_dir",
    required=True,
    help="Where the result goes.",
    type=click.Path(file_okay=False, path_type=Path),
)
_seed = click.option("--seed", type=int, default=20261121, show_default=True)


@command.command(name="nano")
@click.option("--preset", default="nano-cpu", show_default=True, help="A recipe in model_store.")
@_data
@_out
@click.option("--minutes", type=click.FloatRange(min=0.1), default=45.0, show_default=True)
@_seed
@common_options
def nano(
    terminal: Terminal, *, preset: str, data_dir: Path, out_dir: Path, minutes: float, seed: int
) -> None:
    """Clean the data, train a tokenizer and a model, export and quantise."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.pipeline import run_nano

    recipe = terminal.paths.model_store / "recipes" / f"{preset}.toml"
    run_nano(recipe, data_dir, out_dir, minutes=minutes, seed=seed, progress=click.echo)


@command.command(name="encoder")
@_data
@_out
@click.option("--minutes", type=click.FloatRange(min=0.1), default=60.0, show_default=True)
@_seed
@common_options
def encoder(
    terminal: Terminal, *, data_dir: Path, out_dir: Path, minutes: float, seed: int
) -> None:
    """Pre-train the small encoder on unlabelled talk, for `risk --encoder`."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.encoder import EncoderRecipe, pretrain_from

    pretrain_from(
        data_dir,
        terminal.paths.assets,
        terminal.paths.model_store / "embedder" / "glossary.txt",
        out_dir,
        recipe=EncoderRecipe(minutes=minutes, seed=seed),
        log=click.echo,
    )


@command.command(name="risk")
@_data
@_out
@click.option(
    "--encoder",
    "pretrained",
    help="Folder made by `forge encoder`: trains the encoder's risk heads too.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@_seed
@common_options
def risk(
    terminal: Terminal, *, data_dir: Path, out_dir: Path, pretrained: Path | None, seed: int
) -> None:
    """Train the linear risk model into OUT/risk, with --encoder also OUT/encoder."""
    _needs(terminal, "sklearn")
    if pretrained is not None:
        _needs(terminal, "torch")
    from psylite_desktop.forge.risk import TEXTS, run_risk

    run_risk(
        data_dir,
        TEXTS,
        terminal.paths.assets,
        out_dir / "risk",
        seed=seed,
        pretrained=pretrained,
        progress=click.echo,
    )


def _needs(terminal: Terminal, library: str) -> None:
    if importlib.util.find_spec(library) is None:
        terminal.say("forge.extra_missing")
        sys.exit(2)
