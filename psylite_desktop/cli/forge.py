"""`psylite forge`: makes models. Needs the extra `forge`, which the app itself never does."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import click

from psylite_desktop.cli.forge_adapt import adapt, internlm2, memo2demo, reasons
from psylite_desktop.cli.options import Terminal, common_options


@click.group(name="forge")
def command() -> None:
    """Make models of our own."""


for _other in (adapt, internlm2, memo2demo, reasons):
    command.add_command(_other)


_data = click.option(
    "--data",
    "training_dir",
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
    terminal: Terminal, *, preset: str, training_dir: Path, out_dir: Path, minutes: float, seed: int
) -> None:
    """Clean the data, train a tokenizer and a model, export and quantise."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.pipeline import run_nano

    recipe = terminal.paths.model_store / "recipes" / f"{preset}.toml"
    run_nano(recipe, training_dir, out_dir, minutes=minutes, seed=seed, progress=click.echo)


@command.command(name="embedder")
@_data
@_out
@common_options
def embedder(terminal: Terminal, *, training_dir: Path, out_dir: Path) -> None:
    """Make psylite-embed, the sentence vectors, into OUT/embedder."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.embedder import TEXTS, train_embedder
    from psylite_desktop.forge.static_vectors import EmbedderRecipe

    paths = terminal.paths
    glossary = paths.model_store / "embedder" / "glossary.txt"
    train_embedder(
        training_dir,
        TEXTS,
        glossary,
        paths.assets,
        out_dir / "embedder",
        recipe=EmbedderRecipe(),
        log=click.echo,
    )


@command.command(name="curves")
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", "picture", required=True, type=click.Path(dir_okay=False, path_type=Path))
@common_options
def curves(terminal: Terminal, *, report: Path, picture: Path) -> None:
    """Draw the losses that a training run wrote into its REPORT (JSON), as SVG."""
    _needs(terminal, "matplotlib")
    from psylite_desktop.forge.curves import draw

    try:
        names = draw(report, picture)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="REPORT") from None
    click.echo(f"{picture.name}  {', '.join(names)}")


@command.command(name="convert")
@click.argument("form", type=click.Choice(["smile", "cpsycound", "psyqa", "esconv", "safe-rlhf"]))
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    "target",
    required=True,
    help="A .jsonl or .jsonl.gz file.",
    type=click.Path(dir_okay=False, path_type=Path),
)
@common_options
def convert(terminal: Terminal, *, form: str, source: Path, target: Path) -> None:
    """Bring published dialogues or preferences, as downloaded, into the shape that is read here."""
    from psylite_desktop.forge.published import BrokenFormError
    from psylite_desktop.forge.published import convert as run_convert

    try:
        counts = run_convert(form, source, target)
    except BrokenFormError as error:
        raise click.BadParameter(str(error), param_hint="SOURCE") from None
    left = ", ".join(f"{name} {count}" for name, count in counts.left_out.most_common())
    click.echo(f"{target.name}  {counts.kept}/{counts.read}" + (f"  ({left})" if left else ""))


@command.command(name="encoder")
@_data
@_out
@click.option("--minutes", type=click.FloatRange(min=0.1), default=60.0, show_default=True)
@_seed
@common_options
def encoder(
    terminal: Terminal, *, training_dir: Path, out_dir: Path, minutes: float, seed: int
) -> None:
    """Pre-train the small encoder on unlabelled talk, for `risk --encoder`."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.encoder import EncoderRecipe, pretrain_from
    from psylite_desktop.forge.risk import TEXTS

    recipe = EncoderRecipe(minutes=minutes, seed=seed)
    pretrain_from(
        training_dir, TEXTS, terminal.paths.assets, out_dir, recipe=recipe, log=click.echo
    )


