"""`psylite search`: ranked passages of a shipped corpus."""

from __future__ import annotations

import json

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.services.prompting import language_of


@click.command(name="search")
@click.argument("corpus")
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a passage.")
@common_options
def command(terminal: Terminal, *, corpus: str, query: str, limit: int, as_json: bool) -> None:
    """Search CORPUS for QUERY."""
    host = build_services(terminal.paths).host
    try:
        lang = language_of(query, terminal.lang)
        found = host.search(corpus, query, lang=lang, limit=limit)
    finally:
        host.close()
    if not found and not as_json:
        terminal.say("search.nothing")
    for hit in found:
        passage = hit.passage
        if as_json:
            row = {
                "corpus": passage.corpus,
                "id": passage.id,
                "score": round(hit.score, 4),
                "title": passage.title,
            }
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(f"{hit.score:.3f}  {passage.id}  {passage.title}")
