"""The player of a guided exercise: a pure state machine over values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from psylite_desktop.domain.exercise import (
    AFTER,
    BEFORE,
    RATING_MAX,
    Answer,
    ChoiceStep,
    Exercise,
    ExerciseRun,
    InputStep,
    ListStep,
    SliderStep,
    Step,
)

LONGEST = 20_000
"""Characters of one answer."""
MOST_ITEMS = 100
"""Items of one list."""


@dataclass(frozen=True, slots=True)
class ExercisePlayer:
    """Where somebody stands in an exercise; every move gives another player, nothing is lost.

    The steps stand between two ratings, whose step is None. An answer stays kept whatever way is
    taken afterwards.
    """

    exercise: Exercise
    run: ExerciseRun

    @property
    def place(self) -> str:
        """Id of the step in view; BEFORE and AFTER for the ratings."""
        return self.run.path[-1]

    @property
    def step(self) -> Step | None:
        """The step in view; None at a rating."""
        return self.step_of(self.place)

    @property
    def is_finished(self) -> bool:
        """Whether the last rating lies behind."""
        return self.run.finished_at is not None

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to go back to."""
        return len(self.run.path) == 1

    @property
    def given(self) -> Answer | None:
        """The answer of the step in view."""
        return self.run.answers.get(self.place)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was done yet."""
        return self.is_first and self.place == BEFORE and self.given is None

    @property
    def lacks_answer(self) -> bool:
        """Whether the step in view asks for something that was not given yet."""
        match self.step:
            case InputStep(optional=False) | ListStep(optional=False):
                given = self.given
                return not (given.strip() if isinstance(given, str) else given)
            case ChoiceStep(optional=False):
                return self.given is None
        return False

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the step in view, and of all steps on the way that is taken now."""
        number = len(self.run.path)
        total, ahead = number, self
        while ahead.place != AFTER:
            ahead = replace(ahead, run=replace(ahead.run, path=(*ahead.run.path, ahead.follows)))
            total += 1
        return number, total

    @property
    def follows(self) -> str:
        """Id of the place after this one, by the answer that is given now."""
        place, steps = self.place, self.exercise.steps
        if place == BEFORE:
            return steps[0].id
        number = next((at for at, step in enumerate(steps) if step.id == place), len(steps))
        if number == len(steps):
            return AFTER
        step = steps[number]
        usual = step.to or (steps[number + 1].id if number + 1 < len(steps) else AFTER)
        if isinstance(step, ChoiceStep):
            chosen = next((o for o in step.options if o.id == self.given), None)
            return (chosen.to if chosen is not None else "") or usual
        return usual

    @property
    def pinned(self) -> str:
        """What stays in view: the answer of the pinned step, once that lies behind."""
        pin = self.exercise.pin
        if not pin or pin not in self.run.path[:-1]:
            return ""
        given = self.run.answers.get(pin)
        return given if isinstance(given, str) else ""

    def step_of(self, step_id: str) -> Step | None:
        """A step by its id."""
        return next((step for step in self.exercise.steps if step.id == step_id), None)

    def recalled(self) -> list[tuple[Step, Answer]]:
        """Earlier answers that this step wants to show, as far as they were given."""
        wanted = self.step.recall if self.step is not None else ()
        return [
            (step, self.run.answers[step.id])
            for step in self.exercise.steps
            if step.id in wanted and _says_something(self.run.answers.get(step.id))
        ]

    def written(self) -> list[tuple[Step, Answer]]:
        """All answers in the order of the steps, also those of ways that were left again."""
        return [
            (step, self.run.answers[step.id])
            for step in self.exercise.steps
            if _says_something(self.run.answers.get(step.id))
        ]

    def answer(self, value: Answer | None) -> ExercisePlayer:
        """Give the step in view an answer; None takes it back. What does not fit is left out."""
        if self.is_finished:
            return self
        answers = dict(self.run.answers)
        fit = _fitting(self.step, value)
        if fit is None:
            answers.pop(self.place, None)
        else:
            answers[self.place] = fit
        return replace(self, run=replace(self.run, answers=answers))

    def next(self, *, now: float) -> ExercisePlayer:
        """One step on; past the last rating the run is finished. Stays where an answer lacks."""
        if self.is_finished or self.lacks_answer:
            return self
        if self.place == AFTER:
            return replace(self, run=replace(self.run, finished_at=now, updated_at=now))
        path = (*self.run.path, self.follows)
        return replace(self, run=replace(self.run, path=path, updated_at=now))

    def back(self, *, now: float) -> ExercisePlayer:
        """One step back on the way that was taken; the first step and a finished run stay."""
        if self.is_finished or self.is_first:
            return self
        return replace(self, run=replace(self.run, path=self.run.path[:-1], updated_at=now))

    def finish(self, *, now: float) -> ExercisePlayer:
        """End here, wherever that is; what was given is kept."""
        if self.is_finished:
            return self
        return replace(self, run=replace(self.run, finished_at=now, updated_at=now))


def resumed(run: ExerciseRun, exercise: Exercise) -> ExercisePlayer:
    """Go on with a run, perhaps in the other language.

    Steps that another version had and this one lacks are left out of the way.
    """
    known = {BEFORE, AFTER, *(step.id for step in exercise.steps)}
    path = tuple(place for place in run.path if place in known) or (BEFORE,)
    return ExercisePlayer(exercise, replace(run, path=path, lang=exercise.lang))


def said_by(step: Step, answer: Answer) -> str:
    """An answer as words: the text of what was chosen, a number out of ten, items line by line."""
    if isinstance(step, ChoiceStep):
        return next((option.text for option in step.options if option.id == answer), "")
    if isinstance(answer, tuple):
        return "\n".join(f"· {item}" for item in answer)
    return f"{answer} / {RATING_MAX}" if isinstance(answer, int) else answer


def _says_something(answer: Answer | None) -> bool:
    if isinstance(answer, str):
        return bool(answer.strip())
    return isinstance(answer, int) or bool(answer)


def _fitting(step: Step | None, value: Answer | None) -> Answer | None:
    """The value where it fits the step (None is a rating), else None."""
    match step:
        case None | SliderStep():
            fits = isinstance(value, int) and 0 <= value <= RATING_MAX
            return value if fits else None
        case ChoiceStep():
            return value if value in {option.id for option in step.options} else None
        case InputStep():
            return value[:LONGEST] or None if isinstance(value, str) else None
        case ListStep() if isinstance(value, tuple):
            kept = tuple(item[:LONGEST] for item in value if item.strip())
            return kept[:MOST_ITEMS] or None
    return None
