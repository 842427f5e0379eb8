"""Puts the services together, without Qt: plain constructor calls from the bottom up."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.host.client import EngineHost
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.storage.journal_mode import JournalMode

if TYPE_CHECKING:
    from psylite_desktop.content.closing import ClosingTexts
    from psylite_desktop.content.exercises import ExerciseTexts
    from psylite_desktop.content.feelings import CheckInWords
    from psylite_desktop.content.guided import GuidedReplies
    from psylite_desktop.content.journal_prompts import JournalPrompts
    from psylite_desktop.content.memory import MemoryRules
    from psylite_desktop.content.moves import Moves
    from psylite_desktop.content.plan import PlanTexts
    from psylite_desktop.content.prompts import Prompts
    from psylite_desktop.content.protocol import ProtocolTexts
    from psylite_desktop.content.quoting import Quoting
    from psylite_desktop.content.scales import ScaleTexts
    from psylite_desktop.content.suggestions import SuggestionTexts
    from psylite_desktop.domain.model_card import GgufFacts, MemoryView
    from psylite_desktop.safety.assess import Assessor
    from psylite_desktop.safety.guard import OutputGuard
    from psylite_desktop.services.articles import Articles
    from psylite_desktop.services.help import HelpService
    from psylite_desktop.services.humor import HumorSigns
    from psylite_desktop.services.mirror import MirrorService
    from psylite_desktop.services.mirror_wording import MirrorWording
    from psylite_desktop.services.model_library import ModelLibrary
    from psylite_desktop.services.models import ModelService
    from psylite_desktop.services.passphrase_words import PassphraseWords
    from psylite_desktop.services.whereabouts import Whereabouts
    from psylite_desktop.storage.model_shelf import ModelShelf
    from psylite_desktop.storage.profile_keys import ProfileKeys
    from psylite_desktop.storage.rescue import RescueShelf

T = TypeVar("T")

_REST_S = 0.0005
"""Sleep after each pattern of the rules: work ahead must not slow what is done now."""


class _Part(Generic[T]):
    """A part of `AppServices`: made when it is first asked for, by whichever thread asks."""

    def __init__(self, make: Callable[[AppServices], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self.name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, services: AppServices, _kind: type[AppServices]) -> T:
        kept = vars(services)
        with self._lock:
            if self.name not in kept:
                kept[self.name] = self._make(services)
            part: T = kept[self.name]
            return part


class AppServices:
    """What lives as long as the program: no vault is open yet.

    Starts no process and imports nothing heavy. The window is to be usable within a second, so
    each part is imported and read when it is first asked for. A part whose shipped file is broken
    raises InputError then, and every time.

    A safe start has no engine, hence no retrieval either, and neither reads nor writes the plain
    settings: what a start may fail over. Spaces and their words are the same.
    """

    def __init__(self, paths: AppPaths) -> None:
        self.paths = paths

    def read_all(self) -> None:
        """Read all that is not read yet, and compile the rules: what was opened finds it ready.

        Takes seconds; for a thread beside the window. The rules come first: the first message
        needs them most. One part that fails keeps no other one; raises its error (InputError) at
        the end, that of the first one.
        """
        parts = [part for part in vars(AppServices).values() if isinstance(part, _Part)]
        reads: list[Callable[[], object]] = [lambda: self.assessor.warm(rest_s=_REST_S)]
        reads += [partial(_Part.__get__, part, self, AppServices) for part in parts]
        errors: list[Exception] = []
        for read in reads:
            try:
                read()
            except Exception as error:  # noqa: BLE001 - raised below, once all were tried
                errors.append(error)
        if errors:
            raise errors[0]

    @_Part
    def plain(self) -> PlainSettingsService:
        """Settings of the window."""
        plain = PlainSettingsService(None if self.paths.is_safe else self.paths.settings)
        plain.on_change(lambda settings: _hide_plans(self, is_needed=settings.discreet))
        return plain

    @_Part
    def host(self) -> EngineHost:
        """The engine process; not started yet."""
        paths = self.paths
        host = EngineHost(
            assets=paths.assets, models=paths.model_store, index=paths.index, tuning=paths.tuning
        )
        if paths.is_safe:
            host.close()  # it never starts then, and says so to whoever asks
        return host

    @_Part
    def profiles(self) -> RescueShelf:
        """The spaces of this data folder."""
        from psylite_desktop.storage.kdf_tuning import RunCost
        from psylite_desktop.storage.rescue import RescueShelf
        from psylite_desktop.storage.system_keyring import SystemKeyring

        is_portable = self.paths.is_portable
        return RescueShelf(
            self.paths.profiles,
            keyring=SystemKeyring(is_allowed=not is_portable),
            cost=RunCost(),
            journal=JournalMode.ROLLBACK if is_portable else JournalMode.LOG,
        )

    @_Part
    def keys(self) -> ProfileKeys:
        """What opens the spaces."""
        from psylite_desktop.storage.profile_keys import ProfileKeys

        return ProfileKeys(self.profiles)

    @_Part
    def passphrase_words(self) -> PassphraseWords:
        """Words for generated passphrases."""
        from psylite_desktop.content.passphrase_words import load_passphrase_words
        from psylite_desktop.services.passphrase_words import PassphraseWords

        return PassphraseWords(load_passphrase_words(self.paths.assets))

    @_Part
    def brought_models(self) -> ModelShelf:
        """Model files that the person brought."""
        from psylite_desktop.storage.model_shelf import ModelShelf

        return ModelShelf(self.paths.models)

    @_Part
    def models(self) -> ModelService:
        """Model files."""
        from psylite_desktop.engine.gguf_check import check_gguf
        from psylite_desktop.services.models import ModelService, read_catalogue

        store = self.paths.model_store
        return ModelService(
            read_catalogue(store / "catalogue.toml"),
            (store, self.paths.models),
            check_gguf,
            _ensure_fit,
            self.brought_models.references,
        )

    @_Part
    def library(self) -> ModelLibrary:
        """What there is of models, what fits here, and how they come and go."""
        from psylite_desktop.services.model_library import ModelLibrary

        return ModelLibrary(
            self.models,
            self.brought_models,
            partial(_memory_view, self.host),
            shipped=self.paths.model_store,
            tuning=self.paths.tuning,
        )

    @_Part
    def help(self) -> HelpService:
        """Help that needs no engine and no vault."""
        from psylite_desktop.content.crisis import CrisisTexts
        from psylite_desktop.content.hotlines import load_hotlines
        from psylite_desktop.services.help import HelpService

        assets = self.paths.assets
        return HelpService(load_hotlines(assets), CrisisTexts.load(assets))

    @_Part
    def protocol(self) -> ProtocolTexts:
        """How the app listens for danger, in words."""
        from psylite_desktop.content.protocol import ProtocolTexts

        return ProtocolTexts.load(self.paths.assets)

    @_Part
    def plan(self) -> PlanTexts:
        """The words of the safety plan."""
        from psylite_desktop.content.plan import PlanTexts

        return PlanTexts.load(self.paths.assets)

    @_Part
    def exercises(self) -> ExerciseTexts:
        """Exercises."""
        from psylite_desktop.content.exercises import ExerciseTexts

        return ExerciseTexts.of(self.paths.assets)

    @_Part
    def assessor(self) -> Assessor:
        """The floor of the safety ladder."""
        from psylite_desktop.safety.assess import Assessor

        return Assessor.load(self.paths.assets, self.paths.model_store / "risk")

    @_Part
    def guided(self) -> GuidedReplies:
        """Written replies."""
        from psylite_desktop.content.guided import GuidedReplies

        return GuidedReplies.load(self.paths.assets)

    @_Part
    def quoting(self) -> Quoting:
        """How words are taken up."""
        from psylite_desktop.content.quoting import Quoting

        return Quoting.load(self.paths.assets)

    @_Part
    def moves(self) -> Moves:
        """What a message asks for."""
        from psylite_desktop.content.moves import Moves

        return Moves.load(self.paths.assets)

    @_Part
    def prompts(self) -> Prompts:
        """What a model is told."""
        from psylite_desktop.content.prompts import Prompts

        return Prompts.load(self.paths.assets)

    @_Part
    def guard(self) -> OutputGuard:
        """What no reply may say."""
        from psylite_desktop.safety.guard import OutputGuard

        return OutputGuard.load(self.paths.assets)

    @_Part
    def closing(self) -> ClosingTexts:
        """The words at the end of a talk."""
        from psylite_desktop.content.closing import ClosingTexts

        return ClosingTexts.load(self.paths.assets)

    @_Part
    def check_in_words(self) -> CheckInWords:
        """The words of a check-in."""
        from psylite_desktop.content.feelings import CheckInWords

        return CheckInWords.load(self.paths.assets)

    @_Part
    def scales(self) -> ScaleTexts:
        """Questionnaires."""
        from psylite_desktop.content.scales import ScaleTexts

        return ScaleTexts.load(self.paths.assets)

    @_Part
    def suggestions(self) -> SuggestionTexts:
        """What may be suggested."""
        from psylite_desktop.content.suggestions import SuggestionTexts

        return SuggestionTexts.load(self.paths.assets)

    @_Part
    def journal_prompts(self) -> JournalPrompts:
        """What to write about."""
        from psylite_desktop.content.journal_prompts import JournalPrompts

        return JournalPrompts.load(self.paths.assets)

    @_Part
    def mirror_wording(self) -> MirrorWording:
        """The words of the Mirror."""
        from psylite_desktop.services.mirror_wording import MirrorWording

        return MirrorWording.load(self.paths.assets)

    @_Part
    def articles(self) -> Articles:
        """Short explanations to read."""
        from psylite_desktop.services.articles import Articles

        return Articles(self.paths.assets)

    @_Part
    def memory(self) -> MemoryRules:
        """What is worth a note."""
        from psylite_desktop.content.memory import MemoryRules

        return MemoryRules.load(self.paths.assets, self.quoting)

    @_Part
    def humor(self) -> HumorSigns:
        """When a light word is welcome."""
        from psylite_desktop.services.humor import HumorSigns

        return HumorSigns.load(self.paths.assets, self.paths.model_store / "humor")

    @_Part
    def mirror(self) -> MirrorService:
        """Reads journal pages."""
        from psylite_desktop.services.mirror import MirrorService

        return MirrorService(self.paths.assets, self.paths.model_store / "mirror")

    @_Part
    def whereabouts(self) -> Whereabouts:
        """Where things are kept."""
        from psylite_desktop.domain.whereabouts import PlaceKind
        from psylite_desktop.services.whereabouts import Whereabouts

        paths = self.paths
        return Whereabouts(
            {
                PlaceKind.SPACES: paths.profiles,
                PlaceKind.SETTINGS: paths.settings,
                PlaceKind.MODELS: paths.models,
                PlaceKind.INDEX: paths.index,
                PlaceKind.TUNING: paths.tuning,
                PlaceKind.PROGRAM: paths.assets,
            }
        )


def build_services(paths: AppPaths) -> AppServices:
    """Make everything that needs no vault; each part once it is asked for."""
    return AppServices(paths)


def use_chosen_model(
    services: AppServices, chosen: str | Path | None = None, *, anyway: bool = False
) -> None:
    """Tell the engine process which file to load when it is next needed, if any.

    `anyway`: even if it does not fit the memory, as if the person had wished so once for this
    model. A file that is `chosen` here by name is taken as it is; that of the settings must have
    been tried as it is now. Raises ModelFileError (model_missing, model_untried); no model is
    loaded then, and whoever needs one is told why.
    """
    from psylite_desktop.domain.errors import ModelFileError

    library, host = services.library, services.host
    if chosen is None:
        library.use(services.plain.current.model, host, anyway=anyway)
        return
    try:
        path = services.models.resolve(str(chosen))
    except ModelFileError as error:
        host.refuse_model(error)
        raise
    host.use_model(path, anyway=anyway or library.may_load_anyway(path))


def _hide_plans(services: AppServices, *, is_needed: bool) -> None:
    """Where the start does not tell which spaces there are, nothing of them stands in clear."""
    if is_needed:
        from psylite_desktop.domain.errors import VaultError

        with contextlib.suppress(VaultError):
            services.profiles.hide_plans()


def _ensure_fit(facts: GgufFacts) -> None:
    from psylite_desktop.engine.loading import fit_here, settings_for

    settings_for(fit_here(facts))


def _memory_view(host: EngineHost, facts: GgufFacts) -> MemoryView:
    """How a model fits once the one that is loaded now has gone."""
    from psylite_desktop.engine.loading import memory_view
    from psylite_desktop.host.footprint import footprint

    return memory_view(facts, freed=footprint(host.pid).own)
