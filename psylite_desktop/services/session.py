"""Everything that belongs to one unlocked profile, made at unlock and dropped at lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psylite_desktop.domain.ports import Vault
    from psylite_desktop.services.asides import AsideService
    from psylite_desktop.services.backup import BackupService
    from psylite_desktop.services.chat import ChatService
    from psylite_desktop.services.check_ins import CheckInService
    from psylite_desktop.services.closing import ClosingService
    from psylite_desktop.services.corrections import CorrectionService
    from psylite_desktop.services.earlier import EarlierService
    from psylite_desktop.services.exercises import ExerciseService
    from psylite_desktop.services.export import ExportService
    from psylite_desktop.services.finding import Finding
    from psylite_desktop.services.history import HistoryService
    from psylite_desktop.services.imports import ImportService
    from psylite_desktop.services.insights import InsightsService
    from psylite_desktop.services.journal import JournalService
    from psylite_desktop.services.memory import MemoryService
    from psylite_desktop.services.mirror_own import OwnMirror
    from psylite_desktop.services.ratings import RatingService
    from psylite_desktop.services.safety_plan import SafetyPlanService
    from psylite_desktop.services.scales import ScaleService
    from psylite_desktop.services.screening import Screening
    from psylite_desktop.services.suggestions import SuggestionService


@dataclass(frozen=True, slots=True)
class Session:
    """The services of one profile. `guest` sessions leave nothing on disk."""

    vault: Vault
    screening: Screening
    chat: ChatService
    history: HistoryService
    corrections: CorrectionService
    plan: SafetyPlanService
    asides: AsideService
    memory: MemoryService
    closing: ClosingService
    check_ins: CheckInService
    exercises: ExerciseService
    scales: ScaleService
    backups: BackupService
    insights: InsightsService
    ratings: RatingService
    suggestions: SuggestionService
    export: ExportService
    imports: ImportService
    journal: JournalService
    mirror: OwnMirror
    earlier: EarlierService
    finding: Finding
    guest: bool
