"""Tables of scores that judges have given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psylite_desktop.cli.report_output import Words
from psylite_desktop.evaluation import judging
from psylite_desktop.evaluation.judging import Verdict
from psylite_desktop.evaluation.report import Table, number
from psylite_desktop.evaluation.rubrics import rubrics


def scored(
    words: Words, verdicts: Sequence[Verdict], used: Sequence[str]
) -> tuple[dict[str, object], list[Table]]:
    """Figures and tables by each rubric that was used."""
    scores: dict[str, object] = {}
    tables = []
    for name in used:
        if any(one.item.rubric == name for one in verdicts):
            found = judging.figures(verdicts, name)
            scores[name] = found
            tables.append(_table(words, name, found))
    return scores, tables


def _table(words: Words, rubric: str, found: Mapping[str, object]) -> Table:
    axes = tuple(rubrics()[rubric].axes)
    groups, judges = found["groups"], found["judges"]
    rows = [scores_row(words("all"), found["all"], axes)]
    if isinstance(groups, dict):
        rows += [scores_row(name, one, axes) for name, one in groups.items()]
    if isinstance(judges, dict):
        rows += [
            scores_row(words("judge_row", name=name), one, axes) for name, one in judges.items()
        ]
    return words.table(rubric, ("group", "count", *axes), rows)


def scores_row(name: str, table: object, axes: Sequence[str]) -> tuple[str, ...]:
    """A name, how many cases, and the mean of each axis."""
    tallies = [table[axis] for axis in axes] if isinstance(table, dict) else []
    return (name, number(tallies[0]["count"]), *(number(one["mean"], 2) for one in tallies))
