"""Earlier conversations and the search over everything, over any vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.earlier import EarlierService
from psylite_desktop.services.finding import Finding

ASSETS = Path(__file__).parents[2] / "assets"
EXERCISES = ExerciseTexts.of(ASSETS)
SITUATIONS = GuidedReplies.load(ASSETS)


def make_earlier(vault: Any, clock: Clock | None = None) -> dict[str, Any]:
    """The fields of a session that this is about."""
    clock = clock or Clock()
    return {
        "earlier": EarlierService(vault.conversations, vault.earlier, SITUATIONS, clock),
        "finding": Finding(vault, EXERCISES.title, clock),
    }
