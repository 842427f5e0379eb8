"""`psylite evaluate cpsycoune`: the turn-based procedure, whole talks, and their scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.app_replies import AppReplies
from psylite_desktop.cli.case_input import files_in, read_whole
from psylite_desktop.cli.cpsycoune_play import RUBRICS, Played, play, steps_of
from psylite_desktop.cli.evaluate_options import (
    FILE_OR_FOLDER,
    anyway_option,
    json_option,
    judge_option,
    model_option,
    out_option,
    scores_option,
)
from psylite_desktop.cli.evaluate_text import quality_tables
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
from psylite_desktop.cli.score_tables import scored
from psylite_desktop.cli.stopping import stopping
from psylite_desktop.evaluation import replies
from psylite_desktop.evaluation.cpsycoune import Case, parse_cases
from psylite_desktop.evaluation.judging import Verdict
from psylite_desktop.evaluation.report import as_lines, number

_KIND = "cpsycoune"


@click.command(name=_KIND)
@click.option(
    "--cases",
    "path",
    type=FILE_OR_FOLDER,
    default=None,
    help="JSON lists of lines 求助者：… and 支持者：…: a file, or a folder of them by topic.",
)
@model_option
@judge_option
@scores_option
@click.option(
    "--rubric",
    type=click.Choice([*RUBRICS, "both"]),
    default="both",
    show_default=True,
    help="Turn by turn with the true history, whole talks with the app's own replies, or both.",
)
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
    rubric: str,
    load_anyway: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Replies to every client turn, transcripts of them, and scores by the published rubrics."""
    chosen = RUBRICS if rubric == "both" else (rubric,)
    if score_files:
        _tallied(terminal, read_verdicts(score_files, RUBRICS), score_files, out, as_json=as_json)
        return
    if path is None or out is None:
        raise click.UsageError("--cases and --out are needed, or --scores.")
    files = files_in(path, "*.json")
    cases = [case for file in files for case in read_whole(file, _parser(file))]
    make_folder(out)
    judge_file = None if judge is None else build_services(terminal.paths).models.resolve(judge)
    total = steps_of(cases, chosen)
    words = Words(terminal)
    verdicts: list[tuple[Verdict, str]] = []
    with stopping() as stopped, AppReplies(terminal.paths, model, anyway=load_anyway) as app:
        with progress(words("step_replies"), total, quiet=as_json) as step:
            played = play(app, cases, chosen, stopped, step)
        if judge_file is not None and not stopped():
            with progress(words("step_judging"), len(played.items), quiet=as_json) as step:
                verdicts = judged(
                    app.host,
                    judge_file,
                    played.items,
                    anyway=load_anyway,
                    stopped=stopped,
                    step=step,
                )
    subject = Subject(
        _KIND,
        files,
        sum(played.modes.values()),
        total,
        model=app.model,
        judge=judge_file,
        more={"replies": "app", "judged": len(verdicts), "written_by": played.modes},
        facts=() if app.model else [("fact_replies", words("guided"))],
    )
    _finish(terminal, subject, played, verdicts, out, as_json=as_json)


def _parser(file: Path) -> Callable[[str], list[Case]]:
    return lambda text: parse_cases(text, name=file.stem, topic=file.parent.name)


def _finish(
    terminal: Terminal,
    subject: Subject,
    played: Played,
    verdicts: Sequence[tuple[Verdict, str]],
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Report, transcripts, and what is for judges or was said by one."""
    words = Words(terminal)
    outcomes = replies.judge(played.beside, {})
    by_lang = {
        lang: replies.figures([one for one in outcomes if one.case.lang == lang])
        for lang in replies.LANGS
        if any(one.case.lang == lang for one in outcomes)
    }
    scores, tables = scored(words, [one for one, _ in verdicts], RUBRICS)
    modes = [(mode, number(count)) for mode, count in sorted(played.modes.items())]
    tables += [words.table("modes", ("mode", "replies"), modes), *quality_tables(words, by_lang)]
    report = make_report(terminal, subject, tables, {"scores": scores, "languages": by_lang})
    files = {"transcripts.jsonl": as_lines(played.transcripts)}
    if subject.judge is not None:
        files[VERDICTS] = as_verdicts(verdicts)
    else:
        files[FOR_JUDGES] = for_judges(played.items)
    give_out(terminal, report, out, as_object=as_json, files=files)
    if subject.judge is None:
        click.echo(words("export_written", file=str(out / FOR_JUDGES)), err=True)


def _tallied(
    terminal: Terminal,
    verdicts: Sequence[Verdict],
    files: Sequence[Path],
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """A report on scores that were read back."""
    words = Words(terminal)
    scores, tables = scored(words, verdicts, RUBRICS)
    done = sum(one.scores is not None for one in verdicts)
    subject = Subject(_KIND, files, done, len(verdicts))
    report = make_report(terminal, subject, tables, {"scores": scores})
    give_out(terminal, report, out, as_object=as_json)
