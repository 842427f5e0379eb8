"""Makes the services of an open vault, without Qt: plain constructor calls from the bottom up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from psylite_desktop.app.services import AppServices
from psylite_desktop.domain.ports import (
    Listener,
    PassageIndex,
    ReadsAhead,
    TextModel,
    TextVectors,
    Vault,
)
from psylite_desktop.domain.safety_plan import Obstacle
from psylite_desktop.services.asides import AsideService
from psylite_desktop.services.backup import BackupService
from psylite_desktop.services.chat import ChatService
from psylite_desktop.services.check_ins import CheckInService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.closing import ClosingService, Sketcher, harmless
from psylite_desktop.services.composer import Composer
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.crosstalk import Crosstalk
from psylite_desktop.services.earlier import EarlierService
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.services.export import ExportService
from psylite_desktop.services.export_names import ExportTexts
from psylite_desktop.services.export_sections import sections_of
from psylite_desktop.services.finding import Finding
from psylite_desktop.services.generation import Background, ReplyWriter
from psylite_desktop.services.guided import GuidedTalk
from psylite_desktop.services.history import HistoryService
from psylite_desktop.services.humor import HumorGate
from psylite_desktop.services.imports import ImportService
from psylite_desktop.services.insights import InsightsService
from psylite_desktop.services.journal import JournalService
from psylite_desktop.services.journal_prompts import PromptChoice
from psylite_desktop.services.journal_themes import JournalThemes
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.lived_time import LivedTime
from psylite_desktop.services.memory import MemoryService
from psylite_desktop.services.mirror_own import OwnMirror
from psylite_desktop.services.ratings import RatingService
from psylite_desktop.services.reading import Reading
from psylite_desktop.services.reading_ahead import ReadingAhead
from psylite_desktop.services.recall import Recall
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.services.scales import ScaleService
from psylite_desktop.services.screening import Screening
from psylite_desktop.services.session import Session
from psylite_desktop.services.suggestions import SuggestionContent, SuggestionService


def open_session(  # noqa: PLR0913 - what tests and commands put in the place of the engine
    services: AppServices,
    vault: Vault,
    *,
    guest: bool,
    language: Callable[[], str],
    model: TextModel | None = None,
    reader: ReadsAhead | None = None,
    index: PassageIndex | None = None,
    listener: Listener | None = None,
    vectors: TextVectors | None = None,
    clock: Clock | None = None,
) -> Session:
    """Make the services of an open vault.

    `model`, `index`, `listener` and `vectors` default to the engine process, and so does `reader`
    unless another `model` answers.
    Raises VaultError when the stored risk state cannot be read.
    """
    clock = clock or Clock()
    clock = replace(clock, life=LivedTime(vault, clock.now))
    listening = Listening(services.assessor, [listener or services.host])
    maker = _SessionMaker(
        services=services,
        vault=vault,
        screening=Screening(listening, vault.risk_state, clock),
        language=language,
        model=model or services.host,
        reader=reader or (services.host if model is None else None),
        index=index or services.host,
        vectors=vectors or services.host,
        clock=clock,
    )
    return maker.session(guest=guest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SessionMaker:
    """What the services of one vault have in common."""

    services: AppServices
    vault: Vault
    screening: Screening
    language: Callable[[], str]
    model: TextModel
    reader: ReadsAhead | None
    index: PassageIndex
    vectors: TextVectors
    clock: Clock

    def session(self, *, guest: bool) -> Session:
        """All services of the vault."""
        services, vault, screening, clock = self.services, self.vault, self.screening, self.clock
        check_ins = CheckInService(vault.check_ins, screening, services.check_in_words, clock)
        suggestions = self._suggestions()
        texts = ExportTexts(
            services.check_in_words, services.exercises, services.scales, services.plan
        )
        return Session(
            vault=vault,
            screening=screening,
            chat=self._chat(check_ins, suggestions),
            history=HistoryService(vault.conversations),
            corrections=CorrectionService(vault.corrections, screening, clock),
            plan=self._plan(guest=guest),
            asides=AsideService(vault.asides, clock),
            memory=self._memory(),
            closing=self._closing(),
            check_ins=check_ins,
            exercises=ExerciseService(services.exercises, vault.exercise_runs, screening, clock),
            scales=self._scales(),
            journal=self._journal(),
            mirror=self._mirror(),
            earlier=self._earlier(),
            finding=Finding(vault, services.exercises.title, clock),
            insights=self._insights(),
            ratings=RatingService(vault.ratings, clock),
            suggestions=suggestions,
            export=ExportService(sections_of(vault, services.scales, clock), texts, clock),
            imports=ImportService(vault, texts, screening.look, clock),
            backups=BackupService(
                vault.backups, vault.drafts, clock, is_read_only=lambda: vault.is_read_only
            ),
            guest=guest,
        )

    def _chat(self, check_ins: CheckInService, suggestions: SuggestionService) -> ChatService:
        vault = self.vault
        background = Background(
            self._recall(),
            lambda lang: check_ins.prompt_line(lang, shared=vault.settings.load().share_check_in),
        )
        writer = self._writer(background)
        return ChatService(
            store=vault.conversations,
            screening=self.screening,
            composer=self._composer(writer, suggestions),
            moves=self.services.moves,
            language=self.language,
            clock=self.clock,
            ahead=self._ahead(writer),
        )

    def _ahead(self, writer: ReplyWriter) -> ReadingAhead | None:
        if self.reader is None:
            return None
        return ReadingAhead(
            reader=self.reader,
            window=writer.window,
            screening=self.screening,
            language=self.language,
        )

    def _scales(self) -> ScaleService:
        return ScaleService(
            texts=self.services.scales,
            store=self.vault.scale_runs,
            drafts=self.vault.drafts,
            screening=self.screening,
            clock=self.clock,
        )

    def _journal(self) -> JournalService:
        return JournalService(
            store=self.vault.journal,
            check_ins=self.vault.check_ins,
            conversations=self.vault.conversations,
            prompts=PromptChoice(self.services.journal_prompts, self.vault.drafts),
            screening=self.screening,
            clock=self.clock,
        )

    def _earlier(self) -> EarlierService:
        vault = self.vault
        earlier = EarlierService(
            vault.conversations, vault.earlier, self.services.guided, self.clock
        )
        vault.submit(earlier.tidy)  # thirty days end also for somebody who never looks there
        return earlier

    def _plan(self, *, guest: bool) -> SafetyPlanService:
        services, vault = self.services, self.vault

        def obstacle() -> Obstacle | None:
            if guest:
                return Obstacle.GUEST
            if services.paths.is_portable:
                return Obstacle.STICK
            if services.paths.is_safe or services.plain.is_discreet_lost:
                return Obstacle.UNKNOWN
            return Obstacle.DISCREET if services.plain.current.discreet else None

        plan = SafetyPlanService(
            vault.safety_plan,
            self.clock,
            settings=vault.settings,
            shown=vault.shown_plan,
            obstacle=obstacle,
        )
        vault.submit(plan.tidy)  # a vault that came from elsewhere, or an older one, is the truth
        return plan

    def _mirror(self) -> OwnMirror:
        return OwnMirror(
            self.services.mirror,
            self.services.mirror_wording,
            self.vault.mirror_corrections,
            look=self.screening.look,
            clock=self.clock,
        )

    def _insights(self) -> InsightsService:
        return InsightsService(
            check_ins=self.vault.check_ins,
            exercise_runs=self.vault.exercise_runs,
            scale_runs=self.vault.scale_runs,
            look=self.screening.look,
            clock=self.clock,
        )

    def _writer(self, background: Background) -> ReplyWriter:
        return ReplyWriter(
            model=self.model,
            index=self.index,
            guided=GuidedTalk(
                self.services.guided,
                self.services.moves,
                self.services.quoting,
                self.services.assessor,
            ),
            prompts=self.services.prompts,
            guard=self.services.guard,
            background=background,
            clock=self.clock,
        )

    def _recall(self) -> Recall:
        return Recall(
            notes=self.vault.memory_notes,
            vectors=self.vectors,
            situations=self.services.guided,
            rules=self.services.memory,
            is_on=lambda: self.vault.settings.load().memory,
            look=self.screening.look,
            clock=self.clock,
        )

    def _memory(self) -> MemoryService:
        return MemoryService(
            notes=self.vault.memory_notes,
            conversations=self.vault.conversations,
            settings=self.vault.settings,
            answered=self.vault.drafts,
            rules=self.services.memory,
            look=self.screening.look,
            clock=self.clock,
        )

    def _composer(self, writer: ReplyWriter, suggestions: SuggestionService) -> Composer:
        gate = HumorGate(
            signs=self.services.humor,
            situations=self.services.guided,
            conversations=self.vault.conversations,
            asides=self.vault.asides,
            is_on=lambda: self.vault.settings.load().humor,
            look=self.screening.look,
            clock=self.clock,
        )
        crosstalk = Crosstalk(
            words=self.services.humor.words,
            situations=self.services.guided,
            index=self.index,
            asides=self.vault.asides,
            clock=self.clock,
        )
        reading = Reading(
            situations=self.services.guided,
            index=self.index,
            asides=self.vault.asides,
            clock=self.clock,
        )
        return Composer(
            help_texts=self.services.help,
            writer=writer,
            gate=gate,
            crosstalk=crosstalk,
            reading=reading,
            asides=self.vault.asides,
            suggestions=suggestions,
            clock=self.clock,
        )

    def _suggestions(self) -> SuggestionService:
        content = SuggestionContent(
            texts=self.services.suggestions,
            exercises=self.services.exercises,
            scales=self.services.scales,
            words=self.services.check_in_words,
            situations=self.services.guided,
            article=self.services.articles.find,
        )
        return SuggestionService(
            content,
            vault=self.vault,
            state=lambda: self.screening.state,
            clock=self.clock,
            themes=JournalThemes(
                self.vault.journal, self.services.mirror, self.vault.mirror_corrections
            ),
        )

    def _closing(self) -> ClosingService:
        sketcher = Sketcher(
            texts=self.services.closing,
            situations=self.services.guided,
            moves=self.services.moves,
            quoting=self.services.quoting,
            is_safe=harmless(self.services.assessor),
        )
        return ClosingService(
            store=self.vault.endings,
            conversations=self.vault.conversations,
            sketcher=sketcher,
            level=lambda: self.screening.state.level,
            language=self.language,
            clock=self.clock,
        )
