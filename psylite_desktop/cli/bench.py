"""`psylite bench`: figures and ratios of this machine and of what ships."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.cli.bench_engine import engine, memory
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.risk import Assessment, raised
from psylite_desktop.evaluation.bench_safety import (
    MOST_LOSS,
    Robustness,
    Timing,
    positives,
    robustness,
    sample_texts,
    timing,
)
from psylite_desktop.evaluation.latency import LENGTHS, RATIO_AT, Latency, measure
from psylite_desktop.evaluation.obfuscation import Obfuscation
from psylite_desktop.host.client import EngineHost
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.models import PRACTICE_ID

ENGINE_LENGTHS = {50: 50, 500: 50, 2000: 20}
"""Characters and texts: the encoder takes far longer than the floor."""


@click.group(name="bench")
def command() -> None:
    """Measure this machine and what ships."""


command.add_command(engine)
command.add_command(memory)


@command.command(name="safety")
@click.option("--floor", is_flag=True, help="Rules and linear model alone.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=None,
    help="At most so many examples a language and texts a length: a quick look.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@common_options
def safety(terminal: Terminal, *, floor: bool, most: int | None, as_json: bool) -> None:
    """How long hearing a text takes, and how much survives twelve ways of hiding words."""
    assessor = Assessor.load(terminal.paths.assets, terminal.paths.model_store / "risk")
    texts = sample_texts(assessor.rule_sets)
    time_of_floor = timing(assessor.assess, texts, repeats=_at_most(LENGTHS, most))
    with _engine(terminal.paths, floor=floor) as (host, failed):
        times_of_engine = _listening(host, texts, most)
        table = robustness(
            _ears(assessor, host),
            positives(assessor.rule_sets, most=most),
            Obfuscation.load(),
        )
    if as_json:
        engine = {"error": failed} if failed else [one.as_dict() for one in times_of_engine]
        report = {
            "floor": time_of_floor.as_dict(),
            "engine": None if floor else engine,
            "most_loss_points": MOST_LOSS,
            "obfuscation": [row.as_dict() for row in table],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    _print_floor(time_of_floor)
    if failed:
        click.echo(f"engine: not measured ({failed}); what follows is the floor alone")
    for one in times_of_engine:
        _print_latency("engine", one)
    _print_table(table)


@command.command(name="insights")
@click.option("--days", type=click.IntRange(min=30), default=3650, help="Made-up days.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@common_options
def insights(terminal: Terminal, *, days: int, as_json: bool) -> None:
    """How long Insights takes to open over years, and what its charts cost in memory."""
    from psylite_desktop.app.bench_insights import measure as measure_insights

    figures = measure_insights(terminal.paths, days=days).as_dict()
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        click.echo(f"{name:<20} {value:>10.2f}")


@command.command(name="ui")
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--practice", is_flag=True, help="With the practice model chosen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@common_options
def ui(terminal: Terminal, *, rounds: int, practice: bool, as_json: bool) -> None:
    """The window: its start, its frames while a reply streams, keys, pages and memory."""
    from psylite_desktop.app.bench_ui import measure_ui

    model = terminal.paths.model_store / PRACTICE_ID / f"{PRACTICE_ID}.gguf"
    size = model.stat().st_size / 1_000_000 if practice and model.is_file() else 0.0
    report = measure_ui(rounds=rounds, model=PRACTICE_ID if practice else "", model_mb=size)
    click.echo(json.dumps(report, indent=None if as_json else 2))


@command.command(name="tight")
@click.option(
    "--model", default=PRACTICE_ID, show_default=True, help="A GGUF file or a catalogue id."
)
@click.option("--limit-mb", type=click.IntRange(min=300), default=5000, show_default=True)
@click.option("--turns", type=click.IntRange(min=1), default=10, show_default=True)
@click.option("--tokens", type=click.IntRange(min=1), default=16, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@common_options
def tight(
    terminal: Terminal, *, model: str, limit_mb: int, turns: int, tokens: int, as_json: bool
) -> None:
    """A talk in the window with less memory than the model would like (Linux)."""
    from psylite_desktop.app.bench_tight import measure_tight
    from psylite_desktop.app.services import build_services

    path = build_services(terminal.paths).models.resolve(model)
    report = measure_tight(path, limit_mb=limit_mb, turns=turns, tokens=tokens)
    click.echo(json.dumps(report, indent=None if as_json else 2))


@command.command(name="store")
@click.option(
    "--messages", type=click.IntRange(min=100), default=100_000, help="How many to fill in."
)
@click.option("--pages", type=click.IntRange(min=0), default=5_000, help="Journal pages as well.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@common_options
def store(terminal: Terminal, *, messages: int, pages: int, as_json: bool) -> None:
    """How fast a full vault opens, searches and saves, beside a plain database."""
    from psylite_desktop.content.guided import GuidedReplies
    from psylite_desktop.evaluation.bench_store import measure_store

    guided = GuidedReplies.load(terminal.paths.assets)
    assessor = Assessor.load(terminal.paths.assets, terminal.paths.model_store / "risk")
    texts = sample_texts(assessor.rule_sets)
    texts += [reply.text for lang in ("zh", "en") for reply in guided.replies(lang)]
    with tempfile.TemporaryDirectory(prefix="psylite-bench-") as folder:
        report = measure_store(Path(folder), texts, messages=messages, pages=pages).as_dict()
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    held = f"{report['messages']} messages, {report['pages']} pages"
    click.echo(f"{held}; usable {report['usable_s']} s after the key")
    click.echo(f"{'':<30}{'vault':>12}{'plain':>12}{'ratio':>8}")
    for name, value in report["vault"].items():
        ratio = report["ratios"].get(name, 0)
        click.echo(f"{name:<30}{value:>12}{report['plain'][name]:>12}{ratio:>8}")


def _at_most(lengths: Mapping[int, int], most: int | None) -> dict[int, int]:
    return {
        length: times if most is None else min(times, most) for length, times in lengths.items()
    }


@contextmanager
def _engine(paths: AppPaths, *, floor: bool) -> Iterator[tuple[EngineHost | None, str]]:
    """The engine process once it has listened, or none and why it cannot."""
    if floor:
        yield None, ""
        return
    with closing(
        EngineHost(assets=paths.assets, models=paths.model_store, index=paths.index)
    ) as host:
        try:
            host.listen_patiently("ok")  # started and read in before anything is timed
        except EngineError as error:
            failed = error.code
        else:
            failed = ""
        yield (None if failed else host), failed


def _listening(host: EngineHost | None, texts: Sequence[str], most: int | None) -> list[Latency]:
    if host is None:
        return []
    # The work is done in another process: only the time on the wall counts it.
    return measure(
        host.listen_patiently,
        texts,
        repeats=_at_most(ENGINE_LENGTHS, most),
        clock=time.perf_counter,
    )


def _ears(assessor: Assessor, host: EngineHost | None) -> Callable[[str], Assessment]:
    if host is None:
        return assessor.assess
    return lambda text: raised(assessor.assess(text), host.listen_patiently(text))


def _print_floor(measured: Timing) -> None:
    click.echo(f"floor: the first {RATIO_AT} characters after loading {measured.first_ms:.0f} ms")
    for one in measured.latencies:
        _print_latency("floor", one)
    if measured.ratio is not None:
        click.echo(
            f"floor: p99 at {RATIO_AT} characters is worth {measured.ratio:.0f} passes "
            r"of re.findall(r'\w+')"
        )


def _print_latency(name: str, one: Latency) -> None:
    click.echo(
        f"{name}: {one.length:>6} characters  p50 {one.p50_ms:8.2f} ms  "
        f"p99 {one.p99_ms:8.2f} ms  slowest {one.slowest_ms:8.2f} ms"
    )


def _print_table(table: Sequence[Robustness]) -> None:
    click.echo(f"\n{'':<16}{'texts':>6}{'hidden':>8}{'clean':>8}{'heard':>8}{'loss':>8}")
    for row in table:
        click.echo(
            f"{row.transform:<12}{row.lang:>4}{row.applied:>6}{row.hidden.total:>8}"
            f"{row.clean.value or 0:>8.3f}{row.hidden.value or 0:>8.3f}{row.loss:>8.1f}"
            f"  {'ok' if row.met else '--'}"
        )
    for row in table:
        if row.missed:
            click.echo(f"\n{row.transform}, {row.lang}: {len(row.missed)} missed")
        for one in row.missed:
            hidden = one.hidden.replace("\n", "\\n")
            click.echo(f"  {one.rule} {one.level} {one.text} -> {hidden}")
