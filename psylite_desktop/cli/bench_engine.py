"""`psylite bench engine` and `psylite bench memory`: the language model beside its peers."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import build_services
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.client import EngineHost
from psylite_desktop.services.generation import CORPUS

PATIENCE_S = 300.0
"""A measurement waits longer than a person would, also on a busy machine."""
_TOOL = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LIBRARIES = "LLAMA_CPP_LIB_PATH"


@click.command(name="engine")
@click.option("--model", default=None, help="A GGUF file or a catalogue id.")
@click.option("--llama-bench", "tool", type=_TOOL, default=None, help="Path of llama-bench.")
@click.option(
    "--libraries", type=_FOLDER, default=None, help="Another build of llama.cpp to set beside."
)
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--wrapper/--no-wrapper", default=True, help="Measure the plain wrapper, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@common_options
def engine(
    terminal: Terminal,
    *,
    model: str | None,
    tool: Path | None,
    libraries: Path | None,
    rounds: int,
    wrapper: bool,
    as_json: bool,
) -> None:
    """Tokens a second of our engine, of llama-cpp-python's wrapper and of llama-bench."""
    from psylite_desktop.engine.threads import machine_threads
    from psylite_desktop.evaluation.bench_engine import (
        Runner,
        compare,
        prompt_tokens_for,
        run_llama_bench,
        run_ours,
        run_wrapper,
    )

    path = build_services(terminal.paths).models.resolve(model or "")
    threads = machine_threads()
    with ExitStack() as stack:
        host = stack.enter_context(_opened(terminal.paths, path))
        context = host.info().context_length
        count = prompt_tokens_for(context)
        runners: dict[str, Runner] = {"ours": run_ours(host, prompt_tokens=count)}
        builds = {"ours": host.info().processor}
        if libraries is not None:
            other = stack.enter_context(_opened(terminal.paths, path, libraries))
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
            runners["llama_bench"] = run_llama_bench(
                tool, path, threads=threads.read, prompt_tokens=count
            )
        report = compare(runners, rounds=rounds)
    facts = {"model": path.name, "threads": asdict(threads), "processor_code": builds}
    if as_json:
        click.echo(json.dumps(facts | report.as_dict()))
        return
    built = ", ".join(f"{name}: {code}" for name, code in builds.items())
    click.echo(f"{path.name}, {rounds} rounds, tokens a second; processor code of {built}")
    click.echo(f"{'':<12}{'prompt':>10}{'writing':>10}{'ours to it':>22}")
    for name, speed in report.speeds.items():
        ratio = report.ratios.get(name)
        beside = f"{ratio.prompt:>11.2f}{ratio.generation:>11.2f}" if ratio else ""
        click.echo(f"{name:<12}{speed.prompt:>10.1f}{speed.generation:>10.1f}{beside}")


@click.command(name="memory")
@click.option("--model", default=None, help="A GGUF file or a catalogue id.")
@click.option("--no-model", is_flag=True, help="Without any language model.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@common_options
def memory(terminal: Terminal, *, model: str | None, no_model: bool, as_json: bool) -> None:
    """Memory of the app without its window and of the engine process, part by part."""
    from psylite_desktop.evaluation.bench_memory import measure_memory

    services = build_services(terminal.paths)
    with closing(_host(terminal.paths)) as host:
        if not no_model:
            host.use_model(services.models.resolve(model or ""), anyway=True)
        stages = measure_memory(host, CORPUS, with_model=not no_model)
    if as_json:
        click.echo(json.dumps([asdict(stage) for stage in stages]))
        return
    click.echo(f"{'MB':<12}{'app':>10}{'engine':>10}{'together':>10}")
    for stage in stages:
        numbers = f"{stage.app:>10.0f}{stage.engine:>10.0f}{stage.app + stage.engine:>10.0f}"
        click.echo(f"{stage.name:<12}{numbers}  {stage.error}")


@contextmanager
def _opened(paths: AppPaths, model: Path, libraries: Path | None = None) -> Iterator[EngineHost]:
    """An engine process with a model, perhaps with llama.cpp's libraries from another folder."""
    with closing(_host(paths)) as host:
        host.use_model(model, anyway=True)
        with _environment(_LIBRARIES, libraries):
            host.info()
        # What the process opens beside the model would otherwise open while it is measured.
        with contextlib.suppress(EngineError):
            host.listen_patiently("ok")
            host.search(CORPUS, "sleep", lang="en")
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


def _host(paths: AppPaths) -> EngineHost:
    return EngineHost(
        assets=paths.assets,
        models=paths.model_store,
        index=paths.index,
        tuning=paths.tuning,
        silence_s=PATIENCE_S,
    )
