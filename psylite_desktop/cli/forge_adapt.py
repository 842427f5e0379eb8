"""`psylite forge adapt|internlm2|memo2demo|reasons`: published models and what they learn from."""

from __future__ import annotations

import importlib.util
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from psylite_desktop.app.services import build_services, use_chosen_model
from psylite_desktop.cli.json_lines import read_json_lines
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.host.client import EngineHost

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


_model = click.option(
    "--model", required=True, help="A GGUF file or a catalogue id: the model that writes."
)
_rows = click.option(
    "--out",
    "target",
    required=True,
    help="JSON lines; what is there already is not made again.",
    type=click.Path(dir_okay=False, path_type=Path),
)
_tries = click.option("--tries", type=click.IntRange(1, 20), default=3, show_default=True)
_seed = click.option("--seed", type=int, default=1, show_default=True)


@click.command(name="memo2demo")
@click.option(
    "--reports",
    "path",
    required=True,
    type=_file,
    help="JSON lines: title, type, method, brief, process, thoughts (or text); id, lang.",
)
@_model
@_rows
@_tries
@_seed
@common_options
def memo2demo(
    terminal: Terminal, *, path: Path, model: str, target: Path, tries: int, seed: int
) -> None:
    """Make dialogues of counseling reports: a note, then four stages, each checked."""
    from psylite_desktop.forge.memo2demo import make_dialogues, parse_report

    with path.open("rb") as stream:
        reports = read_json_lines(stream, parse_report)
    with _writer(terminal, model) as (host, stopped):
        found = make_dialogues(
            reports, host, target, seed=seed, tries=tries, cancelled=stopped, say=click.echo
        )
    _tell(found)


@click.command(name="reasons")
@click.option("--preset", required=True, help="A recipe; its counseling files are read.")
@click.option("--data", "training_dir", required=True, type=_folder, help="Folder with the data.")
@_model
@_rows
@_tries
@_seed
@common_options
def reasons(
    terminal: Terminal,
    *,
    preset: str,
    training_dir: Path,
    model: str,
    target: Path,
    tries: int,
    seed: int,
) -> None:
    """Write what a counselor thinks before the last reply of each dialogue, for `adapt`."""
    from psylite_desktop.forge.adapt.mix import read_counseling
    from psylite_desktop.forge.adapt.recipe import read_adapt_recipe
    from psylite_desktop.forge.reasons import write_reasons

    try:
        recipe = read_adapt_recipe(terminal.paths.model_store / "recipes" / f"{preset}.toml")
    except (OSError, KeyError) as error:
        raise click.BadParameter(f"{preset}: {error}", param_hint="--preset") from None
    dialogues = read_counseling(recipe, training_dir, {}, click.echo)
    with _writer(terminal, model) as (host, stopped):
        found = write_reasons(
            dialogues, host, target, seed=seed, tries=tries, cancelled=stopped, say=click.echo
        )
    _tell(found)


@contextmanager
def _writer(terminal: Terminal, model: str) -> Iterator[tuple[EngineHost, Callable[[], bool]]]:
    """The engine process with that model, and whether Ctrl-C was pressed; then it stops."""
    services = build_services(terminal.paths)
    asked = threading.Event()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: asked.set())
    try:
        use_chosen_model(services, model)
        yield services.host, asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
        services.host.close()


def _tell(found: dict[str, Any]) -> None:
    """Say what came of it; ends with GO_ON if the work was stopped."""
    for reason, count in found["rejected_by"].items():
        click.echo(f"  {reason}: {count}")
    click.echo(f"{found['made']} made, {found['rejected']} rejected")
    if found["stopped"]:
        sys.exit(GO_ON)


def _needs(terminal: Terminal, library: str) -> None:
    if importlib.util.find_spec(library) is None:
        terminal.say("forge.extra_missing")
        sys.exit(2)
