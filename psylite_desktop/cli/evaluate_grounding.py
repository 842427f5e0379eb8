"""`psylite evaluate grounding`: does the model lean on the passage it is given."""

from __future__ import annotations

import json
from pathlib import Path

import click

from psylite_desktop.app.services import build_services, use_chosen_model
from psylite_desktop.cli.json_lines import read_json_lines, text_field
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.evaluation.grounding import Pair, mean, taken_up
from psylite_desktop.host.client import EngineHost
from psylite_desktop.retrieval.terms import terms
from psylite_desktop.services.models import PRACTICE_ID
from psylite_desktop.services.prompting import language_of

SAMPLING = Sampling(temperature=0.0, top_k=1, max_tokens=60, seed=1)
"""Greedy: the passage is the only thing that differs between two replies."""


@click.command(name="grounding")
@click.option(
    "--cases",
    "path",
    required=True,
    help='JSON lines {"text": ...}.',
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--model", default=PRACTICE_ID, show_default=True, help="A GGUF file or a catalogue id."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
@common_options
def command(terminal: Terminal, *, path: Path, model: str, as_json: bool) -> None:
    """Replies with and without a technique passage, side by side."""
    with path.open("rb") as stream:
        texts = read_json_lines(stream, lambda row: text_field(row, "text"))
    services = build_services(terminal.paths)
    use_chosen_model(services, model)
    grounded: list[float | None] = []
    alone: list[float | None] = []
    try:
        for text in texts:
            pair = _pair(services.host, text)
            if pair is None:
                continue
            shares = [
                taken_up(terms(reply), terms(pair.passage), terms(text))
                for reply in (pair.grounded, pair.alone)
            ]
            grounded.append(shares[0])
            alone.append(shares[1])
            _print(pair, shares, as_json=as_json)
    finally:
        services.host.close()
    if not as_json:
        click.echo(f"\n{len(grounded)} messages with a passage")
        for name, found in (("with it", mean(grounded)), ("without", mean(alone))):
            click.echo(f"  own terms taken from the passage, {name}: {found or 0:.3f}")


def _pair(host: EngineHost, text: str) -> Pair | None:
    found = host.search("techniques", text, lang=language_of(text, "zh"), limit=1)
    if not found:
        return None
    say = found[0].passage.say
    return Pair(text, say, _reply(host, Turn("user", text, say)), _reply(host, Turn("user", text)))


def _reply(host: EngineHost, turn: Turn) -> str:
    host.info()
    steps = host.generate([turn], SAMPLING, lambda: False)
    return "".join(step.text for step in steps).strip()


def _print(pair: Pair, shares: list[float | None], *, as_json: bool) -> None:
    if as_json:
        row = {
            "text": pair.text,
            "passage": pair.passage,
            "grounded": pair.grounded,
            "grounded_share": shares[0],
            "alone": pair.alone,
            "alone_share": shares[1],
        }
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    click.echo(f"\n> {pair.text}\n  passage: {pair.passage}")
    for name, reply, share in (
        ("with   ", pair.grounded, shares[0]),
        ("without", pair.alone, shares[1]),
    ):
        click.echo(f"  {name} {share if share is None else round(share, 2)}: {reply}")
