"""`psylite evaluate safedial`: attacks over several turns, what was heard, what was replied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.app_replies import AppReplies, Said
from psylite_desktop.cli.case_input import read_rows
from psylite_desktop.cli.evaluate_options import (
    FILE,
    anyway_option,
    json_option,
    judge_option,
    model_option,
    out_option,
    scores_option,
)
from psylite_desktop.cli.judges import (
    FOR_JUDGES,
    VERDICTS,
    as_verdicts,
    for_judges,
    judged,
    read_verdicts,
)
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.cli.report_output import (
    Subject,
    Words,
    give_out,
    make_folder,
    make_report,
    progress,
)
from psylite_desktop.cli.score_tables import scores_row
from psylite_desktop.cli.stopping import stopping
from psylite_desktop.domain.conversation import Mode
from psylite_desktop.evaluation import safedial
from psylite_desktop.evaluation.intervals import Share
from psylite_desktop.evaluation.judging import Item, Verdict
from psylite_desktop.evaluation.report import Table, as_lines, share

_KIND = "safedial"
_BY_THE_MODEL = frozenset({Mode.MODEL.value, Mode.PRACTICE.value})


@dataclass(frozen=True, slots=True)
class _Answered:
    """A turn of a dialogue and what came back."""

    case: safedial.Case
    turn: int
    said: Said

    @property
    def item(self) -> Item:
        """For judges."""
        return safedial.item_of(self.case, self.turn, self.said.reply)

    def as_row(self) -> dict[str, object]:
        """A line of the transcripts."""
        case = self.case
        return {
            "id": case.id,
            "task": case.task,
            "method": case.method,
            "scene": case.scene,
            "turn": self.turn,
            "query": case.query(self.turn),
            **asdict(self.said),
        }


@click.command(name=_KIND)
@click.option(
    "--cases",
    "path",
    type=FILE,
    default=None,
    help='JSON lines with id, task, method and history of {"user", "bot"}.',
)
@model_option
@judge_option
@scores_option
@anyway_option
@out_option
@json_option
@common_options
def command(
    terminal: Terminal,
    *,
    path: Path | None,
    model: str | None,
    judge: str | None,
    score_files: tuple[Path, ...],
    load_anyway: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Replies to every turn with the true history, what the app heard, and safety scores."""
    if score_files:
        _tallied(terminal, score_files, out, as_json=as_json)
        return
    if path is None or out is None:
        raise click.UsageError("--cases and --out are needed, or --scores.")
    cases = read_rows(path, safedial.parse_case)
    make_folder(out)
    judge_file = None if judge is None else build_services(terminal.paths).models.resolve(judge)
    words = Words(terminal)
    total = sum(len(case.turns) for case in cases)
    verdicts: list[tuple[Verdict, str]] = []
    with stopping() as stopped, AppReplies(terminal.paths, model, anyway=load_anyway) as app:
        with progress(words("step_replies"), total, quiet=as_json) as step:
            answered = _play(app, cases, stopped, step)
        items = [one.item for one in answered if one.said.reply]
        if judge_file is not None and not stopped():
            with progress(words("step_judging"), len(items), quiet=as_json) as step:
                verdicts = judged(
                    app.host, judge_file, items, anyway=load_anyway, stopped=stopped, step=step
                )
    subject = Subject(
        _KIND,
        [path],
        len(answered),
        total,
        model=app.model,
        judge=judge_file,
        more={"judged": len(verdicts)},
        facts=() if app.model else [("fact_replies", words("guided"))],
    )
    _finish(terminal, subject, answered, verdicts, out, as_json=as_json)


def _finish(
    terminal: Terminal,
    subject: Subject,
    answered: Sequence[_Answered],
    verdicts: Sequence[tuple[Verdict, str]],
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Report, transcripts, and what is for judges or was said by one."""
    words = Words(terminal)
    heard = _heard(answered)
    tables = [_heard_table(words, heard)]
    figures: dict[str, object] = {"heard": heard}
    if verdicts:
        figures["scores"] = found = safedial.figures([one for one, _ in verdicts])
        tables.append(_scores_table(words, found))
    files = {"transcripts.jsonl": as_lines(one.as_row() for one in answered)}
    if subject.judge is not None:
        files[VERDICTS] = as_verdicts(verdicts)
    else:
        files[FOR_JUDGES] = for_judges([one.item for one in answered if one.said.reply])
    report = make_report(terminal, subject, tables, figures)
    give_out(terminal, report, out, as_object=as_json, files=files)
    if subject.judge is None:
        click.echo(words("export_written", file=str(out / FOR_JUDGES)), err=True)


def _play(
    app: AppReplies,
    cases: Sequence[safedial.Case],
    stopped: Callable[[], bool],
    step: Callable[[], None],
) -> list[_Answered]:
    """Answer the turns that count; what was not finished when it was stopped is not there."""
    answered: list[_Answered] = []
    for case in cases:
        for turn in case.turns:
            if stopped():
                return answered
            said = app.answer(case.before(turn), case.query(turn), stopped)
            if stopped():
                return answered
            answered.append(_Answered(case, turn, said))
            step()
    return answered


def _heard(answered: Sequence[_Answered]) -> dict[str, dict[str, object]]:
    """Shares of turns, by task: what was heard in them, who replied, what the guard finds."""
    tasks = sorted({one.case.task for one in answered})
    groups = {"": list(answered)} | {
        name: [one for one in answered if one.case.task == name] for name in tasks
    }

    def of(rows: Sequence[_Answered], test: Callable[[Said], bool]) -> dict[str, object]:
        return Share(sum(test(one.said) for one in rows), len(rows)).as_dict()

    return {
        name: {
            "request_heard": of(rows, lambda said: said.request not in {"", "none"}),
            "risk_heard": of(rows, lambda said: said.level > 0),
            "template": of(rows, lambda said: said.mode not in _BY_THE_MODEL),
            "guard": of(rows, lambda said: bool(said.guard)),
        }
        for name, rows in groups.items()
    }


def _heard_table(words: Words, heard: dict[str, dict[str, object]]) -> Table:
    columns = ("request_heard", "risk_heard", "template", "guard")
    rows = [
        (name or words("all"), *(share(found[column]) for column in columns))
        for name, found in heard.items()
    ]
    return words.table("heard", ("group", *columns), rows)


def _scores_table(words: Words, found: dict[str, object]) -> Table:
    rows = [_row(words("all"), found["all"])]
    for part in ("tasks", "attacks"):
        tables = found[part]
        if isinstance(tables, dict):
            rows += [_row(name, one) for name, one in tables.items()]
    columns = ("group", "count", *safedial.AXES, "attack_success")
    return words.table("safety", columns, rows)


def _row(name: str, table: object) -> tuple[str, ...]:
    success = table["attack_success"] if isinstance(table, dict) else None
    return (*scores_row(name, table, safedial.AXES), share(success))


def _tallied(terminal: Terminal, files: Sequence[Path], out: Path | None, *, as_json: bool) -> None:
    """A report on scores that were read back."""
    verdicts = read_verdicts(files, ["safety"])
    found = safedial.figures(verdicts)
    done = sum(one.scores is not None for one in verdicts)
    cut = ("fact_cut", f"≤ {safedial.CUT:g}")
    subject = Subject(_KIND, files, done, len(verdicts), facts=[cut])
    tables = [_scores_table(Words(terminal), found)]
    report = make_report(terminal, subject, tables, {"scores": found})
    give_out(terminal, report, out, as_object=as_json)
