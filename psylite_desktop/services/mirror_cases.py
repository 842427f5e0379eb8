"""Labelled journal entries, to measure the Mirror with and to train it."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.mirror import Distortion, Theme
from psylite_desktop.services.prompting import language_of


@dataclass(frozen=True, slots=True)
class Label:
    """A habit of thought and where its quote stands in the entry."""

    kind: Distortion
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled entry."""

    id: str
    lang: str
    text: str
    themes: frozenset[Theme]
    tone: int
    distortions: tuple[Label, ...]


def parse_case(row: dict[str, object]) -> Case:
    """Read a case from a JSON object. Raises ValueError naming the field that is wrong."""
    text, tone = row.get("text"), row.get("tone")
    if not isinstance(text, str):
        raise ValueError('field "text" is missing or not a string')  # noqa: TRY004 - bad input
    if not isinstance(tone, int) or isinstance(tone, bool) or not -2 <= tone <= 2:
        raise ValueError('field "tone" is not a whole number from -2 to 2')
    themes = row.get("themes")
    if not isinstance(themes, list) or not set(map(str, themes)) <= set(Theme):
        raise ValueError('field "themes" is not a list of themes')
    said = row.get("distortions", [])
    if not isinstance(said, list):
        raise ValueError('field "distortions" is not a list')  # noqa: TRY004 - as above
    return Case(
        id=str(row.get("id", "")),
        lang=language_of(text, "zh"),
        text=text,
        themes=frozenset(Theme(str(one)) for one in themes),
        tone=tone,
        distortions=tuple(_label(one, text) for one in said),
    )


def _label(row: object, text: str) -> Label:
    if not isinstance(row, dict) or row.get("kind") not in set(Distortion):
        raise ValueError('field "distortions" names an unknown kind')
    quote = row.get("quote")
    if not isinstance(quote, str) or not quote or quote not in text:
        raise ValueError('field "distortions" has a quote that is not in the text')
    start = text.index(quote)
    return Label(Distortion(row["kind"]), start, start + len(quote))
