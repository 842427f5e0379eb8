"""What every chart is made from."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.charts.plot_library import PlotLibrary
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch


@dataclass(frozen=True, slots=True)
class ChartKit:
    """Looks, words and the storage thread, which also writes pictures."""

    theme: ThemeSwitch
    language: LanguageSwitch
    words: CheckInWords
    exercises: ExerciseService
    scales: ScaleTexts
    tasks: VaultTasks
    library: PlotLibrary

    @property
    def lang(self) -> str:
        """The language in force, as content is keyed."""
        return self.language.current.value

    def mood(self, mean: float) -> str:
        """The word of the mood that a mean is closest to."""
        return self.words.mood(self.lang, mood_of(mean))

    def exercise(self, exercise_id: str) -> str:
        """Title of an exercise; its id where this version does not have it."""
        found = self.exercises.find(exercise_id, self.lang)
        return found.title if found is not None else exercise_id


def mood_of(mean: float) -> int:
    """The face of a mean: rounded to a mood."""
    return min(max(int(mean + 0.5), 1), 5)
