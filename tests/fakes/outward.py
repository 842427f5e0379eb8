"""What leaves a vault and what is brought in, over any vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.export import ExportService
from psylite_desktop.services.export_names import ExportTexts
from psylite_desktop.services.export_sections import sections_of
from psylite_desktop.services.imports import ImportService

ASSETS = Path(__file__).parents[2] / "assets"
TEXTS = ExportTexts(
    CheckInWords.load(ASSETS),
    ExerciseTexts.of(ASSETS),
    ScaleTexts.load(ASSETS),
    PlanTexts.load(ASSETS),
)


def make_outward(vault: Any, screening: Any, clock: Clock | None = None) -> dict[str, Any]:
    """The fields of a session that this is about."""
    clock = clock or Clock()
    return {
        "export": ExportService(sections_of(vault, TEXTS.scales, clock), TEXTS, clock),
        "imports": ImportService(vault, TEXTS, screening.look, clock),
    }
