"""The page that says how the app listens for danger: its words and its measured figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from psylite_desktop.content.crisis import LANGS, About
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Day, Id, Lang, Sentence

ROWS = ("noticed", "card", "emergency-card", "watch", "false-card", "false-alert")
"""Rows of the table in their order; the first four are better high, the last two better low."""
SECTIONS = ("kinds", "levels", "layers", "figures", "limits", "corrections")

_Row = Literal["noticed", "card", "emergency-card", "watch", "false-card", "false-alert"]
_Text = Annotated[str, msgspec.Meta(max_length=2000)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class ProtocolHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above the sections."""

    title: Sentence
    intro: Sentence


class ProtocolItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing of a section: its name and a sentence about it."""

    id: Id
    name: Sentence
    text: Sentence


class ProtocolSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One section; `note` stands small below everything else."""

    id: Id
    title: Sentence
    text: _Text = ""
    item: tuple[ProtocolItem, ...] = ()
    note: _Text = ""


class ProtocolFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/protocol.toml."""

    about: About
    page: ProtocolHead
    section: tuple[ProtocolSection, ...]
    rows: dict[_Row, Sentence]


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`hits` of `total`, with the 95 % interval of the share."""

    hits: Annotated[int, msgspec.Meta(ge=0)]
    total: Annotated[int, msgspec.Meta(ge=1)]
    interval: tuple[_Share, _Share]

    @property
    def share(self) -> float:
        """The share, 0 to 1."""
        return self.hits / self.total


class FigureSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one run measured in one language, with or without the engine."""

    lang: Lang
    engine: bool
    cases: Annotated[int, msgspec.Meta(ge=1)]
    rows: dict[_Row, Figure]


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/protocol_figures.toml."""

    measured_on: Day
    set: tuple[FigureSet, ...]

    def of(self, lang: str, *, engine: bool) -> FigureSet | None:
        """A run, or None where it was not measured yet."""
        found = (one for one in self.set if (one.lang, one.engine) == (lang, engine))
        return next(found, None)


class ProtocolTexts:
    """The words of the protocol page, and its figures."""

    def __init__(self, files: Mapping[str, ProtocolFile], figures: Figures) -> None:
        """`files` is keyed by language."""
        self._files = dict(files)
        self.figures = figures

    @classmethod
    def load(cls, assets_dir: Path) -> ProtocolTexts:
        """Read content/{zh,en}/protocol.toml and content/protocol_figures.toml.

        Raises InputError("content_invalid").
        """
        folder = assets_dir / "content"
        files = {lang: _file(folder / lang / "protocol.toml", lang) for lang in LANGS}
        one, other = (_ids(files[lang]) for lang in LANGS)
        if one != other:
            raise invalid(folder, where="section", reason="zh and en differ in ids or order")
        return cls(files, _figures(folder / "protocol_figures.toml"))

    def head(self, lang: str) -> ProtocolHead:
        """Title and introduction."""
        return self._files[lang].page

    def sections(self, lang: str) -> tuple[ProtocolSection, ...]:
        """All sections in their order."""
        return self._files[lang].section

    def row(self, row: str, lang: str) -> str:
        """What a row of the table counts, in plain words."""
        return next(text for name, text in self._files[lang].rows.items() if name == row)


def _file(path: Path, lang: str) -> ProtocolFile:
    file = read_toml(path, ProtocolFile)
    if file.about.lang != lang:
        raise invalid(path, where="about.lang", reason=f"must be {lang}")
    if tuple(section.id for section in file.section) != SECTIONS:
        raise invalid(path, where="section", reason=f"must be {', '.join(SECTIONS)}")
    if set(file.rows) != set(ROWS):
        raise invalid(path, where="rows", reason=f"must be {', '.join(ROWS)}")
    return file


def _ids(file: ProtocolFile) -> list[tuple[str, list[str]]]:
    return [(section.id, [item.id for item in section.item]) for section in file.section]


def _figures(path: Path) -> Figures:
    figures = read_toml(path, Figures)
    if len({(one.lang, one.engine) for one in figures.set}) != len(figures.set):
        raise invalid(path, where="set", reason="a run stands twice")
    for one in figures.set:
        where = f"{one.lang} engine={str(one.engine).lower()}"
        if set(one.rows) != set(ROWS):
            raise invalid(path, where=where, reason=f"rows must be {', '.join(ROWS)}")
        for row, figure in one.rows.items():
            low, high = figure.interval
            # The interval is printed with four places.
            if not low - 1e-4 <= figure.share <= high + 1e-4:
                raise invalid(path, where=f"{where} {row}", reason="share outside its interval")
    return figures
