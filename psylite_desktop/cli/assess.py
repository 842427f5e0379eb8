"""`psylite assess`: risk levels for texts, one JSON object a line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import click

from psylite_desktop.cli.ears import ears
from psylite_desktop.cli.json_lines import read_json_lines, text_field
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.risk import Assessment, Level, RiskState, told_by
from psylite_desktop.evaluation.crisis import user_turns
from psylite_desktop.safety.state import advance
from psylite_desktop.services.humor import HumorSigns, is_welcome
from psylite_desktop.services.prompting import language_of


@dataclass(frozen=True, slots=True)
class _Case:
    """One line: a single text, or the user turns of a conversation."""

    id: object
    texts: tuple[str, ...]
    single: bool


@click.command(name="assess")
@click.option("--floor", is_flag=True, help="Rules and linear model alone.")
@common_options
def command(terminal: Terminal, *, floor: bool) -> None:
    """Read {"id", "text"} or {"id", "messages"} lines from standard input."""
    cases = read_json_lines(sys.stdin.buffer, _parse)
    signs = HumorSigns.load(terminal.paths.assets, terminal.paths.model_store / "humor")
    with ears(terminal.paths, floor=floor) as hear:
        for case in cases:
            click.echo(json.dumps(_assess(hear, signs, case), ensure_ascii=False))


def _parse(row: dict[str, object]) -> _Case:
    if "messages" not in row:
        return _Case(row.get("id"), (text_field(row, "text"),), single=True)
    return _Case(row.get("id"), tuple(user_turns(row["messages"])), single=False)


def _assess(hear: Callable[[str], Assessment], signs: HumorSigns, case: _Case) -> dict[str, object]:
    state = RiskState()
    assessment = Assessment()
    now = time.time()
    for text in case.texts:
        assessment = hear(text)
        state = advance(state, assessment, now=now)
    told = assessment if case.single else told_by(assessment, state)
    return {
        "id": case.id,
        "level": int(told.level),
        "kind": told.kind.value if told.level > Level.NONE else "none",
        "who": told.who.value,
        "request": assessment.request.value,
        "humor_allowed": is_welcome(assessment, state, now=now)
        and signs.sign(case.texts, language_of(case.texts[-1], "zh")) is not None,
        "reasons": [
            {"rule": r.rule, "level": int(r.level), "start": r.start, "end": r.end}
            for r in assessment.reasons
        ],
    }
