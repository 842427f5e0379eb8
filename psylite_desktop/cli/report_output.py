"""Where reports of evaluations go: the terminal, and files that are whole or not there."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from psylite_desktop.cli.options import Terminal
from psylite_desktop.domain.errors import ExportError, InputError
from psylite_desktop.evaluation.report import Report, Table, as_json, file_facts, markdown
from psylite_desktop.services.outgoing_file import write_whole

REPORT = "report"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was measured: files of cases, a model, a judge; and how much of it was done."""

    kind: str
    cases: Sequence[Path]
    done: int
    total: int
    model: Path | None = None
    judge: Path | None = None
    more: Mapping[str, object] = field(default_factory=dict)
    """Further settings, for the JSON report."""
    facts: Sequence[tuple[str, str]] = ()
    """The same for people: ids of words, and values."""


class Words:
    """Words of reports in the language of the terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def __call__(self, name: str, /, **facts: str | float) -> str:
        """A word by its id."""
        return self._terminal.texts.text(self._terminal.lang, f"evaluate.{name}", **facts)

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
        """A table; columns are ids of words, cells are texts already."""
        heads = tuple(self(f"column_{column}") for column in columns)
        return Table(self(f"table_{name}"), heads, tuple(tuple(row) for row in rows))


def make_report(
    terminal: Terminal, subject: Subject, tables: Sequence[Table], figures: Mapping[str, object]
) -> Report:
    """Put a report together. Raises InputError (input_file) where a file has gone meanwhile."""
    words = Words(terminal)
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    version = importlib.metadata.version("psylite-desktop")
    model, judge = _hashed(subject.model), _hashed(subject.judge)
    cases = [one for one in map(_hashed, subject.cases) if one is not None]
    facts = [
        (words("fact_made"), made),
        (words("fact_version"), version),
        *((words("fact_model"), words("file_hash", **one)) for one in (model,) if one),
        *((words("fact_judge"), words("file_hash", **one)) for one in (judge,) if one),
        *((words("fact_cases"), words("file_hash", **one)) for one in cases),
        (words("fact_complete"), words("done_of", done=subject.done, total=subject.total)),
        *((words(name), value) for name, value in subject.facts),
    ]
    data = {
        "kind": subject.kind,
        "made": made,
        "version": version,
        "model": model,
        "judge": judge,
        "cases": cases,
        "done": subject.done,
        "total": subject.total,
        "complete": subject.done == subject.total,
        **subject.more,
        **figures,
    }
    return Report(words(f"title_{subject.kind}"), tuple(facts), tuple(tables), data)


def give_out(
    terminal: Terminal,
    report: Report,
    out: Path | None,
    *,
    as_object: bool,
    files: Mapping[str, str] | None = None,
) -> None:
    """Print a report, and write it with other `files` by name into a folder. Raises ExportError."""
    if out is not None:
        whole = {
            **(files or {}),
            f"{REPORT}.md": markdown(report),
            f"{REPORT}.json": as_json(report.data),  # last: where it is, everything is
        }
        make_folder(out)
        for name, text in whole.items():
            write_whole(out / name, text.encode("utf-8"))
    click.echo(as_json(report.data) if as_object else markdown(report), nl=False)
    words = Words(terminal)
    done, total = int(str(report.data["done"])), int(str(report.data["total"]))
    if done < total:
        click.echo(words("stopped", done=done, total=total), err=True)
    if out is not None:
        click.echo(words("written_to", folder=str(out)), err=True)


def make_folder(folder: Path) -> None:
    """Have a folder that can be written to. Raises ExportError (export_denied)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ExportError("export_denied", path=str(folder)) from None


@contextmanager
def progress(label: str, length: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr, where somebody can see one; call what comes with each step."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=quiet) as bar:
        yield lambda: bar.update(1)


def _hashed(path: Path | None) -> dict[str, str | int] | None:
    if path is None:
        return None
    try:
        return file_facts(path)
    except OSError:
        raise InputError("input_file", file=path.name) from None
