"""`psylite evaluate journal`: how well the Mirror reads labelled entries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from psylite_desktop.cli.json_lines import read_json_lines
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.evaluation import journal
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_cases import Case, parse_case


@click.command(name="journal")
@click.option(
    "--cases",
    "files",
    required=True,
    multiple=True,
    help="JSON lines with text, themes, tone and distortions; may be given again.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@common_options
def command(terminal: Terminal, *, files: tuple[Path, ...], as_json: bool) -> None:
    """Themes, tone and habits of thought, by language."""
    cases: list[Case] = []
    for path in files:
        with path.open("rb") as stream:
            cases += read_json_lines(stream, parse_case)
    mirror = MirrorService(terminal.paths.assets, terminal.paths.model_store / "mirror")
    outcomes = journal.judge(cases, mirror.reflect)
    tables = {
        lang: [one for one in outcomes if one.case.lang == lang]
        for lang in sorted({case.lang for case in cases})
    }
    if as_json:
        said = {lang: journal.figures(rows) for lang, rows in tables.items()}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for lang, rows in tables.items():
        _print(lang, rows)


def _print(lang: str, rows: Sequence[journal.Outcome]) -> None:
    themes, kinds = journal.by_theme(rows), journal.by_kind(rows)
    click.echo(f"\n{lang}: {len(rows)} entries")
    for steps in (0, 1):
        share = journal.tone_within(rows, steps)
        low, high = share.interval
        value = share.value or 0
        click.echo(f"  tone within {steps}           {value:.3f}  [{low:.3f}, {high:.3f}]")
    for title, table in (("themes", themes), ("distortions", kinds)):
        whole = journal.together(table.values())
        click.echo(
            f"  {title}: {_line(whole)}, macro F1 {journal.macro_f1(table.values()) or 0:.3f}"
        )
        for name, counts in table.items():
            if counts.found or counts.there:
                click.echo(f"    {name:<22}{_line(counts)}")


def _line(counts: journal.Counts) -> str:
    precision, recall = counts.precision, counts.recall
    return (
        f"F1 {counts.f1 or 0:.3f}, precision {precision.value or 0:.3f}"
        f" ({precision.hits}/{precision.total}), recall {recall.value or 0:.3f}"
        f" ({recall.hits}/{recall.total})"
    )
