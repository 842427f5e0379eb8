"""Guided exercises of one profile: what there is, what is kept, what is heard."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.domain.exercise import (
    BEFORE,
    Answer,
    Exercise,
    ExerciseRun,
    Family,
    ListStep,
)
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.domain.stores import ExerciseRunStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.exercise_player import ExercisePlayer
from psylite_desktop.services.screening import Screening

HISTORY = 50
"""Finished runs that are read at once."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the gallery shows."""

    exercises: tuple[Exercise, ...]
    open_runs: tuple[ExerciseRun, ...]


class ExerciseService:
    """Exercises of one profile. Methods that read or keep runs raise VaultError."""

    def __init__(
        self, texts: ExerciseTexts, store: ExerciseRunStore, screening: Screening, clock: Clock
    ) -> None:
        self._texts = texts
        self._store = store
        self._screening = screening
        self._clock = clock

    def overview(self, lang: str) -> Overview:
        """All exercises, and the runs that can be gone on with, newest first."""
        exercises = self._texts.all(lang)
        known = {exercise.id for exercise in exercises}
        runs = [run for run in self._store.open_runs() if run.exercise_id in known]
        return Overview(exercises, tuple(runs))

    def find(self, exercise_id: str, lang: str) -> Exercise | None:
        """One exercise; None where this version does not have it."""
        return self._texts.find(exercise_id, lang)

    def now(self) -> float:
        """The time that moves of the player are marked with, UTC seconds."""
        return self._clock.now()

    def begin(self, exercise: Exercise) -> ExercisePlayer:
        """A new run before its first step, with the lists that it brings along; not kept yet."""
        now = self._clock.now()
        run = ExerciseRun(
            exercise_id=exercise.id,
            lang=exercise.lang,
            path=(BEFORE,),
            answers=self._brought(exercise),
            started_at=now,
            updated_at=now,
        )
        return ExercisePlayer(exercise, run)

    def save(self, player: ExercisePlayer) -> ExercisePlayer:
        """Keep a run as it stands."""
        return replace(player, run=self._store.save(player.run))

    def open_run(self, run_id: int) -> ExerciseRun | None:
        """An unfinished run as it is kept now; None where there is none."""
        return next((run for run in self._store.open_runs() if run.id == run_id), None)

    def history(self, exercise_id: str = "", *, offset: int = 0) -> list[ExerciseRun]:
        """Finished runs, of one exercise or of all, newest first."""
        return self._store.finished_runs(exercise_id, limit=HISTORY, offset=offset)

    def delete(self, run_id: int) -> None:
        """Delete a run for good."""
        self._store.delete(run_id)

    def preview(self, text: str) -> tuple[Assessment, RiskState]:
        """What the floor hears in an answer; at once, and nothing is kept."""
        return self._screening.preview(text)

    def hear(self, text: str) -> tuple[Assessment, RiskState]:
        """Assess an answer by all layers and move the state; may wait for a layer."""
        return self._screening.take(text)

    def state(self) -> RiskState:
        """Where the profile stands."""
        return self._screening.state

    def suits_now(self, exercise: Exercise) -> bool:
        """Whether an exercise may be offered while things are as they are."""
        return not exercise.not_in_crisis or self._screening.state.level < Level.CRISIS

    def _brought(self, exercise: Exercise) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        for step in exercise.steps:
            if isinstance(step, ListStep) and step.bring:
                source, _, place = step.bring.partition(".")
                items = self._newest({source: place, exercise.id: step.id})
                if items:
                    found[step.id] = items
        return found

    def _newest(self, places: Mapping[str, str]) -> Answer | None:
        """What stood in a list last, by exercise; an unfinished run counts as well."""
        runs = [run for run in self._store.open_runs() if run.exercise_id in places]
        for exercise_id in places:
            runs += self._store.finished_runs(exercise_id, limit=1)
        if not runs:
            return None
        newest = max(runs, key=lambda run: (run.updated_at, run.id))
        return newest.answers.get(places[newest.exercise_id])


def found_by(words: str, exercises: Sequence[Exercise], names: dict[Family, str]) -> list[Exercise]:
    """Exercises that hold all these words; `names` are the families' names as people see them."""
    wanted = _plain(words).split()
    return [
        exercise
        for exercise in exercises
        if all(word in _searched(exercise, names.get(exercise.family, "")) for word in wanted)
    ]


def _searched(exercise: Exercise, family: str) -> str:
    texts = (
        exercise.title,
        exercise.when,
        exercise.source,
        family,
        *(step.text for step in exercise.steps),
    )
    return _plain("\n".join(texts))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
