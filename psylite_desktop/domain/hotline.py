"""Help lines, as data with sources and the date they were checked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hotline:
    """One line of help.

    `use` is emergency, suicide, emotional, youth, abuse or women. `hours` and `name` are keyed
    by language. `one_source` lines never stand first. `dial` is what a phone dials
    (digits, `+`); empty for lines reached by text only, which then have `sms`.
    """

    id: str
    region: str
    number: str
    dial: str
    sms: str
    use: str
    name: dict[str, str]
    hours: dict[str, str]
    languages: tuple[str, ...]
    for_whom: dict[str, str]
    sources: tuple[str, ...]
    checked_on: str
    one_source: bool = False
