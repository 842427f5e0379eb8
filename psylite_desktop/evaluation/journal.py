"""How well the Mirror reads: themes, tone and habits of thought on labelled entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.mirror import Distortion, Mirror, Theme
from psylite_desktop.evaluation.intervals import Share
from psylite_desktop.services.mirror_cases import Case


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
