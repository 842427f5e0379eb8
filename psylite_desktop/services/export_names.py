"""Words for the ids in exported rows, in one language, for people who read the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.exercise import AFTER, BEFORE, ChoiceStep, Exercise
from psylite_desktop.domain.export import Row, Value
from psylite_desktop.domain.safety_plan import PlanStep

_NOT_TO_READ = frozenset({"number", "versions"})
"""What an edit or another reply took the place of goes into the app's own format alone."""


@dataclass(frozen=True, slots=True)
class ExportWords:
    """What the window says in a file: `words` by code, as `ui` translated them.

    Codes: title, made, period, open_end, not_encrypted, colon; section.<id>; label.<key>;
    role.user, role.assistant; value.yes, value.no; before, after. A missing one reads as its code.
    """

    words: Mapping[str, str] = field(default_factory=dict)

    def get(self, code: str) -> str:
        """The word for a code."""
        if code == "colon" and code not in self.words:
            return ": "
        return self.words.get(code, code.rpartition(".")[2].replace("_", " "))


@dataclass(frozen=True, slots=True)
class ExportTexts:
    """The content that exported ids come from."""

    check_ins: CheckInWords
    exercises: ExerciseTexts
    scales: ScaleTexts
    plan: PlanTexts


class ExportNames:
    """Reads ids of content in one language."""

    def __init__(self, texts: ExportTexts, *, lang: str, words: ExportWords) -> None:
        self.lang = lang
        self.words = words
        self._check_ins = texts.check_ins
        self._exercises = texts.exercises
        self._scales = {scale.id: scale for scale in texts.scales.scales(lang)}
        self._steps = {step.id: step.title for step in texts.plan.steps(lang)}

    def named(self, section: str, row: Row) -> Row:
        """The same row with words in the place of ids."""
        match section:
            case "check_ins":
                return {**row, **self._of_check_in(row)}
            case "exercises":
                return self._of_exercise(row)
            case "scales":
                return self._of_scale(row)
            case "plan":
                return {**row, "step": self._step(str(row.get("step", "")))}
            case "conversations":
                shown = {key: value for key, value in row.items() if key not in _NOT_TO_READ}
                return {**shown, "role": self.words.get(f"role.{row.get('role', '')}")}
            case _:
                return row

    def _of_check_in(self, row: Row) -> dict[str, Value]:
        mood = row.get("mood")
        return {
            "mood_word": self._check_ins.mood(self.lang, mood) if isinstance(mood, int) else "",
            "feelings": [
                self._check_ins.feeling(self.lang, one) for one in _texts(row, "feelings")
            ],
            "tags": [self._check_ins.tag(self.lang, one) for one in _texts(row, "tags")],
        }

    def _of_exercise(self, row: Row) -> Row:
        exercise = self._exercises.find(str(row.get("exercise", "")), self.lang)
        raw = row.get("answers")
        answers = raw if isinstance(raw, Mapping) else {}
        named: dict[str, Value] = {}
        for key, value in answers.items():
            question, answer = self._answer(exercise, key, value)
            while question in named:  # two steps that ask the same
                question += " ·"
            named[question] = answer
        kept = {key: value for key, value in row.items() if key not in {"path", "answers"}}
        if exercise is not None:
            kept["exercise"] = exercise.title
        return {**kept, "answers": named}

    def _answer(self, exercise: Exercise | None, key: str, value: Value) -> tuple[str, Value]:
        if key in {BEFORE, AFTER}:
            return self.words.get("before" if key == BEFORE else "after"), value
        steps = exercise.steps if exercise is not None else ()
        step = next((step for step in steps if step.id == key), None)
        if step is None:
            return key, value
        if isinstance(step, ChoiceStep):
            value = next((one.text for one in step.options if one.id == value), value)
        return " ".join(step.text.split()), value

    def _of_scale(self, row: Row) -> Row:
        scale = self._scales.get(str(row.get("scale", "")))
        if scale is None:
            return row
        raw = row.get("scores")
        scores = raw if isinstance(raw, Mapping) else {}
        names = {part.id: part.name for part in scale.parts}
        named: Value = {names.get(part, part): points for part, points in scores.items()}
        return {**row, "scale": scale.name, "scores": named}

    def _step(self, step: str) -> str:
        return self._steps.get(PlanStep(step), step) if step in set(PlanStep) else step


def _texts(row: Row, key: str) -> list[str]:
    value = row.get(key)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(one) for one in value]
    return []
