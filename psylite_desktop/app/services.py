"""Puts the services together, without Qt: plain constructor calls from the bottom up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.content.closing import ClosingTexts
from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.content.journal_prompts import JournalPrompts
from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.passphrase_words import load_passphrase_words
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.prompts import Prompts
from psylite_desktop.content.protocol import ProtocolTexts
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.content.suggestions import SuggestionTexts
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.domain.whereabouts import PlaceKind
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.loading import fit_here, settings_for
from psylite_desktop.host.client import EngineHost
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.guard import OutputGuard
from psylite_desktop.services.articles import Articles
from psylite_desktop.services.help import HelpService
from psylite_desktop.services.humor import HumorSigns
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_wording import MirrorWording
from psylite_desktop.services.models import ModelService, read_catalogue
from psylite_desktop.services.passphrase_words import PassphraseWords
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.services.whereabouts import Whereabouts
from psylite_desktop.storage.journal_mode import JournalMode
from psylite_desktop.storage.kdf_tuning import RunCost
from psylite_desktop.storage.profile_keys import ProfileKeys
from psylite_desktop.storage.rescue import RescueShelf
from psylite_desktop.storage.system_keyring import SystemKeyring


@dataclass(frozen=True, slots=True)
class AppServices:
    """What lives as long as the program: no vault is open yet."""

    paths: AppPaths
    plain: PlainSettingsService
    profiles: RescueShelf
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
    humor: HumorSigns
    prompts: Prompts
    guard: OutputGuard
    closing: ClosingTexts
    check_in_words: CheckInWords
    scales: ScaleTexts
    suggestions: SuggestionTexts
    articles: Articles
    journal_prompts: JournalPrompts
    mirror: MirrorService
    mirror_wording: MirrorWording
    whereabouts: Whereabouts


def build_services(paths: AppPaths) -> AppServices:
    """Make everything that needs no vault. Starts no process and imports nothing heavy.

    A safe start has no engine, hence no retrieval either, and neither reads nor writes the plain
    settings: what a start may fail over. Spaces and their words are the same.

    Raises InputError when a shipped content file is broken.
    """
    store = paths.model_store
    shelf = _shelf(paths)
    models = ModelService(
        read_catalogue(store / "catalogue.toml"), (store, paths.models), check_gguf, _ensure_fit
    )
    quoting = Quoting.load(paths.assets)
    return AppServices(
        paths=paths,
        plain=PlainSettingsService(None if paths.is_safe else paths.settings),
        profiles=shelf,
        keys=ProfileKeys(shelf),
        passphrase_words=PassphraseWords(load_passphrase_words(paths.assets)),
        models=models,
        help=HelpService(load_hotlines(paths.assets), CrisisTexts.load(paths.assets)),
        protocol=ProtocolTexts.load(paths.assets),
        plan=PlanTexts.load(paths.assets),
        exercises=ExerciseTexts.of(paths.assets),
        host=_host(paths),
        assessor=Assessor.load(paths.assets, store / "risk"),
        guided=GuidedReplies.load(paths.assets),
        quoting=quoting,
        memory=MemoryRules.load(paths.assets, quoting),
        moves=Moves.load(paths.assets),
        humor=HumorSigns.load(paths.assets, store / "humor"),
        prompts=Prompts.load(paths.assets),
        guard=OutputGuard.load(paths.assets),
        closing=ClosingTexts.load(paths.assets),
        check_in_words=CheckInWords.load(paths.assets),
        scales=ScaleTexts.load(paths.assets),
        suggestions=SuggestionTexts.load(paths.assets),
        articles=Articles(paths.assets),
        journal_prompts=JournalPrompts.load(paths.assets),
        mirror=MirrorService(paths.assets, store / "mirror"),
        mirror_wording=MirrorWording.load(paths.assets),
        whereabouts=Whereabouts(
            {
                PlaceKind.SPACES: paths.profiles,
                PlaceKind.SETTINGS: paths.settings,
                PlaceKind.MODELS: paths.models,
                PlaceKind.INDEX: paths.index,
                PlaceKind.PROGRAM: paths.assets,
            }
        ),
    )


def _host(paths: AppPaths) -> EngineHost:
    host = EngineHost(
        assets=paths.assets, models=paths.model_store, index=paths.index, tuning=paths.tuning
    )
    if paths.is_safe:
        host.close()  # it never starts then, and says so to whoever asks
    return host


def _shelf(paths: AppPaths) -> RescueShelf:
    return RescueShelf(
        paths.profiles,
        keyring=SystemKeyring(is_allowed=not paths.is_portable),
        cost=RunCost(),
        journal=JournalMode.ROLLBACK if paths.is_portable else JournalMode.LOG,
    )


def use_chosen_model(
    services: AppServices, chosen: str | Path | None = None, *, anyway: bool = False
) -> None:
    """Tell the engine process which file to load when it is next needed.

    `anyway`: even if it does not fit the memory. Raises ModelFileError (model_missing).
    """
    wanted = str(chosen) if chosen is not None else services.plain.current.model
    services.host.use_model(services.models.resolve(wanted), anyway=anyway)


def _ensure_fit(facts: GgufFacts) -> None:
    settings_for(fit_here(facts))
