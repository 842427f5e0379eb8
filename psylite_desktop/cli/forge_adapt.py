"""`psylite forge adapt|internlm2|memo2demo|reasons`: published models and what they learn from."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import click

from psylite_desktop.cli.options import Terminal, common_options

_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
GO_ON = 3
"""Exit status of work that was stopped and can go on."""


@click.command(name="adapt")
@click.option("--preset", required=True, help="A recipe in model_store, such as adapt-qwen3-4b.")
@click.option("--base", "base_dir", required=True, type=_folder, help="Folder of the base model.")
@click.option("--data", "training_dir", required=True, type=_folder, help="Folder with the data.")
@click.option(
    "--out",
    "out_dir",
    required=True,
    help="Where adapter, merged model and GGUF files go.",
    type=click.Path(file_okay=False, path_type=Path),
)
@click.option("--minutes", type=click.FloatRange(min=0.01), default=600.0, show_default=True)
@click.option("--converter", type=_file, help="llama.cpp's convert_hf_to_gguf.py, to export with.")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), help="Instead of the best.")
@common_options
def adapt(
    terminal: Terminal,
    *,
    preset: str,
    base_dir: Path,
    training_dir: Path,
    out_dir: Path,
    minutes: float,
    converter: Path | None,
    device: str | None,
) -> None:
    """Fine-tune a published model with LoRA, merge, export; given again, it goes on."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.__main__ import main

    given = ["adapt", "--preset", preset, "--base", str(base_dir), "--data", str(training_dir)]
    given += ["--out", str(out_dir), "--minutes", str(minutes)]
    given += ["--converter", str(converter)] if converter else []
    given += ["--device", device] if device else []
    sys.exit(main(given))


@click.command(name="internlm2")
@click.argument("source", type=_folder)
@click.option("--out", "target", required=True, type=click.Path(file_okay=False, path_type=Path))
@common_options
def internlm2(terminal: Terminal, *, source: Path, target: Path) -> None:
    """Write an InternLM2 model folder as a Llama one, which transformers and llama.cpp read."""
    _needs(terminal, "torch")
    from psylite_desktop.forge.__main__ import main

    sys.exit(main(["internlm2", str(source), "--out", str(target)]))


def _needs(terminal: Terminal, library: str) -> None:
    if importlib.util.find_spec(library) is None:
        terminal.say("forge.extra_missing")
        sys.exit(2)
