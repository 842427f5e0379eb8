"""Puts the services together, without Qt: plain constructor calls from the bottom up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.content.closing import ClosingTexts
from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.content.humor import HumorWords
from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.passphrase_words import load_passphrase_words
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.prompts import Prompts
from psylite_desktop.content.protocol import ProtocolTexts
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.ports import Listener, PassageIndex, TextModel, TextVectors, Vault
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.host.client import EngineHost
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.guard import OutputGuard
from psylite_desktop.services.asides import AsideService
from psylite_desktop.services.chat import ChatService
from psylite_desktop.services.check_ins import CheckInService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.closing import ClosingService, Sketcher, harmless
from psylite_desktop.services.composer import Composer
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.crosstalk import Crosstalk
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.services.generation import Background, ReplyWriter
from psylite_desktop.services.guided import GuidedTalk
from psylite_desktop.services.help import HelpService
from psylite_desktop.services.history import HistoryService
from psylite_desktop.services.humor import HumorGate
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.memory import MemoryService
from psylite_desktop.services.models import ModelService, read_catalogue
from psylite_desktop.services.passphrase_words import PassphraseWords
from psylite_desktop.services.reading import Reading
from psylite_desktop.services.recall import Recall
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.services.scales import ScaleService
from psylite_desktop.services.screening import Screening
from psylite_desktop.services.session import Session
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.kdf_tuning import RunCost
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.system_keyring import SystemKeyring


@dataclass(frozen=True, slots=True)
class AppServices:
    """What lives as long as the program: no vault is open yet."""

    paths: AppPaths
    plain: PlainSettingsService
    profiles: ProfileShelf
    keys: ProfileKeys
    passphrase_words: PassphraseWords
    models: ModelService
    help: HelpService
    protocol: ProtocolTexts
    plan: PlanTexts
    exercises: ExerciseTexts
    host: EngineHost
    assessor: Assessor
    guided: GuidedReplies
    quoting: Quoting
    memory: MemoryRules
    moves: Moves
    humor: HumorWords
    prompts: Prompts
    guard: OutputGuard
    closing: ClosingTexts
    check_in_words: CheckInWords
    scales: ScaleTexts


def build_services(paths: AppPaths) -> AppServices:
    """Make everything that needs no vault. Starts no process and imports nothing heavy.

    Raises InputError when a shipped content file is broken.
    """
    store = paths.model_store
    models = ModelService(
        read_catalogue(store / "catalogue.toml"), (store, paths.models), check_gguf
    )
    quoting = Quoting.load(paths.assets)
    shelf = _shelf(paths)
    return AppServices(
        paths=paths,
        plain=PlainSettingsService(paths.settings),
        profiles=shelf,
        keys=ProfileKeys(shelf),
        passphrase_words=PassphraseWords(load_passphrase_words(paths.assets)),
        models=models,
        help=HelpService(load_hotlines(paths.assets), CrisisTexts.load(paths.assets)),
        protocol=ProtocolTexts.load(paths.assets),
        plan=PlanTexts.load(paths.assets),
        exercises=ExerciseTexts.of(paths.assets),
        host=EngineHost(assets=paths.assets, models=store, index=paths.index),
        assessor=Assessor.load(paths.assets, store / "risk"),
        guided=GuidedReplies.load(paths.assets),
        quoting=quoting,
        memory=MemoryRules.load(paths.assets, quoting),
        moves=Moves.load(paths.assets),
        humor=HumorWords.load(paths.assets),
        prompts=Prompts.load(paths.assets),
        guard=OutputGuard.load(paths.assets),
        closing=ClosingTexts.load(paths.assets),
        check_in_words=CheckInWords.load(paths.assets),
        scales=ScaleTexts.load(paths.assets),
    )


def _shelf(paths: AppPaths) -> ProfileShelf:
    return ProfileShelf(
        paths.profiles,
        keyring=SystemKeyring(is_allowed=not paths.is_portable),
        cost=RunCost(),
        journal=JournalMode.ROLLBACK if paths.is_portable else JournalMode.LOG,
    )


def open_session(  # noqa: PLR0913 - what tests and commands put in the place of the engine
    services: AppServices,
    vault: Vault,
    *,
    guest: bool,
    language: Callable[[], str],
    model: TextModel | None = None,
    index: PassageIndex | None = None,
    listener: Listener | None = None,
    vectors: TextVectors | None = None,
    clock: Clock | None = None,
) -> Session:
    """Make the services of an open vault.

    `model`, `index`, `listener` and `vectors` default to the engine process.
    Raises VaultError when the stored risk state cannot be read.
    """
    clock = clock or Clock()
    index = index or services.host
    listening = Listening(services.assessor, [listener or services.host])
    screening = Screening(listening, vault.risk_state, clock)
    check_ins = CheckInService(vault.check_ins, screening, services.check_in_words, clock)
    background = Background(
        _recall(services, vault, screening, vectors or services.host, clock),
        lambda lang: check_ins.prompt_line(lang, shared=vault.settings.load().share_check_in),
    )
    writer = _writer(services, model or services.host, index, background, clock)
    chat = ChatService(
        store=vault.conversations,
        screening=screening,
        composer=_composer(services, vault, screening, writer, index, clock),
        moves=services.moves,
        language=language,
        clock=clock,
    )
    return Session(
        vault=vault,
        screening=screening,
        chat=chat,
        history=HistoryService(vault.conversations),
        corrections=CorrectionService(vault.corrections, screening, clock),
        plan=SafetyPlanService(vault.safety_plan, clock),
        asides=AsideService(vault.asides, clock),
        memory=_memory(services, vault, screening, clock),
        closing=_closing(services, vault, screening, language, clock),
        check_ins=check_ins,
        exercises=ExerciseService(services.exercises, vault.exercise_runs, screening, clock),
        scales=ScaleService(
            texts=services.scales,
            store=vault.scale_runs,
            drafts=vault.drafts,
            screening=screening,
            clock=clock,
        ),
        guest=guest,
    )


def _writer(
    services: AppServices,
    model: TextModel,
    index: PassageIndex,
    background: Background,
    clock: Clock,
) -> ReplyWriter:
    return ReplyWriter(
        model=model,
        index=index,
        guided=GuidedTalk(services.guided, services.quoting, services.assessor),
        prompts=services.prompts,
        guard=services.guard,
        background=background,
        clock=clock,
    )


def _recall(
    services: AppServices, vault: Vault, screening: Screening, vectors: TextVectors, clock: Clock
) -> Recall:
    return Recall(
        notes=vault.memory_notes,
        vectors=vectors,
        situations=services.guided,
        rules=services.memory,
        is_on=lambda: vault.settings.load().memory,
        look=screening.look,
        clock=clock,
    )


def _memory(
    services: AppServices, vault: Vault, screening: Screening, clock: Clock
) -> MemoryService:
    return MemoryService(
        notes=vault.memory_notes,
        conversations=vault.conversations,
        settings=vault.settings,
        answered=vault.drafts,
        rules=services.memory,
        look=screening.look,
        clock=clock,
    )


def _composer(
    services: AppServices,
    vault: Vault,
    screening: Screening,
    writer: ReplyWriter,
    index: PassageIndex,
    clock: Clock,
) -> Composer:
    gate = HumorGate(
        words=services.humor,
        situations=services.guided,
        conversations=vault.conversations,
        asides=vault.asides,
        is_on=lambda: vault.settings.load().humor,
        look=screening.look,
        clock=clock,
    )
    crosstalk = Crosstalk(
        words=services.humor,
        situations=services.guided,
        index=index,
        asides=vault.asides,
        clock=clock,
    )
    reading = Reading(situations=services.guided, index=index, asides=vault.asides, clock=clock)
    return Composer(
        help_texts=services.help,
        writer=writer,
        gate=gate,
        crosstalk=crosstalk,
        reading=reading,
        asides=vault.asides,
        clock=clock,
    )


def _closing(
    services: AppServices,
    vault: Vault,
    screening: Screening,
    language: Callable[[], str],
    clock: Clock,
) -> ClosingService:
    sketcher = Sketcher(
        texts=services.closing,
        situations=services.guided,
        moves=services.moves,
        quoting=services.quoting,
        is_safe=harmless(services.assessor),
    )
    return ClosingService(
        store=vault.endings,
        conversations=vault.conversations,
        sketcher=sketcher,
        level=lambda: screening.state.level,
        language=language,
        clock=clock,
    )


def use_chosen_model(services: AppServices, chosen: str | Path | None = None) -> None:
    """Tell the engine process which file to load when it is next needed.

    Raises ModelFileError (model_missing).
    """
    wanted = str(chosen) if chosen is not None else services.plain.current.model
    services.host.use_model(services.models.resolve(wanted))
