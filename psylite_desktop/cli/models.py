"""`psylite models`: what is on this machine, whether it can be used, and bringing more."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.domain.model_files import Copied, CopyPhase, CopyStep
from psylite_desktop.host.model_jobs import (
    SILENCE_S,
    AnyJob,
    JobFailed,
    Measured,
    MeasureJob,
    RunningJob,
    TrialDone,
    TrialJob,
)

D = TypeVar("D", Measured, TrialDone)
_LOOK_S = 0.05


@click.group(name="models")
def command() -> None:
    """List, check, bring, try and measure model files."""


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
    """Measure, in a process with a limit on its memory, what is fastest here, and keep it."""
    build_services(terminal.paths).models.check(file)
    path, tuning = os.fsencode(file.absolute()), os.fsencode(terminal.paths.tuning)
    job = MeasureJob(path=path, tuning=tuning, seconds=seconds)
    # One measurement may take a part of all the time without a sign of progress.
    told = _waited_for(job, Measured, silence_s=SILENCE_S + seconds)
    found = {
        "generate": told.write_threads,
        "read": told.read_threads,
        "ubatch": told.batch,
        "repack": told.repack,
        "generation_speed": told.write_speed,
        "prompt_speed": told.read_speed,
    }
    if as_json:
        click.echo(json.dumps(found))
        return
    terminal.say("models.calibrated", **found)


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--reference", is_flag=True, help="Use the file where it is instead of copying it.")
@click.option("--sha256", "expected", default="", help="The SHA-256 it should have.")
@click.option("--any-hash", is_flag=True, help="Keep it even if its SHA-256 is another one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common_options
def import_model(
    terminal: Terminal,
    *,
    file: Path,
    reference: bool,
    expected: str,
    any_hash: bool,
    as_json: bool,
) -> None:
    """Copy a model file into PsyLite's folder; run it again after a stop, and it goes on."""
    library = build_services(terminal.paths).library
    brought = library.examine(file)
    if reference:
        model = library.refer(file)
        if as_json:
            click.echo(json.dumps({"path": str(model.path), "copied": False}))
        else:
            terminal.say("models.referenced", file=file.name)
        return
    wanted = expected or brought.expected
    copied = _copied(library.folder, file, wanted, any_hash=any_hash, quiet=as_json)
    library.note(copied.path, sha256=copied.sha256)
    if as_json:
        report = asdict(copied) | {"path": str(copied.path), "copied": not copied.was_there}
        click.echo(json.dumps(report))
        return
    terminal.say(
        "models.was_there" if copied.was_there else "models.brought",
        file=copied.path.name,
        sha256=copied.sha256,
    )


def _copied(folder: Path, file: Path, expected: str, *, any_hash: bool, quiet: bool) -> Copied:
    """Copy with a bar on stderr, where somebody can see one."""
    from psylite_desktop.engine.fingerprint import model_fingerprint
    from psylite_desktop.storage.model_copy import ModelCopy

    copier = ModelCopy(folder, model_fingerprint)
    with click.progressbar(length=1000, file=sys.stderr, hidden=quiet) as bar:

        def tell(step: CopyStep) -> None:
            # Copying is the longer part; reading back is the rest.
            share = step.done / max(1, step.total)
            is_copying = step.phase is CopyPhase.COPYING
            place = round(800 * share) if is_copying else round(800 + 200 * share)
            if step.phase is not CopyPhase.KEPT and place > bar.pos:
                bar.update(place - bar.pos)

        return copier.copy(file, tell, expected=expected, accept_other=any_hash)


@command.command(name="try")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--load-anyway", is_flag=True, help="Even if it does not fit the memory.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, sizes in bytes.")
@common_options
def try_model(terminal: Terminal, *, file: Path, load_anyway: bool, as_json: bool) -> None:
    """Load a model in a process with a limit on its memory, and have it answer once."""
    library = build_services(terminal.paths).library
    library.examine(file)
    prompt = terminal.texts.text(terminal.lang, "models.trial_prompt")
    tuning = os.fsencode(terminal.paths.tuning)
    path = os.fsencode(file.absolute())
    job = TrialJob(path=path, prompt=prompt, tuning=tuning, anyway=load_anyway)
    told = _waited_for(job, TrialDone)
    result = told.result
    library.note(file.absolute(), trial=result, anyway=load_anyway or None, seen=told.seen)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False))
        return
    terminal.say("models.trial_reply", reply=result.reply)
    terminal.say(
        "models.trial_figures",
        read=f"{result.read_speed:.3g}",
        write=f"{result.write_speed:.3g}",
        resident=f"{result.resident / 1e6:,.0f}",
        predicted=f"{result.predicted / 1e6:,.0f}",
    )


def _waited_for(job: AnyJob, kind: type[D], *, silence_s: float = SILENCE_S) -> D:
    """Run a job to its end. Raises ModelFileError, EngineError."""
    running = RunningJob(job, silence_s=silence_s)
    try:
        while True:
            for told in running.poll():
                if isinstance(told, JobFailed):
                    raise told.error()
                if isinstance(told, kind):
                    return told
            time.sleep(_LOOK_S)
    finally:
        running.stop()


def _facts(facts: GgufFacts) -> dict[str, object]:
    values = asdict(facts)
    values["path"] = facts.path.name
    return values
