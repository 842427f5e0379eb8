"""Guided exercises, Chinese and English: one file each, checked as a whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.exercise_schema import (
    BreathingKind,
    ChoiceKind,
    ExerciseFile,
    InputKind,
    ListKind,
    SliderKind,
    StepText,
    TimerKind,
)
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.domain import exercise as made
from psylite_desktop.domain.exercise import Exercise, Family, Step


class ExerciseTexts:
    """All exercises; files are read when they are first asked for, and kept.

    Safe to call from any thread.
    """

    def __init__(self, read: Callable[[], Mapping[str, tuple[Exercise, ...]]]) -> None:
        """`read` gives the exercises by language."""
        self._read = read
        self._found: Mapping[str, tuple[Exercise, ...]] | None = None
        self._lock = threading.Lock()

    @classmethod
    def of(cls, assets_dir: Path) -> ExerciseTexts:
        """The exercises in content/{zh,en}/exercises; nothing is read yet."""
        return cls(lambda: load_exercises(assets_dir))

    def all(self, lang: str) -> tuple[Exercise, ...]:
        """All exercises, family by family. Raises InputError("content_invalid") the first time."""
        with self._lock:
            if self._found is None:
                self._found = self._read()
            return self._found[lang]

    def title(self, exercise_id: str, lang: str) -> str:
        """What an exercise is called; empty where there is none of that id."""
        exercise = self.find(exercise_id, lang)
        return exercise.title if exercise is not None else ""

    def find(self, exercise_id: str, lang: str) -> Exercise | None:
        """One exercise; None where this version does not have it."""
        return next((item for item in self.all(lang) if item.id == exercise_id), None)


def load_exercises(assets_dir: Path) -> dict[str, tuple[Exercise, ...]]:
    """Read and check all files of both languages. Raises InputError("content_invalid").

    Twins must agree in everything but their words.
    """
    folders = {lang: assets_dir / "content" / lang / "exercises" for lang in LANGS}
    read = {lang: dict(_read_folder(folder, lang)) for lang, folder in folders.items()}
    first, *others = LANGS
    for lang in others:
        for path, exercise in read[lang].items():
            twin = read[first].get(path)
            if twin is None or _shape(twin) != _shape(exercise):
                raise invalid(folders[lang] / path, where="", reason="differs from its twin")
        missing = read[first].keys() - read[lang].keys()
        if missing:
            raise invalid(folders[lang] / min(missing), where="", reason="is missing")
    _check_brought(folders[first], list(read[first].values()))
    order = list(Family)
    return {
        lang: tuple(
            sorted(found.values(), key=lambda item: (order.index(item.family), item.minutes))
        )
        for lang, found in read.items()
    }


def read_exercise(path: Path, lang: str) -> Exercise:
    """Read and check one file. Raises InputError("content_invalid")."""
    file = read_toml(path, ExerciseFile)
    if file.about.lang != lang:
        raise invalid(path, where="about.lang", reason=f"must be {lang}")
    if file.exercise.id != path.stem:
        raise invalid(path, where="exercise.id", reason="must be the name of the file")
    head = file.exercise
    exercise = Exercise(
        id=head.id,
        lang=lang,
        title=head.title,
        minutes=head.minutes,
        family=head.family,
        badge=head.badge,
        source=head.source,
        when=head.when,
        caution=head.caution,
        steps=tuple(_step(step) for step in file.step),
        pin=head.pin or "",
        not_in_crisis=head.not_in_crisis,
    )
    _check_ways(path, exercise)
    return exercise


def ways(exercise: Exercise, place: int) -> set[int]:
    """Places of the steps that may follow; the number of steps stands for the end."""
    places = {step.id: number for number, step in enumerate(exercise.steps)}
    step = exercise.steps[place]
    usual = places.get(step.to, place + 1)
    if not isinstance(step, made.ChoiceStep):
        return {usual}
    found = {places.get(option.to, usual) for option in step.options}
    return found | {usual} if step.optional else found


def _read_folder(folder: Path, lang: str) -> Iterator[tuple[str, Exercise]]:
    for path in sorted(folder.glob("*.toml")):
        yield path.name, read_exercise(path, lang)


def _check_ways(path: Path, exercise: Exercise) -> None:
    """Ways lead forward to steps there are, and every step can be reached."""
    places = {step.id: number for number, step in enumerate(exercise.steps)}
    if len(places) != len(exercise.steps):
        raise invalid(path, where="step", reason="an id stands twice")
    if exercise.pin and exercise.pin not in places:
        raise invalid(path, where="exercise.pin", reason="no such step")
    reached = {0}
    for number, step in enumerate(exercise.steps):
        for to in _leads_to(step):
            if to not in places:
                raise invalid(path, where=f"step.{step.id}", reason=f"leads to {to}, not a step")
            if places[to] <= number:
                raise invalid(path, where=f"step.{step.id}", reason="leads backwards")
        for earlier in step.recall:
            if places.get(earlier, number) >= number:
                raise invalid(path, where=f"step.{step.id}", reason=f"cannot recall {earlier}")
        if number not in reached:
            raise invalid(path, where=f"step.{step.id}", reason="cannot be reached")
        reached |= ways(exercise, number)


def _leads_to(step: Step) -> list[str]:
    options = step.options if isinstance(step, made.ChoiceStep) else ()
    return [to for to in (step.to, *(option.to for option in options)) if to]


def _check_brought(folder: Path, exercises: list[Exercise]) -> None:
    lists = {
        f"{exercise.id}.{step.id}"
        for exercise in exercises
        for step in exercise.steps
        if isinstance(step, made.ListStep)
    }
    for exercise in exercises:
        for step in exercise.steps:
            if isinstance(step, made.ListStep) and step.bring and step.bring not in lists:
                where = f"step.{step.id}"
                raise invalid(folder / f"{exercise.id}.toml", where=where, reason="brings nothing")


def _step(raw: StepText) -> Step:
    made_of: dict[str, Any] = {
        "id": raw.id,
        "text": raw.text,
        "to": raw.to or "",
        "recall": raw.recall,
    }
    step: Step = made.TextStep(**made_of)
    match raw:
        case InputKind():
            step = made.InputStep(
                **made_of, prompt=raw.prompt, long=raw.long, optional=raw.optional
            )
        case ChoiceKind():
            options = tuple(made.Option(o.id, o.text, o.to or "") for o in raw.option)
            step = made.ChoiceStep(**made_of, options=options, optional=raw.optional)
        case SliderKind():
            step = made.SliderStep(**made_of, low=raw.low, high=raw.high)
        case TimerKind():
            step = made.TimerStep(**made_of, seconds=raw.seconds)
        case BreathingKind():
            pattern = made.Pattern(**msgspec.structs.asdict(raw.pattern))
            step = made.BreathingStep(**made_of, pattern=pattern)
        case ListKind():
            bring = raw.bring or ""
            step = made.ListStep(**made_of, prompt=raw.prompt, optional=raw.optional, bring=bring)
    return step


def _shape(exercise: Exercise) -> object:
    """Everything but the words."""
    steps = tuple(_step_shape(step) for step in exercise.steps)
    facts = (exercise.minutes, exercise.family, exercise.badge, exercise.pin)
    return exercise.id, facts, exercise.not_in_crisis, steps


def _step_shape(step: Step) -> object:
    extra: object = None
    match step:
        case made.InputStep():
            extra = (bool(step.prompt), step.long, step.optional)
        case made.ChoiceStep():
            extra = (step.optional, tuple((option.id, option.to) for option in step.options))
        case made.TimerStep():
            extra = step.seconds
        case made.BreathingStep():
            extra = step.pattern
        case made.ListStep():
            extra = (step.optional, step.bring)
    return type(step), step.id, step.to, step.recall, extra
