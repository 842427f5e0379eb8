"""Self-rating scales of one profile: scoring as their manuals say, cadence, what is kept.

Sources: the files under assets/content/<lang>/scales; cadence and meaningful change after the
reference "Features", section 2.1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.ports import DraftStore
from psylite_desktop.domain.risk import CALM, Assessment, Kind, Level, Reason, RiskState
from psylite_desktop.domain.scale import Answers, Band, Part, RiskItem, Scale, ScaleRun
from psylite_desktop.domain.stores import ScaleRunStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.screening import Screening

DAY_S = 24 * 3600.0
RESUME_S = DAY_S
"""Answers that wait longer are about other days, and are not taken up again."""


@dataclass(frozen=True, slots=True)
class Change:
    """A difference to the time before; `is_more_than_chance` None where nothing is published."""

    points: int
    before_at: float
    is_more_than_chance: bool | None


class ScaleService:
    """Scales of one profile. Methods raise VaultError."""

    def __init__(
        self,
        *,
        texts: ScaleTexts,
        store: ScaleRunStore,
        drafts: DraftStore,
        screening: Screening,
        clock: Clock,
    ) -> None:
        self.texts = texts
        self._store = store
        self._drafts = drafts
        self._screening = screening
        self._clock = clock

    def now(self) -> float:
        """UTC seconds."""
        return self._clock.now()

    def runs(self) -> list[ScaleRun]:
        """Everything that was filled in, oldest first."""
        return self._store.runs()

    def finish(self, scale: Scale, answers: Answers) -> ScaleRun:
        """Score and keep a filled-in scale; its waiting answers go.

        Raises ValueError where an answer is missing: no manual says how to score that.
        """
        scores = score(scale, answers)
        if scores is None:
            message = "an answer is missing"
            raise ValueError(message)
        run = ScaleRun(scale.id, self._clock.now(), scale.lang, scores, answers)
        kept = self._store.add(run)
        self.forget_progress(scale.id)
        return kept

    def enter(self, scale: Scale, sums: Mapping[str, int]) -> ScaleRun:
        """Keep sums that were added up on paper. Raises ValueError."""
        scores = typed(scale, sums)
        return self._store.add(ScaleRun(scale.id, self._clock.now(), scale.lang, scores))

    def delete(self, run_id: int) -> None:
        """Delete one result for good."""
        self._store.delete(run_id)

    def keep_progress(self, scale_id: str, answers: Answers) -> None:
        """Keep answers of a scale that is not finished."""
        kept = {"answers": list(answers), "at": self._clock.now()}
        self._drafts.save(_place(scale_id), json.dumps(kept))

    def forget_progress(self, scale_id: str) -> None:
        """Drop waiting answers."""
        self._drafts.save(_place(scale_id), "")

    def progress(self, scale: Scale) -> Answers:
        """Answers that wait, all open where there are none or they are a day old."""
        none = (None,) * len(scale.items)
        text = self._drafts.load(_place(scale.id))
        if not text:
            return none
        try:
            kept = json.loads(text)
            answers, at = tuple(kept["answers"]), float(kept["at"])
        except (ValueError, TypeError, KeyError):
            return none
        points = {choice.points for choice in scale.choices}
        is_good = len(answers) == len(none) and all(a is None or a in points for a in answers)
        return answers if is_good and abs(self._clock.now() - at) <= RESUME_S else none

    def waiting(self, lang: str) -> dict[str, Answers]:
        """Answers that wait, by scale; scales with none are left out."""
        found = {scale.id: self.progress(scale) for scale in self.texts.scales(lang)}
        return {
            scale_id: answers
            for scale_id, answers in found.items()
            if any(answer is not None for answer in answers)
        }

    def preview(self, assessment: Assessment) -> RiskState:
        """What the state would become; for the card, which waits for nothing."""
        return self._screening.preview_answer(assessment)

    def take(self, assessment: Assessment) -> RiskState:
        """Raise the state for an answer that speaks of danger, and store it."""
        return self._screening.take_answer(assessment)


def score(scale: Scale, answers: Answers) -> tuple[tuple[str, int], ...] | None:
    """Score of each part; None where an answer that counts is missing."""
    found = []
    for part in scale.parts:
        points = [answers[number - 1] for number in part.items]
        given = [value for value in points if value is not None]
        if len(given) < len(points) or not points:
            return None
        found.append((part.id, part.factor * sum(given)))
    return tuple(found)


def typed(scale: Scale, sums: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Scores from sums added up on paper. Raises ValueError where `wrong_sums` finds one."""
    if wrong_sums(scale, sums):
        message = "a sum is missing or out of range"
        raise ValueError(message)
    return tuple((part.id, part.factor * sums[part.id]) for part in scale.parts)


