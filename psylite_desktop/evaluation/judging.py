"""What is to be judged, by a model or by people, and what they said.

An item is one line of a file for judges: the prompt, what is to be judged, and empty scores. The
same file with the scores filled in is read back; one line a judge and item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from psylite_desktop.domain.ports import Turn
from psylite_desktop.evaluation.case_fields import id_of, text_of, text_or_nothing
from psylite_desktop.evaluation.rubrics import Rubric, rubrics


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be judged; `group` is the subject that it is counted under (topic, task).

    `method` names the attack, where it is one. `turn` counts from 1, 0 is a whole talk.
    """

    rubric: str
    group: str
    case: str
    turn: int
    prompt: str
    judged: str
    method: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells it from every other item."""
        return self.rubric, self.group, self.case, self.turn

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What a model that judges is given: the rubric, then what it is to judge."""
        return Turn("system", self.prompt), Turn("user", self.judged)

    def as_row(self) -> dict[str, object]:
        """A line for judges."""
        axes = rubrics()[self.rubric].axes
        return {
            "rubric": self.rubric,
            "group": self.group,
            "case": self.case,
            "turn": self.turn,
            "method": self.method,
            "prompt": self.prompt,
            "judged": self.judged,
            "highest": dict(axes),
            "judge": "",
            "scores": dict.fromkeys(axes),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge said of an item; `scores` is None where nothing usable was said."""

    item: Item
    judge: str
    scores: Mapping[str, float] | None


def parse_verdict(row: dict[str, object]) -> Verdict:
    """Read a line of a file for judges. Raises ValueError naming the field that is wrong."""
    rubric = rubrics().get(text_of(row, "rubric"))
    if rubric is None:
        raise ValueError(f'field "rubric" is not one of {", ".join(rubrics())}')
    turn = row.get("turn")
    if not isinstance(turn, int) or isinstance(turn, bool) or turn < 0:
        raise ValueError('field "turn" is not a number from 0 up')
    item = Item(
        rubric=rubric.name,
        group=text_or_nothing(row, "group"),
        case=id_of(row, "case"),
        turn=turn,
        prompt=text_or_nothing(row, "prompt"),
        judged=text_or_nothing(row, "judged"),
        method=text_or_nothing(row, "method"),
    )
    return Verdict(item, text_or_nothing(row, "judge"), _scores(rubric, row.get("scores")))


def _scores(rubric: Rubric, value: object) -> dict[str, float] | None:
    """Scores of a row; None where not one of them was filled in."""
    if not isinstance(value, dict):
        raise ValueError('field "scores" is missing or not an object')  # noqa: TRY004 - bad input
    unknown = set(value) - set(rubric.axes)
    if unknown:
        raise ValueError(f'"scores" names {sorted(unknown)[0]!r}, which is no axis of this rubric')
    if all(value.get(name) is None for name in rubric.axes):
        return None
    numbers: dict[str, float] = {}
    for name, most in rubric.axes.items():
        score = value.get(name)
        if isinstance(score, bool) or not isinstance(score, (int, float)) or not 0 <= score <= most:
            raise ValueError(f'score "{name}" is not a number from 0 to {most}')
        numbers[name] = float(score)
    return numbers


@dataclass(frozen=True, slots=True)
class Tally:
    """Mean and spread of the scores of one axis over `count` of them; None of nothing."""

    count: int
    mean: float | None
    spread: float | None

    def as_dict(self) -> dict[str, object]:
        """For JSON: rounded to four places."""
        return {
            "count": self.count,
            "mean": None if self.mean is None else round(self.mean, 4),
            "spread": None if self.spread is None else round(self.spread, 4),
        }


def tally(values: Iterable[float]) -> Tally:
    """Mean and standard deviation."""
    found = list(values)
    spread = stdev(found) if len(found) > 1 else None
    return Tally(len(found), fmean(found) if found else None, spread)


def by_case(verdicts: Sequence[Verdict], axis: str) -> list[float]:
    """The mean of each case, in order: over its judges, then over its turns."""
    turns: dict[tuple[str, str], dict[int, list[float]]] = {}
    for one in verdicts:
        if one.scores is not None:
            places = turns.setdefault((one.item.group, one.item.case), {})
            places.setdefault(one.item.turn, []).append(one.scores[axis])
    return [fmean(map(fmean, places.values())) for places in turns.values()]


def figures(verdicts: Sequence[Verdict], rubric: str) -> dict[str, object]:
    """The scores by one rubric: all cases, every group, every judge; for JSON.

    Turns are averaged within their case first, so that long cases do not count for more.
    """
    axes = rubrics()[rubric].axes
    among = [one for one in verdicts if one.item.rubric == rubric]
    judges = sorted({one.judge for one in among if one.scores is not None})
    groups = sorted({one.item.group for one in among})

    def table(rows: Sequence[Verdict]) -> dict[str, object]:
        return {axis: tally(by_case(rows, axis)).as_dict() for axis in axes}

    return {
        "highest": dict(axes),
        "items": len({one.item.key for one in among}),
        "without_scores": sum(one.scores is None for one in among),
        "all": table(among),
        "groups": {
            name: table([one for one in among if one.item.group == name]) for name in groups
        },
        "judges": {name: table([one for one in among if one.judge == name]) for name in judges},
    }
