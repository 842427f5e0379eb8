"""`psylite bench engine` and `psylite bench memory`: the language model beside its peers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import build_services
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.content.prompts import Prompts
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.client import EngineHost
from psylite_desktop.services.models import PRACTICE_ID
from psylite_desktop.services.nearby import SITUATIONS

if TYPE_CHECKING:
    from psylite_desktop.evaluation.bench_engine import EngineReport

PATIENCE_S = 300.0
"""A measurement waits longer than a person would, also on a busy machine."""
_TOOL = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LIBRARIES = "LLAMA_CPP_LIB_PATH"


@click.command(name="engine")
@click.option(
    "--model", default=PRACTICE_ID, show_default=True, help="A GGUF file or a catalogue id."
)
@click.option("--llama-bench", "tool", type=_TOOL, default=None, help="Path of llama-bench.")
@click.option(
    "--libraries", type=_FOLDER, default=None, help="Another build of llama.cpp to set beside."
)
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--wrapper/--no-wrapper", default=True, help="Measure the plain wrapper, too.")
@click.option("--speed/--no-speed", default=True, help="Measure tokens a second.")
@click.option("--talk/--no-talk", default=True, help="Measure the wait in a talk and at a start.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@common_options
def engine(
    terminal: Terminal,
    *,
    model: str,
    tool: Path | None,
    libraries: Path | None,
    rounds: int,
    wrapper: bool,
    speed: bool,
    talk: bool,
    as_json: bool,
) -> None:
    """Tokens a second of our engine, of the wrapper and of llama-bench; waits for first words."""
    from psylite_desktop.engine.threads import machine_threads

    path = build_services(terminal.paths).models.resolve(model)
    facts = {"model": path.name, "threads": asdict(machine_threads())}
    speeds: EngineReport | None = None
    builds: dict[str, str] = {}
    if speed:
        speeds, builds = _speeds(
            terminal.paths, path, rounds, tool=tool, libraries=libraries, wrapper=wrapper
        )
    waits = _waits(terminal.paths, path, rounds) if talk else {}
    if as_json:
        measured = speeds.as_dict() if speeds is not None else {}
        click.echo(json.dumps(facts | {"processor_code": builds} | measured | waits))
        return
    if speeds is not None:
        built = ", ".join(f"{name}: {code}" for name, code in builds.items())
        click.echo(f"{path.name}, {rounds} rounds, tokens a second; processor code of {built}")
        click.echo(f"{'':<12}{'prompt':>10}{'writing':>10}{'ours to it':>22}")
        for name, one in speeds.speeds.items():
            ratio = speeds.ratios.get(name)
            beside = f"{ratio.prompt:>11.2f}{ratio.generation:>11.2f}" if ratio else ""
            click.echo(f"{name:<12}{one.prompt:>10.1f}{one.generation:>10.1f}{beside}")
    for name, figures in waits.items():
        click.echo(f"{name}: {json.dumps(figures)}")


def _speeds(
    paths: AppPaths,
    path: Path,
    rounds: int,
    *,
    tool: Path | None,
    libraries: Path | None,
    wrapper: bool,
) -> tuple[EngineReport, dict[str, str]]:
    """Tokens a second, side by side; and whose processor code ours and the other build took."""
    from psylite_desktop.engine.threads import machine_threads
    from psylite_desktop.evaluation.bench_engine import (
        LLAMA_BENCH_BATCHES,
        Runner,
        compare,
        prompt_tokens_for,
        run_llama_bench,
        run_ours,
        run_wrapper,
    )

    threads = machine_threads()
    with ExitStack() as stack:
        host = stack.enter_context(_opened(paths, path))
        context = host.info().context_length
        count = prompt_tokens_for(context)
        runners: dict[str, Runner] = {"ours": run_ours(host, prompt_tokens=count)}
        builds = {"ours": host.info().processor}
        if libraries is not None:
            other = stack.enter_context(_opened(paths, path, libraries=libraries))
            runners["libraries"] = run_ours(other, prompt_tokens=count)
            builds["libraries"] = other.info().processor
        if wrapper:
            runners["wrapper"] = run_wrapper(
                path,
                threads=threads.generate,
                read_threads=threads.read,
                context=context,
                prompt_tokens=count,
            )
        if tool is not None:
            for size in LLAMA_BENCH_BATCHES:
                runners[f"llama_bench_{size}"] = run_llama_bench(
                    tool, path, threads=threads.read, batch=size, prompt_tokens=count
                )
        return compare(runners, rounds=rounds), builds


def _waits(paths: AppPaths, path: Path, rounds: int) -> dict[str, dict[str, object]]:
    """The waits for first words in a long talk and after a start."""
    from psylite_desktop.evaluation.bench_talk import measure_start, measure_talk

    system = Prompts.load(paths.assets).system("en", examples=True)
    with tempfile.TemporaryDirectory(prefix="psylite-bench-") as folder:
        kept = Path(folder)

        def start() -> AbstractContextManager[EngineHost]:
            return _opened(paths, path, tuning=kept)

        def forget() -> None:
            shutil.rmtree(kept, ignore_errors=True)

        with start() as host:
            talk = measure_talk(host, system, rounds=rounds).as_dict()
        started = measure_start(start, forget, system, rounds=rounds).as_dict()
    return {"talk": talk, "start": started}


@click.command(name="memory")
@click.option(
    "--model", default=PRACTICE_ID, show_default=True, help="A GGUF file or a catalogue id."
)
@click.option("--no-model", is_flag=True, help="Without any language model.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@common_options
def memory(terminal: Terminal, *, model: str, no_model: bool, as_json: bool) -> None:
    """Memory of the app without its window and of the engine process, part by part."""
    from psylite_desktop.evaluation.bench_memory import measure_memory

    services = build_services(terminal.paths)
    with closing(_host(terminal.paths)) as host:
        if not no_model:
            host.use_model(services.models.resolve(model), anyway=True)
        stages = measure_memory(host, SITUATIONS, with_model=not no_model)
    if as_json:
        click.echo(json.dumps([asdict(stage) for stage in stages]))
        return
    click.echo(f"{'MB':<12}{'app':>10}{'engine':>10}{'together':>10}")
    for stage in stages:
        numbers = f"{stage.app:>10.0f}{stage.engine:>10.0f}{stage.app + stage.engine:>10.0f}"
        click.echo(f"{stage.name:<12}{numbers}  {stage.error}")


@contextmanager
def _opened(
    paths: AppPaths, model: Path, *, libraries: Path | None = None, tuning: Path | None = None
) -> Iterator[EngineHost]:
    """An engine process with a model, perhaps with llama.cpp's libraries from another folder."""
    with closing(_host(paths, tuning=tuning)) as host:
        host.use_model(model, anyway=True)
        with _environment(_LIBRARIES, libraries):
            host.info()
        # What the process opens beside the model would otherwise open while it is measured.
        with contextlib.suppress(EngineError):
            host.listen_patiently("ok")
            host.search(SITUATIONS, "sleep", lang="en")
        yield host


@contextmanager
def _environment(name: str, folder: Path | None) -> Iterator[None]:
    """What a process that starts meanwhile finds in its environment."""
    before = os.environ.get(name)
    if folder is not None:
        os.environ[name] = str(folder.resolve())
    try:
        yield
    finally:
        if folder is not None:
            os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


def _host(paths: AppPaths, *, tuning: Path | None = None) -> EngineHost:
    return EngineHost(
        assets=paths.assets,
        models=paths.model_store,
        index=paths.index,
        tuning=tuning or paths.tuning,
        silence_s=PATIENCE_S,
    )
