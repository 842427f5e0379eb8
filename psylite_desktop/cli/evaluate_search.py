"""`psylite evaluate search`: whether search finds the passage that a message means."""

from __future__ import annotations

import json
from pathlib import Path

import click

from psylite_desktop.cli.case_input import read_rows
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.evaluation.search import FIRST, LANGS, Figures, Judge, parse_query
from psylite_desktop.retrieval.corpora import read_corpus
from psylite_desktop.retrieval.embedder import StaticEmbedder


@click.command(name="search")
@click.option(
    "--cases",
    "files",
    required=True,
    multiple=True,
    help="JSON lines with text, lang, and id of the passage or an empty one; may be given again.",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--corpus", default="techniques", show_default=True)
@click.option("--embedder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@common_options
def command(
    terminal: Terminal,
    *,
    files: tuple[Path, ...],
    corpus: str,
    embedder: Path | None,
    as_json: bool,
) -> None:
    """The right passage by meaning, by words (BM25), and as the app searches."""
    passages = read_corpus(terminal.paths.assets, corpus)
    parse = parse_query(passages, terminal.lang)
    queries = [one for path in files for one in read_rows(path, parse)]
    folder = embedder or terminal.paths.model_store / "embedder"
    judge = Judge(passages, StaticEmbedder.load(folder))
    langs = [lang for lang in LANGS if any(one.lang == lang for one in queries)]
    figures = {lang: judge.figures(queries, lang) for lang in langs}
    if as_json:
        click.echo(json.dumps({lang: one.as_dict() for lang, one in figures.items()}))
        return
    for lang, one in figures.items():
        _print(lang, one)


def _print(lang: str, figures: Figures) -> None:
    click.echo(f"\n{lang}: {figures.spoken.total} messages, the right passage among the first")
    click.echo("  " + " " * 12 + "".join(f"{count:>8}" for count in FIRST))
    for way, shares in figures.found.items():
        cells = "".join(f"{share.value or 0:>8.3f}" for share in shares.values())
        click.echo(f"  {way:<12}{cells}")
    for title, share in (
        ("answered", figures.spoken),
        ("first one right, of those", figures.first_right),
        ("other subjects answered", figures.off),
    ):
        click.echo(f"  {title}: {share.value or 0:.3f} ({share.hits}/{share.total})")
