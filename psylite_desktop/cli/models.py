"""`psylite models`: what is on this machine and whether it can be used."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.model_card import GgufFacts


@click.group(name="models")
def command() -> None:
    """List and check model files."""


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common_options
def list_models(terminal: Terminal, *, as_json: bool) -> None:
    """Model files that were found, then the catalogue."""
    models = build_services(terminal.paths).models
    found = models.on_disk()
    if as_json:
        rows = [
            {"file": m.path.name, "error": m.error, "facts": _facts(m.facts) if m.facts else None}
            for m in found
        ]
        catalogue = [asdict(entry) for entry in models.catalogue]
        click.echo(json.dumps({"found": rows, "catalogue": catalogue}, ensure_ascii=False))
        return
    terminal.say("models.heading")
    for model in found:
        size = f"{model.path.stat().st_size / 1e6:.0f} MB"
        name = model.entry.name[terminal.lang] if model.entry else model.path.name
        state = (
            terminal.texts.error(terminal.lang, model.error, {"file": model.path.name})
            if model.error
            else size
        )
        click.echo(f"  {name}  {state}")
    if not found:
        terminal.say("models.none")
    terminal.say("models.catalogue")
    for entry in models.catalogue:
        size = f"{entry.size / 1e6:,.0f} MB"
        click.echo(
            f"  {entry.name[terminal.lang]}  {size}  RAM >= {entry.min_ram_gb:g} GB  "
            f"{entry.licence}"
        )


@command.command(name="check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common_options
def check(terminal: Terminal, *, file: Path, as_json: bool) -> None:
    """Check a GGUF file without loading it."""
    facts = build_services(terminal.paths).models.check(file)
    if as_json:
        click.echo(json.dumps(_facts(facts), ensure_ascii=False))
        return
    for name, value in _facts(facts).items():
        click.echo(f"{name}: {value}")


@command.command(name="fit")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--context", type=click.IntRange(min=0), default=0, help="Tokens (default: 4096).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, sizes in bytes.")
@common_options
def fit(terminal: Terminal, *, file: Path, context: int, as_json: bool) -> None:
    """Say whether a model fits this machine's memory, and how it would be loaded."""
    from psylite_desktop.engine.loading import MEGABYTE, fit_here

    found = fit_here(build_services(terminal.paths).models.check(file), context_length=context)
    if as_json:
        report = asdict(found) | {"needed": found.needed}
        report["need"]["resident"] = found.need.resident
        click.echo(json.dumps(report))
        return
    sizes = {
        "needed": found.needed,
        "available": found.machine.available,
        "total": found.machine.total,
        "mapped": found.need.mapped,
        "anonymous": found.need.anonymous,
    }
    facts = {name: f"{size / MEGABYTE:,.0f}" for name, size in sizes.items()}
    chosen = found.configuration
    terminal.say(f"models.fit_{found.verdict}", **facts)
    terminal.say(
        "models.fit_how", context=chosen.context, kv=chosen.kv, ubatch=chosen.ubatch, **facts
    )


@command.command(name="calibrate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seconds", type=click.FloatRange(min=1), default=50.0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common_options
def calibrate(terminal: Terminal, *, file: Path, seconds: float, as_json: bool) -> None:
    """Measure what is fastest on this machine and keep it for the next time it is loaded."""
    from psylite_desktop.engine.loading import calibrate_here

    facts = build_services(terminal.paths).models.check(file)
    found = calibrate_here(facts, terminal.paths.tuning, budget_s=seconds)
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    terminal.say("models.calibrated", **asdict(found))


def _facts(facts: GgufFacts) -> dict[str, object]:
    values = asdict(facts)
    values["path"] = facts.path.name
    return values
