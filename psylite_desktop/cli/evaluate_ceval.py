"""`psylite evaluate ceval`: Chinese questions with four answers, by log-probability."""

from __future__ import annotations

from pathlib import Path

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.case_input import files_in, read_whole
from psylite_desktop.cli.evaluate_options import (
    FILE_OR_FOLDER,
    anyway_option,
    json_option,
    out_option,
)
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.cli.report_output import Subject, Words, give_out, make_report, progress
from psylite_desktop.cli.stopping import stopping
from psylite_desktop.domain.errors import InputError
from psylite_desktop.evaluation import ceval
from psylite_desktop.evaluation.likelihood import likelihoods
from psylite_desktop.evaluation.report import Table, as_lines, number, share
from psylite_desktop.services.models import PRACTICE_ID


@click.command(name="ceval")
@click.option(
    "--cases",
    "path",
    required=True,
    type=FILE_OR_FOLDER,
    help="SUBJECT_val.csv, or a folder with such files; SUBJECT_dev.csv stands beside them, or in "
    "a folder dev beside theirs.",
)
@click.option(
    "--model", default=PRACTICE_ID, show_default=True, help="A GGUF file or a catalogue id."
)
@click.option(
    "--shots", type=click.IntRange(min=0, max=ceval.SHOTS), default=ceval.SHOTS, show_default=True
)
@anyway_option
@out_option
@json_option
@common_options
def command(
    terminal: Terminal,
    *,
    path: Path,
    model: str,
    shots: int,
    load_anyway: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """Accuracy by subject: the letter counts that the model holds most likely."""
    files, subjects = _read(path, shots)
    file = build_services(terminal.paths).models.resolve(model)
    asked = [(subject, one) for subject in subjects for one in subject.questions]
    words = Words(terminal)
    outcomes: list[ceval.Outcome] = []
    with stopping() as stopped:
        found = likelihoods(
            file,
            [ceval.asked_of(subject, one, shots) for subject, one in asked],
            tuning=terminal.paths.tuning,
            anyway=load_anyway,
            stopped=stopped,
        )
        with progress(words("step_likelihood"), len(asked), quiet=as_json) as step:
            for place, answer in found:
                outcomes.append(ceval.outcome(*asked[place], answer))
                step()
    figures = ceval.figures(outcomes)
    subject = Subject(
        "ceval",
        files,
        len(outcomes),
        len(asked),
        model=file,
        more={"shots": shots},
        facts=[("fact_shots", _given(figures))],
    )
    report = make_report(terminal, subject, [_table(words, figures)], figures)
    rows = as_lines(_row(one) for one in outcomes)
    give_out(terminal, report, out, as_object=as_json, files={"answers.jsonl": rows})


def _read(path: Path, shots: int) -> tuple[list[Path], list[ceval.Subject]]:
    """The files that were read, and their subjects. Raises InputError."""
    files: list[Path] = []
    subjects: list[ceval.Subject] = []
    for file in files_in(path, "*.csv"):
        name, split = ceval.subject_of(file.stem)
        if path.is_dir() and split != "val":
            continue
        examples: list[ceval.Question] = []
        beside = _examples_of(file, name)
        if shots and beside is not None:
            examples = read_whole(beside, ceval.parse_questions)
            files.append(beside)
        questions = read_whole(file, ceval.parse_questions)
        files.append(file)
        subjects.append(ceval.Subject(name, tuple(examples), tuple(questions)))
    if not any(one.questions for one in subjects):
        raise InputError("input_no_cases", file=path.name or str(path))
    return files, subjects


def _examples_of(file: Path, name: str) -> Path | None:
    """The file with the examples of a subject."""
    for folder in (file.parent, file.parent.parent / "dev"):
        beside = folder / f"{name}_dev.csv"
        if beside.is_file() and beside != file:
            return beside
    return None


def _given(figures: dict[str, object]) -> str:
    """How many examples stood before the questions: fewer where they were too long for it."""
    given = figures["shots_given"]
    return "–".join(str(one) for one in dict.fromkeys(given)) if isinstance(given, list) else "0"


def _table(words: Words, figures: dict[str, object]) -> Table:
    subjects = figures["subjects"]
    assert isinstance(subjects, dict)  # noqa: S101 - for the type checker
    rows = [
        (f"{ceval.subjects().get(name, name)} ({name})", share(one))
        for name, one in subjects.items()
    ]
    rows.append((words("mean_of_subjects"), number(figures["mean_of_subjects"])))
    rows.append((words("all"), share(figures["all"])))
    return words.table("subjects", ("subject", "accuracy"), rows)


def _row(one: ceval.Outcome) -> dict[str, object]:
    return {
        "subject": one.subject,
        "id": one.question.id,
        "right": one.question.right,
        "chosen": one.chosen,
        "logs": [round(log, 4) for log in one.logs],
        "shots": one.shots,
    }
