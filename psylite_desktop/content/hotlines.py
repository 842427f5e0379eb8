"""Help lines out of `assets/hotlines.toml`, checked and in the order of the card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Day, Id, Sentence
from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.settings import REGIONS

_Texts = dict[str, Sentence]
_Digits = Annotated[str, msgspec.Meta(pattern=r"^\+?[0-9]*$", max_length=16)]


class HotlineEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[line]]`; `rank` is the order within its region, `service` says which emergency."""

    id: Id
    region: str
    rank: Annotated[int, msgspec.Meta(ge=1)]
    number: Annotated[str, msgspec.Meta(min_length=3, max_length=20)]
    dial: _Digits
    use: Literal["emergency", "suicide", "emotional", "youth", "abuse", "women"]
    languages: tuple[str, ...]
    name: _Texts
    hours: _Texts
    for_whom: _Texts
    sources: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    checked_on: Day
    sms: _Digits = ""
    service: Literal["", "all", "ambulance", "police"] = ""
    one_source: bool = False


class HotlineFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """hotlines.toml."""

    licence: str
    line: tuple[HotlineEntry, ...]


def load_hotlines(assets_dir: Path) -> tuple[Hotline, ...]:
    """Read and check the help lines: by region, in the card's order, emergency numbers last.

    Where a region has an ambulance and a police number, the ambulance comes first.
    Raises InputError("content_invalid").
    """
    path = assets_dir / "hotlines.toml"
    entries = read_toml(path, HotlineFile).line
    for entry in entries:
        _check(entry, path)
    if len({entry.id for entry in entries}) != len(entries):
        raise invalid(path, where="line", reason="an id stands twice")
    ordered = sorted(entries, key=lambda entry: (REGIONS.index(entry.region), entry.rank))
    for region in REGIONS:
        _check_region(region, [entry for entry in ordered if entry.region == region], path)
    return tuple(_hotline(entry) for entry in ordered)


def _check(entry: HotlineEntry, path: Path) -> None:
    digits = "".join(char for char in entry.number if char.isdigit())
    reason = ""
    if entry.region not in REGIONS:
        reason = f"no such region: {entry.region}"
    elif entry.dial.lstrip("+") not in ("", digits):
        reason = "dial and number differ"
    elif not entry.dial and not entry.sms:
        reason = "neither dial nor sms"
    elif any(set(texts) != {"zh", "en"} for texts in (entry.name, entry.hours, entry.for_whom)):
        reason = "zh or en is missing"
    elif (entry.use == "emergency") != bool(entry.service):
        reason = "service goes with emergency numbers only"
    elif len(entry.sources) < 2 and not entry.one_source:
        reason = "one source, and not marked so"
    if reason:
        raise invalid(path, where=entry.id, reason=reason)


def _check_region(region: str, entries: list[HotlineEntry], path: Path) -> None:
    lines = [entry for entry in entries if entry.use != "emergency"]
    emergency = [entry for entry in entries if entry.use == "emergency"]
    reason = ""
    if not lines or not emergency:
        reason = "a line and an emergency number are needed"
    elif lines[0].one_source or lines[0].use not in ("suicide", "emotional"):
        reason = "the first line must be for anyone in crisis and have two sources"
    elif entries[len(lines) :] != emergency:
        reason = "emergency numbers come last"
    elif emergency[0].service == "police":
        reason = "the ambulance comes before the police"
    if reason:
        raise invalid(path, where=region, reason=reason)


def _hotline(entry: HotlineEntry) -> Hotline:
    return Hotline(
        id=entry.id,
        region=entry.region,
        number=entry.number,
        dial=entry.dial,
        sms=entry.sms,
        use=entry.use,
        name=dict(entry.name),
        hours=dict(entry.hours),
        languages=entry.languages,
        for_whom=dict(entry.for_whom),
        sources=entry.sources,
        checked_on=entry.checked_on,
        one_source=entry.one_source,
    )
