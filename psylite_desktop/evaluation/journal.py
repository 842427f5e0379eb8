"""How well the Mirror reads: themes, tone and habits of thought on labelled entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.mirror import Distortion, Mirror, Theme
from psylite_desktop.evaluation.crisis import language_of
from psylite_desktop.evaluation.intervals import Share


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """An entry and what was read out of it."""

    case: Case
    mirror: Mirror


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found, what of it is right, and what was there."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> Share:
        """Of what was found, what is right."""
        return Share(self.right, self.found)

    @property
    def recall(self) -> Share:
        """Of what is there, what was found."""
        return Share(self.right, self.there)

    @property
    def f1(self) -> float | None:
        """Harmonic mean; None where nothing was found and nothing was there."""
        total = self.found + self.there
        return 2 * self.right / total if total else None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        f1 = None if self.f1 is None else round(self.f1, 4)
        return {
            "f1": f1,
            "precision": self.precision.as_dict(),
            "recall": self.recall.as_dict(),
        }


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
        lang=language_of(text),
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


def judge(cases: Iterable[Case], reflect: Callable[[str], Mirror]) -> list[Outcome]:
    """Read every entry."""
    return [Outcome(case, reflect(case.text)) for case in cases]


def by_theme(outcomes: Sequence[Outcome]) -> dict[str, Counts]:
    """Counts of every theme."""
    return {
        theme.value: Counts(
            right=sum(theme in one.case.themes and theme in _found(one) for one in outcomes),
            found=sum(theme in _found(one) for one in outcomes),
            there=sum(theme in one.case.themes for one in outcomes),
        )
        for theme in Theme
    }


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Counts]:
    """Counts of every habit; one is right where kind and place meet a label not taken yet."""
    right = dict.fromkeys(Distortion, 0)
    for one in outcomes:
        left = list(one.case.distortions)
        for found in one.mirror.distortions:
            met = next(
                (
                    label
                    for label in left
                    if label.kind is found.kind
                    and label.start < found.end
                    and label.end > found.start
                ),
                None,
            )
            if met is not None:
                left.remove(met)
                right[found.kind] += 1
    return {
        kind.value: Counts(
            right=right[kind],
            found=sum(said.kind is kind for one in outcomes for said in one.mirror.distortions),
            there=sum(said.kind is kind for one in outcomes for said in one.case.distortions),
        )
        for kind in Distortion
    }


def together(counts: Iterable[Counts]) -> Counts:
    """All of them as one (micro average)."""
    rows = list(counts)
    return Counts(
        sum(one.right for one in rows),
        sum(one.found for one in rows),
        sum(one.there for one in rows),
    )


def macro_f1(counts: Iterable[Counts]) -> float | None:
    """Mean F1 of what is there at all."""
    found = [one.f1 or 0.0 for one in counts if one.there]
    return sum(found) / len(found) if found else None


def tone_within(outcomes: Sequence[Outcome], most: int) -> Share:
    """Entries whose tone is at most `most` steps off."""
    near = sum(abs(one.mirror.tone - one.case.tone) <= most for one in outcomes)
    return Share(near, len(outcomes))


def figures(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Everything, for JSON."""
    themes, kinds = by_theme(outcomes), by_kind(outcomes)
    macro = macro_f1(themes.values())
    return {
        "entries": len(outcomes),
        "themes": together(themes.values()).as_dict()
        | {"macro_f1": None if macro is None else round(macro, 4)},
        "tone_within_1": tone_within(outcomes, 1).as_dict(),
        "tone_exact": tone_within(outcomes, 0).as_dict(),
        "distortions": together(kinds.values()).as_dict(),
        "by_theme": {name: one.as_dict() for name, one in themes.items() if one.found or one.there},
        "by_kind": {name: one.as_dict() for name, one in kinds.items() if one.found or one.there},
    }


def _found(one: Outcome) -> set[Theme]:
    return {found.theme for found in one.mirror.themes}