def wrong_sums(scale: Scale, sums: Mapping[str, int]) -> list[Part]:
    """Parts whose sum is missing or cannot be."""
    return [
        part
        for part in scale.parts
        if not part.typed_low <= sums.get(part.id, part.typed_low - 1) <= part.typed_high
    ]


def band_of(part: Part, points: int) -> Band:
    """The band a score lies in. Raises ValueError outside of the range."""
    for band in part.bands:
        if band.low <= points <= band.high:
            return band
    message = "no band for this score"
    raise ValueError(message)


def open_items(answers: Answers) -> list[int]:
    """Numbers of the items that are still open."""
    return [number for number, answer in enumerate(answers, start=1) if answer is None]


def again_at(scale: Scale, runs: Sequence[ScaleRun]) -> float | None:
    """When the days it asks about are over since the last time; None where it was never done."""
    times = [run.at for run in runs if run.scale == scale.id]
    return max(times) + scale.again_after_days * DAY_S if times else None


def change(part: Part, run: ScaleRun, runs: Sequence[ScaleRun]) -> Change | None:
    """Difference of a part to the time before `run`; None where there is none."""
    earlier = [r for r in runs if r.scale == run.scale and (r.at, r.id) < (run.at, run.id)]
    if not earlier:
        return None
    before = max(earlier, key=lambda r: (r.at, r.id))
    then, now = before.score(part.id), run.score(part.id)
    if then is None or now is None:
        return None
    more = abs(now - then) >= part.change if part.change else None
    return Change(now - then, before.at, more)


def risks_in(scale: Scale, answers: Answers) -> list[RiskItem]:
    """Items whose answers speak of danger, the gravest first."""
    found = [
        risk
        for risk in scale.risks
        if risk.item <= len(answers) and (answers[risk.item - 1] or 0) >= risk.at_least
    ]
    return sorted(found, key=lambda risk: -risk.level)


def assessment_of(scale: Scale, answers: Answers) -> tuple[Assessment, str]:
    """What the answers say of danger, and the item with its answer in words.

    The words are what a person is shown who asks why help is in view.
    """
    found = risks_in(scale, answers)
    if not found:
        return CALM, ""
    risk = found[0]
    points = answers[risk.item - 1]
    answer = next((c.text for c in scale.choices if c.points == points), "")
    words = f"{scale.items[risk.item - 1]} – {answer}"
    reason = Reason(f"scale.{scale.id}.item{risk.item}", risk.level, 0, len(words))
    kind = Kind.SUICIDE if risk.level >= Level.CRISIS else Kind.NONE
    return Assessment(risk.level, kind, reasons=(reason,), humor_blocked=True), words


def without(runs: Sequence[ScaleRun], run_id: int) -> list[ScaleRun]:
    """The others."""
    return [run for run in runs if run.id != run_id]


def answered(answers: Answers, number: int, points: int) -> Answers:
    """The answers with one of them given."""
    return (*answers[: number - 1], points, *answers[number:])


def _place(scale_id: str) -> str:
    return f"scale-{scale_id}"
