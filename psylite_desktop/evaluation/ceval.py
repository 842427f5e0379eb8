"""C-Eval: Chinese questions with four answers, to see whether a model got worse.

Files `SUBJECT_dev.csv` (five examples with answers) and `SUBJECT_val.csv` with the columns id,
question, A, B, C, D, answer and perhaps explanation (arXiv 2305.08322). The letter counts that the
model holds most likely right after the published prompt.
"""

from __future__ import annotations

import csv
import io
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from psylite_desktop.domain.likelihood import Asked, Likelihood
from psylite_desktop.evaluation.case_fields import BadRowError, plain
from psylite_desktop.evaluation.intervals import Share

LETTERS = ("A", "B", "C", "D")
COLUMNS = ("id", "question", *LETTERS, "answer")
SHOTS = 5
SPLITS = ("dev", "val", "test")
TABLE = Path(__file__).with_name("ceval_subjects.toml")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its four answers and the letter of the right one."""

    id: str
    text: str
    answers: tuple[str, str, str, str]
    right: str

    def asked(self) -> str:
        """As the published prompt writes it, up to where the letter comes."""
        lines = [f"{letter}. {one}" for letter, one in zip(LETTERS, self.answers, strict=True)]
        return "\n".join([self.text, *lines, "答案："])

    def answered(self) -> str:
        """The same with the letter, as an example."""
        return f"{self.asked()}{self.right}\n\n"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its examples and the questions to be answered."""

    name: str
    examples: tuple[Question, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what was held likely: log-probabilities of the letters, and shots given.

    `chosen` is empty where the question was longer than the context.
    """

    subject: str
    question: Question
    chosen: str
    logs: tuple[float, ...]
    shots: int

    @property
    def is_right(self) -> bool:
        """Whether it chose well."""
        return self.chosen == self.question.right


def subject_of(stem: str) -> tuple[str, str]:
    """Subject and split of a file's name without its ending; the split is empty without one."""
    name, _, split = stem.rpartition("_")
    return (name, split) if name and split in SPLITS else (stem, "")


def parse_questions(text: str) -> list[Question]:
    """Read a CSV file. Raises BadRowError."""
    rows = _rows(text)
    header = [one.strip() for one in next(rows, (1, []))[1]]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise BadRowError(1, f'column "{missing[0]}" is missing')
    questions = []
    for line, cells in rows:
        if not any(one.strip() for one in cells):
            continue
        if len(cells) != len(header):
            raise BadRowError(line, f"{len(cells)} fields instead of {len(header)}")
        questions.append(_question(line, dict(zip(header, cells, strict=True))))
    return questions


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the lines that they begin on: a field in quotation marks may hold line ends."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadRowError(line, f"not CSV: {error}") from None
        yield line, cells


def _question(line: int, row: Mapping[str, str]) -> Question:
    values = {name: plain(row[name]).strip() for name in COLUMNS}
    for name in ("question", *LETTERS):
        if not values[name]:
            raise BadRowError(line, f'field "{name}" is empty')
    right = values["answer"].upper()
    if right not in LETTERS:
        raise BadRowError(line, 'field "answer" is not A, B, C or D')
    first, second, third, fourth = (values[letter] for letter in LETTERS)
    return Question(values["id"], values["question"], (first, second, third, fourth), right)


def asked_of(subject: Subject, question: Question, shots: int) -> Asked:
    """The question to a model: the subject, examples, the question; then one of the letters."""
    named = subjects().get(subject.name, subject.name)
    examples = [one for one in subject.examples if one != question][:shots]
    return Asked(
        options=LETTERS,
        head=f"以下是中国关于{named}考试的单项选择题，请选出其中的正确答案。\n\n",
        shots=tuple(one.answered() for one in examples),
        text=question.asked(),
    )


def outcome(subject: Subject, question: Question, answer: Likelihood) -> Outcome:
    """What an answer of the model comes to; the first letter where two are equally likely."""
    chosen = ""
    if answer.fits:
        chosen = LETTERS[max(range(len(LETTERS)), key=answer.logs.__getitem__)]
    return Outcome(subject.name, question, chosen, answer.logs, answer.shots)


def figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Accuracy with its interval: of all questions, by subject, and the mean of the subjects."""
    names = sorted({one.subject for one in outcomes})
    tables = {name: _share([one for one in outcomes if one.subject == name]) for name in names}
    shots = [one.shots for one in outcomes if one.chosen]
    values = [one.value for one in tables.values() if one.value is not None]
    return {
        "all": _share(outcomes).as_dict(),
        "mean_of_subjects": round(math.fsum(values) / len(values), 4) if values else None,
        "chance": 0.25,
        "too_long": sum(not one.chosen for one in outcomes),
        "shots_given": [min(shots), max(shots)] if shots else None,
        "chosen": {letter: sum(one.chosen == letter for one in outcomes) for letter in LETTERS},
        "subjects": {name: one.as_dict() for name, one in tables.items()},
    }


def _share(outcomes: Sequence[Outcome]) -> Share:
    return Share(sum(one.is_right for one in outcomes), len(outcomes))


@lru_cache(maxsize=1)
def subjects() -> dict[str, str]:
    """Chinese names of the 52 subjects, by their English ones."""
    found: dict[str, str] = tomllib.loads(TABLE.read_text("utf-8"))["subjects"]
    return found
