"""`psylite evaluate`: measures on labelled cases that nobody tuned on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from psylite_desktop.cli.ears import ears
from psylite_desktop.cli.evaluate_ceval import command as ceval
from psylite_desktop.cli.evaluate_cpsycoune import command as cpsycoune
from psylite_desktop.cli.evaluate_grounding import command as grounding
from psylite_desktop.cli.evaluate_journal import command as journal
from psylite_desktop.cli.evaluate_safedial import command as safedial
from psylite_desktop.cli.evaluate_search import command as search
from psylite_desktop.cli.evaluate_text import command as text_command
from psylite_desktop.cli.json_lines import read_json_lines
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.cli.stage import Stage
from psylite_desktop.domain.risk import Assessment, RiskState, told_by
from psylite_desktop.evaluation import humor
from psylite_desktop.evaluation.crisis import (
    Case,
    Outcome,
    by_kind,
    goals,
    judge,
    mistakes,
    parse_case,
)
from psylite_desktop.safety.state import advance


@click.group(name="evaluate")
def command() -> None:
    """Measure on labelled cases."""


command.add_command(grounding)
command.add_command(journal)
command.add_command(search)
command.add_command(text_command)
command.add_command(cpsycoune)
command.add_command(safedial)
command.add_command(ceval)


@command.command(name="crisis")
@click.option(
    "--cases",
    "files",
    required=True,
    multiple=True,
    help="JSON lines with text or messages, level, kind, who, request; may be given again.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--floor", is_flag=True, help="Rules and linear model alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@click.option("--quiet", is_flag=True, help="Count the mistakes, do not print their words.")
@common_options
def crisis(
    terminal: Terminal, *, files: tuple[Path, ...], floor: bool, as_json: bool, quiet: bool
) -> None:
    """How much risk is heard, by level, kind and language, with every mistake."""
    cases: list[Case] = []
    for path in files:
        with path.open("rb") as stream:
            cases += read_json_lines(stream, parse_case)
    with ears(terminal.paths, floor=floor) as hear:
        outcomes = judge(cases, lambda case: _heard(hear, case))
    languages = sorted({case.lang for case in cases})
    tables = {lang: [one for one in outcomes if one.case.lang == lang] for lang in languages}
    if as_json:
        click.echo(
            json.dumps(
                {lang: _as_dict(rows, quiet=quiet) for lang, rows in tables.items()},
                ensure_ascii=False,
            )
        )
        return
    for lang, rows in tables.items():
        _print(lang, rows, quiet=quiet)


@command.command(name="humor")
@click.option(
    "--cases",
    "files",
    required=True,
    multiple=True,
    help="JSON lines with messages and humor_ok; may be given again.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@click.option("--quiet", is_flag=True, help="Count the mistakes, do not print their words.")
@common_options
def humor_command(
    terminal: Terminal, *, files: tuple[Path, ...], as_json: bool, quiet: bool
) -> None:
    """Whether crosstalk comes where it is welcome, and nowhere else, by whole conversations."""
    cases: list[humor.Case] = []
    for path in files:
        with path.open("rb") as stream:
            cases += read_json_lines(stream, humor.parse_case)
    with Stage(terminal.paths) as stage:
        outcomes = [humor.Outcome(case, stage.pieces(case.texts)) for case in cases]
    tables = {
        lang: [one for one in outcomes if one.case.lang == lang]
        for lang in sorted({case.lang for case in cases})
    }
    if as_json:
        said = {lang: _humor_dict(rows, quiet=quiet) for lang, rows in tables.items()}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for lang, rows in tables.items():
        _print_humor(lang, rows, quiet=quiet)


def _humor_dict(rows: Sequence[humor.Outcome], *, quiet: bool) -> dict[str, object]:
    found, wrong = humor.figures(rows), humor.mistakes(rows)
    return {
        "cases": len(rows),
        "shown_or_offered_where_welcome": found.came_where_welcome.as_dict(),
        "shown_where_not": found.shown_where_not.as_dict(),
        "offered_where_not": found.offered_where_not.as_dict(),
        "precision": found.precision.as_dict(),
        "mistakes": len(wrong)
        if quiet
        else [
            {"id": one.case.id, "humor_ok": one.case.humor_ok, "texts": list(one.case.texts)}
            for one in wrong
        ],
    }


def _print_humor(lang: str, rows: Sequence[humor.Outcome], *, quiet: bool) -> None:
    found = humor.figures(rows)
    click.echo(f"\n{lang}: {len(rows)} cases")
    for name, share in (
        ("shown or offered, welcome", found.came_where_welcome),
        ("shown where it must not be", found.shown_where_not),
        ("offered where it must not be", found.offered_where_not),
        ("welcome of what came", found.precision),
    ):
        low, high = share.interval
        click.echo(
            f"  {name:<32}{share.hits:>5}/{share.total:<5}"
            f"{share.value or 0:>7.3f}  [{low:.3f}, {high:.3f}]"
        )
    if quiet:
        return
    for one in humor.mistakes(rows):
        mark = "missed " if one.case.humor_ok else ("SHOWN  " if one.shown else "offered")
        click.echo(f"    {mark} {one.case.id} {' '.join(one.pieces)} {' / '.join(one.case.texts)}")


def _heard(hear: Callable[[str], Assessment], case: Case) -> Assessment:
    state = RiskState()
    assessment = Assessment()
    now = time.time()
    for text in case.texts:
        assessment = hear(text)
        state = advance(state, assessment, now=now)
    return assessment if case.single else told_by(assessment, state)


def _as_dict(rows: Sequence[Outcome], *, quiet: bool) -> dict[str, object]:
    wrong = mistakes(rows)
    return {
        "cases": len(rows),
        "goals": [
            {
                "name": goal.name,
                "least": goal.least,
                "most": goal.most,
                "met": goal.met,
                **goal.share.as_dict(),
            }
            for goal in goals(rows)
        ],
        "noticed_by_kind": {name: share.as_dict() for name, share in by_kind(rows).items()},
        "mistakes": len(wrong) if quiet else [_mistake(one) for one in wrong],
    }


def _mistake(one: Outcome) -> dict[str, object]:
    return {
        "id": one.case.id,
        "level": int(one.case.level),
        "heard": int(one.heard.level),
        "kind": one.case.kind.value,
        "texts": list(one.case.texts),
    }


def _print(lang: str, rows: Sequence[Outcome], *, quiet: bool) -> None:
    click.echo(f"\n{lang}: {len(rows)} cases")
    for goal in goals(rows):
        low, high = goal.share.interval
        asked = f">= {goal.least}" if goal.least is not None else f"<= {goal.most}"
        mark = "ok" if goal.met else "--"
        click.echo(
            f"  {goal.name:<32}{goal.share.hits:>5}/{goal.share.total:<5}"
            f"{goal.share.value or 0:>7.3f}  [{low:.3f}, {high:.3f}]  {asked:<9}{mark}"
        )
    for name, share in by_kind(rows).items():
        low, high = share.interval
        click.echo(
            f"  noticed, {name:<23}{share.hits:>5}/{share.total:<5}"
            f"{share.value or 0:>7.3f}  [{low:.3f}, {high:.3f}]"
        )
    wrong = mistakes(rows)
    click.echo(f"  mistakes: {len(wrong)}")
    if not quiet:
        for one in wrong:
            texts = " / ".join(one.case.texts)
            click.echo(f"    {one.case.id} {int(one.case.level)}->{int(one.heard.level)} {texts}")
