"""Scores for replies: a model that judges, a file for judges, and such files read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from psylite_desktop.cli.case_input import read_rows
from psylite_desktop.domain.errors import EngineError, InputError
from psylite_desktop.domain.ports import Sampling
from psylite_desktop.evaluation.judging import Item, Verdict, parse_verdict
from psylite_desktop.evaluation.report import as_lines
from psylite_desktop.evaluation.rubrics import rubrics
from psylite_desktop.host.client import EngineHost

FOR_JUDGES = "for-judges.jsonl"
VERDICTS = "verdicts.jsonl"
SAMPLING = Sampling(temperature=0.0, top_k=1, max_tokens=300, seed=1)
"""Greedy, as the published procedure; long enough for a word or two around the numbers."""


def judged(
    host: EngineHost,
    judge: Path,
    items: Sequence[Item],
    *,
    anyway: bool,
    stopped: Callable[[], bool],
    step: Callable[[], None],
) -> list[tuple[Verdict, str]]:
    """What a model says of each item, with its own words; fewer where it was stopped.

    An item that is longer than the judge's context gets no scores. Raises ModelFileError,
    EngineError.
    """
    host.use_model(judge, anyway=anyway)
    found = []
    for item in items:
        try:
            steps = list(host.generate(item.turns, SAMPLING, stopped))
        except EngineError as error:
            if error.code != "engine_context_full":
                raise
            found.append((Verdict(item, judge.name, None), ""))
            step()
            continue
        if stopped() or (steps and steps[-1].stopped):
            break
        answer = "".join(one.text for one in steps)
        verdict = Verdict(item, judge.name, rubrics()[item.rubric].read(answer))
        found.append((verdict, answer))
        step()
    return found


def for_judges(items: Sequence[Item]) -> str:
    """A file to be filled in."""
    return as_lines(item.as_row() for item in items)


def as_verdicts(found: Sequence[tuple[Verdict, str]]) -> str:
    """What a model said, in the shape of a filled-in file."""
    return as_lines(
        one.item.as_row()
        | {"judge": one.judge, "answer": answer}
        | ({"scores": dict(one.scores)} if one.scores is not None else {})
        for one, answer in found
    )


def read_verdicts(files: Sequence[Path], allowed: Sequence[str]) -> list[Verdict]:
    """Verdicts of filled-in files, whose rubrics must be among those that are `allowed`.

    A line without a judge's name is told by the name of its file. Raises InputError.
    """

    def parse(row: dict[str, object]) -> Verdict:
        verdict = parse_verdict(row)
        if verdict.item.rubric not in allowed:
            raise ValueError(f'field "rubric" is not one of {", ".join(allowed)}')
        return verdict

    verdicts = [
        Verdict(one.item, one.judge or file.stem, one.scores)
        for file in files
        for one in read_rows(file, parse)
    ]
    if all(one.scores is None for one in verdicts):
        raise InputError("input_no_scores", file=files[0].name)
    return verdicts
