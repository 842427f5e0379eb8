"""Self-rating scales: wording, keys and bands, Chinese and English, checked against each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Day, Id, Lang, Sentence
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.scale import Band, Choice, Part, RiskItem, Scale

_Number = Annotated[int, msgspec.Meta(ge=0, le=200)]


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the wording of the items comes from; the plain sentences around it are our own."""

    lang: Lang
    source: Sentence
    licence: Sentence
    reviewed_on: Day | None = None


class BandEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range of scores."""

    id: Id
    low: _Number
    high: _Number
    talk: bool
    name: Sentence
    sentence: Sentence


class PartEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A total or a subscale."""

    id: Id
    name: Sentence
    typed: tuple[_Number, _Number]
    band: Annotated[tuple[BandEntry, ...], msgspec.Meta(min_length=1)]
    items: tuple[_Number, ...] = ()
    factor: Annotated[int, msgspec.Meta(ge=1, le=10)] = 1
    change: _Number = 0


class RiskEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item that speaks of danger."""

    item: Annotated[int, msgspec.Meta(ge=1)]
    at_least: Annotated[int, msgspec.Meta(ge=1)]
    level: Annotated[int, msgspec.Meta(ge=1, le=3)]
    question: str = ""


class ScaleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The scale as a whole. `place` orders the list; `limits` says what a score does not mean."""

    id: Id
    place: _Number
    name: Sentence
    full_name: Sentence
    about: Sentence
    limits: Sentence
    again_after_days: Annotated[int, msgspec.Meta(ge=7, le=60)]
    higher_is_better: bool = False


class ChoiceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer and its points."""

    points: _Number
    text: Sentence


class WordingEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The items word by word."""

    lead: Sentence
    choices: Annotated[tuple[ChoiceEntry, ...], msgspec.Meta(min_length=2)]
    items: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]


class ClosedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why the items are not shown, and what to type in instead."""

    reason: Sentence
    typed_lead: Sentence


class ScaleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/scales/<id>.toml: either `wording` or `closed`."""

    about: About
    scale: ScaleEntry
    part: Annotated[tuple[PartEntry, ...], msgspec.Meta(min_length=1)]
    risk: tuple[RiskEntry, ...] = ()
    wording: WordingEntry | None = None
    closed: ClosedEntry | None = None


class ScaleTexts:
    """All scales of both languages."""

    def __init__(self, scales: Mapping[str, tuple[Scale, ...]]) -> None:
        """`scales` is keyed by language, in the order of the list."""
        self._scales = dict(scales)

    @classmethod
    def load(cls, assets_dir: Path) -> ScaleTexts:
        """Read content/{zh,en}/scales/*.toml. Raises InputError("content_invalid")."""
        folder = assets_dir / "content"
        files = {lang: _read(folder / lang / "scales", lang) for lang in LANGS}
        _check_twins(files, folder)
        return cls({lang: _scales(found) for lang, found in files.items()})

    def scales(self, lang: str) -> tuple[Scale, ...]:
        """All scales in the order of the list."""
        return self._scales[lang]

    def scale(self, scale_id: str, lang: str) -> Scale:
        """One scale. Raises KeyError."""
        return {scale.id: scale for scale in self._scales[lang]}[scale_id]


def _read(folder: Path, lang: str) -> dict[str, ScaleFile]:
    found = {}
    for path in sorted(folder.glob("*.toml")):
        file = read_toml(path, ScaleFile)
        if file.about.lang != lang:
            raise invalid(path, where="about.lang", reason=f"must be {lang}")
        if file.scale.id != path.stem:
            raise invalid(path, where="scale.id", reason="must be the name of the file")
        if (file.wording is None) == (file.closed is None):
            raise invalid(path, where="wording", reason="must have either wording or closed")
        for part in file.part:
            _check_part(part, file, path)
        for risk in file.risk:
            if file.wording is not None and risk.item > len(file.wording.items):
                raise invalid(path, where="risk.item", reason="no such item")
        found[file.scale.id] = file
    return found


def _check_part(part: PartEntry, file: ScaleFile, path: Path) -> None:
    """Bands must run from the lowest to the highest score without gap or overlap."""
    for before, after in zip(part.band, part.band[1:], strict=False):
        if after.low != before.high + 1:
            raise invalid(path, where=f"part.{part.id}", reason="bands have a gap or overlap")
    low, high = (bound * part.factor for bound in part.typed)
    if (part.band[0].low, part.band[-1].high) != (low, high):
        raise invalid(path, where=f"part.{part.id}", reason="bands do not cover the range")
    if file.wording is None:
        return
    points = [choice.points for choice in file.wording.choices]
    if not part.items or max(part.items) > len(file.wording.items) or min(part.items) < 1:
        raise invalid(path, where=f"part.{part.id}", reason="items are missing")
    count = len(part.items)
    if part.typed != (min(points) * count, max(points) * count):
        raise invalid(path, where=f"part.{part.id}", reason="typed does not fit the items")


def _key(file: ScaleFile) -> object:
    """What must be the same in both languages: everything that is not wording."""
    parts = tuple(
        (
            part.id,
            part.typed,
            part.items,
            part.factor,
            part.change,
            tuple((band.id, band.low, band.high, band.talk) for band in part.band),
        )
        for part in file.part
    )
    risks = tuple((risk.item, risk.at_least, risk.level) for risk in file.risk)
    scale = file.scale
    return (parts, risks, scale.place, scale.again_after_days, scale.higher_is_better)


def _check_twins(files: Mapping[str, Mapping[str, ScaleFile]], folder: Path) -> None:
    one, other = (files[lang] for lang in LANGS)
    if set(one) != set(other):
        raise invalid(folder, where=min(set(one) ^ set(other)), reason="zh or en lacks this scale")
    for scale_id, file in one.items():
        if _key(file) != _key(other[scale_id]):
            raise invalid(folder, where=scale_id, reason="zh and en are scored differently")


def _scales(files: Mapping[str, ScaleFile]) -> tuple[Scale, ...]:
    ordered = sorted(files.values(), key=lambda file: file.scale.place)
    return tuple(_scale(file) for file in ordered)


def _scale(file: ScaleFile) -> Scale:
    entry, wording, closed = file.scale, file.wording, file.closed
    choices = wording.choices if wording is not None else ()
    return Scale(
        id=entry.id,
        lang=file.about.lang,
        name=entry.name,
        full_name=entry.full_name,
        about=entry.about,
        limits=entry.limits,
        source=file.about.source,
        licence=file.about.licence,
        lead=wording.lead if wording is not None else "",
        items=wording.items if wording is not None else (),
        choices=tuple(Choice(choice.points, choice.text) for choice in choices),
        parts=tuple(_part(part) for part in file.part),
        risks=tuple(
            RiskItem(risk.item, risk.at_least, Level(risk.level), risk.question)
            for risk in file.risk
        ),
        again_after_days=entry.again_after_days,
        higher_is_better=entry.higher_is_better,
        reason=closed.reason if closed is not None else "",
        typed_lead=closed.typed_lead if closed is not None else "",
    )


def _part(part: PartEntry) -> Part:
    return Part(
        id=part.id,
        items=part.items,
        factor=part.factor,
        typed_low=part.typed[0],
        typed_high=part.typed[1],
        change=part.change,
        name=part.name,
        bands=tuple(
            Band(band.id, band.low, band.high, band.talk, band.name, band.sentence)
            for band in part.band
        ),
    )