@command.command(name="risk")
@_data
@_out
@click.option(
    "--encoder",
    "pretrained",
    help="Folder made by `forge encoder`: trains its heads too. The shipped one: weighs it anew.",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@_seed
@common_options
def risk(
    terminal: Terminal, *, training_dir: Path, out_dir: Path, pretrained: Path | None, seed: int
) -> None:
    """Train the linear risk model into OUT/risk, with --encoder also OUT/encoder."""
    _needs(terminal, "sklearn")
    if pretrained is not None:
        _needs(terminal, "torch")
    from psylite_desktop.forge.risk import TEXTS, run_risk

    run_risk(
        training_dir,
        TEXTS,
        terminal.paths.assets,
        out_dir / "risk",
        seed=seed,
        pretrained=pretrained,
        progress=click.echo,
    )


@command.command(name="humor")
@_data
@_out
@_seed
@common_options
def humor(terminal: Terminal, *, training_dir: Path, out_dir: Path, seed: int) -> None:
    """Train the model of light moments into OUT/humor."""
    _needs(terminal, "sklearn")
    from psylite_desktop.forge.humor import run_humor

    paths = terminal.paths
    run_humor(
        training_dir,
        paths.assets,
        paths.model_store / "risk",
        out_dir / "humor",
        seed=seed,
        progress=click.echo,
    )


@command.command(name="mirror")
@click.option(
    "--also",
    "files",
    multiple=True,
    help="More labelled entries (JSON lines); figures are of these, cross-validated.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@_data
@_out
@_seed
@common_options
def mirror(
    terminal: Terminal, *, files: tuple[Path, ...], training_dir: Path, out_dir: Path, seed: int
) -> None:
    """Train the Mirror's linear models into OUT/mirror."""
    _needs(terminal, "scipy")
    from psylite_desktop.forge.mirror import TEXTS, run_mirror

    paths = terminal.paths
    run_mirror(
        TEXTS,
        training_dir,
        files,
        paths.assets,
        paths.model_store / "embedder",
        out_dir / "mirror",
        seed=seed,
        progress=click.echo,
    )


@command.command(name="pack")
@click.option("--preset", default="nano-gpu", show_default=True, help="A recipe in model_store.")
@_data
@_out
@common_options
def pack(terminal: Terminal, *, preset: str, training_dir: Path, out_dir: Path) -> None:
    """Clean the data and pack it for `gpu` on another machine."""
    _needs(terminal, "tokenizers")
    from psylite_desktop.forge.gpu_recipe import read_gpu_recipe
    from psylite_desktop.forge.packing import make_pack

    recipe = read_gpu_recipe(terminal.paths.model_store / "recipes" / f"{preset}.toml")
    make_pack(recipe, training_dir, out_dir, click.echo, terminal.paths.assets)


_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@command.command(
    name="gpu",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def gpu(*, arguments: tuple[str, ...]) -> None:
    """Train on a pack in three stages (also: python -m psylite_desktop.forge gpu)."""
    from psylite_desktop.forge.__main__ import main

    sys.exit(main(["gpu", *arguments]))


@command.command(name="join")
@click.argument("folder", type=_folder)
@click.option("--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
def join(*, folder: Path, target: Path) -> None:
    """Check the parts of a model and join them into one file."""
    from psylite_desktop.forge.__main__ import main

    sys.exit(main(["join", str(folder), "--out", str(target)]))


@command.command(name="parity")
@click.argument("gguf", type=_file)
@click.option("--reference", required=True, type=_file, help="reference.json of the GPU run.")
def parity(*, gguf: Path, reference: Path) -> None:
    """Compare a GGUF file with the answers of the checkpoint that it was made of."""
    from psylite_desktop.forge.__main__ import main

    sys.exit(main(["parity", str(gguf), "--reference", str(reference)]))


@command.command(name="synth-gguf")
@click.argument("shape")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@_seed
def synth_gguf(*, shape: str, out: Path, seed: int) -> None:
    """Write a file with the SHAPE of a published model and random weights, to measure with."""
    from psylite_desktop.forge.synthetic import SHAPES, write_synthetic

    if shape not in SHAPES:
        raise click.BadParameter(f"{shape}: one of {', '.join(SHAPES)}", param_hint="SHAPE")
    size = write_synthetic(SHAPES[shape], out, name=f"synthetic {shape}", seed=seed)
    click.echo(f"{out.name}  {size / 1e6:.0f} MB")


def _needs(terminal: Terminal, library: str) -> None:
    if importlib.util.find_spec(library) is None:
        terminal.say("forge.extra_missing")
        sys.exit(2)
