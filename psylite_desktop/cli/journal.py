"""`psylite journal`: what the Mirror reads out of entries, one JSON object a line."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import click

from psylite_desktop.cli.json_lines import read_json_lines, text_field
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.mirror import Mirror
from psylite_desktop.domain.risk import Level
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.mirror import MirrorService


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line."""

    id: object
    text: str


@click.group(name="journal")
def command() -> None:
    """Read journal entries."""


@command.command(name="analyse")
@common_options
def analyse(terminal: Terminal) -> None:
    """Read {"id", "text"} lines from standard input.

    The level is that of the rules and the linear model. Unlike the window, which leaves an entry
    of level 2 or 3 alone, the command says what it read in it all the same: for evaluation.
    """
    entries = read_json_lines(sys.stdin.buffer, _parse)
    assessor = Assessor.load(terminal.paths.assets, terminal.paths.model_store / "risk")
    mirror = MirrorService(terminal.paths.assets, terminal.paths.model_store / "mirror")
    for entry in entries:
        level = assessor.assess(entry.text).level
        said = _as_dict(entry, mirror.reflect(entry.text), level)
        click.echo(json.dumps(said, ensure_ascii=False))


def _parse(row: dict[str, object]) -> _Entry:
    return _Entry(row.get("id"), text_field(row, "text"))


def _as_dict(entry: _Entry, mirror: Mirror, level: Level) -> dict[str, object]:
    quotes = [
        *(quote for theme in mirror.themes for quote in theme.quotes),
        *mirror.tone_quotes,
        *(quote for thought in mirror.repeated for quote in thought.quotes),
    ]
    spans = {(quote.start, quote.end): quote.text for quote in quotes}
    spans |= {(one.start, one.end): one.quote for one in mirror.distortions}
    return {
        "id": entry.id,
        "themes": [theme.theme.value for theme in mirror.themes],
        "tone": mirror.tone,
        "level": int(level),
        "distortions": [{"kind": one.kind.value, "quote": one.quote} for one in mirror.distortions],
        "quotes": [spans[place] for place in sorted(spans)],
    }
