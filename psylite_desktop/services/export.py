"""Taking things out of the vault by explicit choice: name what, then write one file.

An export goes step by step, so that whoever runs it can show how far it is and stop it. The file
is put together in memory and written whole (`outgoing_file`); nothing of it is ever logged.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from psylite_desktop.domain.export import ExportFormat, ExportStep, Part, Row, Scope
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.export_formats.csv_zip import CsvZipEncoder
from psylite_desktop.services.export_formats.markdown import MarkdownEncoder
from psylite_desktop.services.export_formats.own_json import JsonEncoder
from psylite_desktop.services.export_formats.readable import ReadableEncoder
from psylite_desktop.services.export_names import ExportNames, ExportTexts, ExportWords
from psylite_desktop.services.export_sections import Section, stamp
from psylite_desktop.services.outgoing_file import write_whole

ROWS_A_STEP = 100


class Encoder(Protocol):
    """Puts a file together."""

    def begin_section(self, section: str) -> None:
        """What follows belongs to this section."""
        ...

    def add(self, row: Row) -> None:
        """Take one item in."""
        ...

    def finish(self) -> bytes:
        """The whole file."""
        ...


class ExportService:
    """What can leave the vault of one profile. Methods raise VaultError."""

    def __init__(self, sections: Sequence[Section], texts: ExportTexts, clock: Clock) -> None:
        self._sections = tuple(sections)
        self._texts = texts
        self._clock = clock

    def encoder(
        self, kind: ExportFormat, scope: Scope, *, lang: str, words: ExportWords
    ) -> Encoder:
        """What puts a file of this kind together; a PDF is painted from its paragraphs."""
        made_at = stamp(self._clock.now())
        names = ExportNames(self._texts, lang=lang, words=words)
        match kind:
            case ExportFormat.JSON:
                return JsonEncoder(scope, made_at=made_at)
            case ExportFormat.CSV:
                return CsvZipEncoder(names)
            case ExportFormat.MARKDOWN:
                return MarkdownEncoder(names, scope, made_at=made_at)
            case ExportFormat.PDF:
                return ReadableEncoder(names, scope, made_at=made_at)

    @property
    def section_ids(self) -> tuple[str, ...]:
        """What can be chosen, in the order in which it is offered."""
        return tuple(section.id for section in self._sections)

    def preview(self, scope: Scope, chosen: Collection[str] | None = None) -> tuple[Part, ...]:
        """How much there is of each chosen section, of all where None are named."""
        return tuple(
            Part(section.id, sum(1 for _ in section.rows(scope)))
            for section in self._sections
            if chosen is None or section.id in chosen
        )

    def job(
        self, scope: Scope, chosen: Collection[str], encoder: Encoder, target: Path | None
    ) -> ExportJob:
        """An export that has not begun; without `target` the bytes stay in memory."""
        sections = [section for section in self._sections if section.id in chosen]
        return ExportJob(sections, scope, encoder, target)


class ExportJob:
    """One export. `step` is for one thread at a time; `stop` for any."""

    def __init__(
        self, sections: Sequence[Section], scope: Scope, encoder: Encoder, target: Path | None
    ) -> None:
        self._sections = tuple(sections)
        self._scope = scope
        self._encoder = encoder
        self._target = target
        self._stop = threading.Event()
        self._rows: Iterator[Row | str] | None = None
        self._done = 0
        self._total = 0
        self.data = b""

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped; it then leaves no file."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End it where it is."""
        self._stop.set()

    def step(self) -> ExportStep:
        """Do a part; the last part writes the file. Raises VaultError, ExportError."""
        if self.is_stopped:
            return ExportStep(self._done, self._total)
        if self._rows is None:
            self._total = sum(1 for s in self._sections for _ in s.rows(self._scope))
            self._rows = self._read()
            return ExportStep(0, self._total)
        for item in self._rows:
            if self.is_stopped:
                return ExportStep(self._done, self._total)
            if isinstance(item, str):
                self._encoder.begin_section(item)
                continue
            self._encoder.add(item)
            self._done += 1
            if self._done % ROWS_A_STEP == 0:
                return ExportStep(self._done, max(self._total, self._done))
        return self._finish()

    def run(self, told: Callable[[ExportStep], None] = lambda _step: None) -> bool:
        """Do all of it; False where it was stopped. Raises VaultError, ExportError."""
        while not self.is_stopped:
            step = self.step()
            told(step)
            if step.finished:
                return True
        return False

    def _finish(self) -> ExportStep:
        data = self._encoder.finish()
        if self._target is None:
            self.data = data
        elif not write_whole(self._target, data, stopped=lambda: self.is_stopped):
            return ExportStep(self._done, self._total)
        return ExportStep(self._done, self._done, finished=True, size=len(data))

    def _read(self) -> Iterator[Row | str]:
        for section in self._sections:
            yield section.id
            yield from section.rows(self._scope)


def suggested_name(day: str, kind: ExportFormat) -> str:
    """A file name that says nothing about anybody."""
    return f"export-{day}.{kind.value}"
