"""An `AppContext` with real theme, language and engine thread, and fakes behind everything slow."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.hotlines import load_hotlines
from psylite_desktop.content.journal_prompts import JournalPrompts
from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.content.passphrase_words import load_passphrase_words
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.protocol import ProtocolTexts
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.backup import (
    Backup,
    Contents,
    Progress,
    SalvageReport,
    TableReport,
)
from psylite_desktop.domain.errors import ModelFileError, VaultError
from psylite_desktop.domain.model_card import CatalogueEntry, GgufFacts, MemoryView
from psylite_desktop.domain.ports import ModelInfo
from psylite_desktop.domain.profile import NewProfile, Profile
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.domain.safety_plan import Obstacle, PlanEntry
from psylite_desktop.domain.settings import Language, PrivateSettings, Theme
from psylite_desktop.domain.whereabouts import SocketReport
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.host.status import EngineState, EngineStatus
from psylite_desktop.services.asides import AsideService
from psylite_desktop.services.backup import BackupService
from psylite_desktop.services.check_ins import CheckInService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.services.help import HelpService
from psylite_desktop.services.history import HistoryService
from psylite_desktop.services.insights import InsightsService
from psylite_desktop.services.journal import JournalService
from psylite_desktop.services.journal_prompts import PromptChoice
from psylite_desktop.services.memory import MemoryService
from psylite_desktop.services.model_library import ModelLibrary
from psylite_desktop.services.models import ModelOnDisk, ModelService, read_catalogue
from psylite_desktop.services.passphrase_words import PassphraseWords
from psylite_desktop.services.ratings import RatingService
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.services.scales import ScaleService
from psylite_desktop.services.session import Session
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.services.whereabouts import Whereabouts
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.model_shelf import ModelShelf
from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch
from tests.fakes.closing import make_closing
from tests.fakes.earlier import make_earlier
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.outward import make_outward
from tests.fakes.own_mirror import make_mirror
from tests.fakes.suggestions import make_suggestions

ASSETS = Path(__file__).parents[2] / "assets"
WORDS = CheckInWords.load(ASSETS)
JOURNAL_PROMPTS = JournalPrompts.load(ASSETS)
EXERCISES = ExerciseTexts.of(ASSETS)
WORD_LISTS = load_passphrase_words(ASSETS)
NOWHERE = ASSETS.parent / "no such folder"
CODE = "7K3M-9QX2-H4TB-V8RN-E5WD-P6YC-2J*"
NEW_CODE = "0A1B-2C3D-4E5F-6G7H-8J9K-0M1N-3P~"
PASSPHRASE = "a cat asleep on the sill"


@dataclass
class FakeShelf:
    """Profiles in memory; `failure` makes the next opening fail."""

    secrets: dict[str, list[str]] = field(default_factory=dict)
    vaults: dict[str, MemoryVault] = field(default_factory=dict)
    guests: list[MemoryVault] = field(default_factory=list)
    in_keyring: set[str] = field(default_factory=set)
    keyring_answers: bool = True
    failure: VaultError | None = None
    kept: dict[Backup, Contents] = field(default_factory=dict)
    restored: list[tuple[str, str]] = field(default_factory=list)

    def cost(self) -> KdfCost:
        return KdfCost()

    def profiles(self) -> list[Profile]:
        return [
            Profile(label, label, by_keyring=label in self.in_keyring)
            for label in sorted(self.secrets)
        ]

    def labelled(self, label: str) -> Profile:
        return Profile(folder=label, label=label)

    def create(
        self, passphrase: str, *, label: str | None = None, unlisted: bool = False
    ) -> tuple[NewProfile, MemoryVault]:
        if self.failure:
            raise self.failure
        count = len(self.secrets) + (50 if unlisted else 1)
        name = label or f"teal-{count}"
        self.secrets[name] = [passphrase, CODE]
        self.vaults[name] = MemoryVault()
        return NewProfile(Profile(name, name), CODE), self.vaults[name]

    def unlock(self, profile: Profile, secret: str) -> MemoryVault:
        if self.failure:
            raise self.failure
        if secret not in self.secrets.get(profile.label, ()):
            raise VaultError("vault_wrong_passphrase")
        return self._opened(profile)

    def unlock_with_keyring(self, profile: Profile) -> MemoryVault:
        if profile.label not in self.in_keyring or not self.keyring_answers:
            raise VaultError("keyring_unavailable")
        return self._opened(profile)

    def change_passphrase(self, profile: Profile, secret: str, new: str) -> None:
        assert secret in self.secrets[profile.label]
        self.secrets[profile.label][0] = new

    def delete(self, profile: Profile) -> None:
        if self.failure:
            raise self.failure
        del self.secrets[profile.label], self.vaults[profile.label]

    def shown_plan(self, profile: Profile) -> tuple[PlanEntry, ...]:
        return self.vaults[profile.label].shown_plan.entries

    def guest(self) -> MemoryVault:
        self.guests.append(MemoryVault())
        self.guests[-1].backups.profile = None
        return self.guests[-1]

    # -- ways back

    def backups(self, profile: Profile) -> list[Backup]:
        return [each for each, _ in sorted(self.kept.items(), key=_newest_first)]

    def contents(self, profile: Profile, name: str, secret: str) -> Contents:
        self._open(profile, secret)
        return self.kept[self._kept(name)]

    def restore(self, profile: Profile, name: str, secret: str, progress: Progress) -> None:
        self._open(profile, secret)
        self.restored.append((profile.label, self._kept(name).name))
        self.failure = None

    def restore_as_new(
        self, profile: Profile, name: str, secret: str, progress: Progress
    ) -> Profile:
        self._open(profile, secret)
        self.restored.append(("new", self._kept(name).name))
        return self._added("plum-9", secret)

    def mend_header(self, profile: Profile, secret: str) -> None:
        self._open(profile, secret)
        self.failure = None

    def file_contents(self, path: Path, secret: str, progress: Progress) -> Contents:
        if secret != PASSPHRASE:
            raise VaultError("vault_wrong_passphrase")
        if "damaged" in path.name:
            raise VaultError("psyvault_damaged")
        return Contents((("messages", 12), ("check_ins", 3)), 1_790_000_000.0, 4)

    def import_file(self, path: Path, secret: str, progress: Progress) -> Profile:
        return self._added("moss-4", secret)

    def replace_with_file(
        self, profile: Profile, path: Path, secret: str, progress: Progress
    ) -> None:
        self.restored.append((profile.label, path.name))

    def salvage(self, profile: Profile, secret: str, progress: Progress) -> SalvageReport:
        self._open(profile, secret)
        made = self._added(f"{profile.label}-salvaged", secret)
        tables = (
            TableReport("messages", 40, 2, (7, 8, 9)),
            TableReport("check_ins", 12),
            TableReport("drafts", 0),
        )
        return SalvageReport(made, tables, 30, 2, None)

    def _open(self, profile: Profile, secret: str) -> None:
        if secret not in self.secrets[profile.label]:
            raise VaultError("vault_wrong_passphrase")

    def _kept(self, name: str) -> Backup:
        found = next((backup for backup in self.kept if backup.name == name), None)
        if found is None:
            raise VaultError("backup_unknown")
        return found

    def _added(self, label: str, secret: str) -> Profile:
        self.secrets[label] = [secret]
        self.vaults[label] = MemoryVault()
        return Profile(label, label)

    def _opened(self, profile: Profile) -> MemoryVault:
        vault = self.vaults[profile.label]
        vault.closed = False
        return vault


def _newest_first(item: tuple[Backup, Contents]) -> int:
    return -item[0].number


@dataclass
class FakeKeys:
    """The keys of a fake shelf."""

    shelf: FakeShelf
    keyring: bool = False
    cost: KdfCost = field(default_factory=KdfCost)
    anew: list[str] = field(default_factory=list)

    def check(self, profile: Profile, secret: str) -> None:
        if self.shelf.failure:
            raise self.shelf.failure
        if secret not in self.shelf.secrets.get(profile.label, ()):
            raise VaultError("vault_wrong_passphrase")

    def cost_of(self, _profile: Profile) -> KdfCost:
        return self.cost

    def has_keyring(self) -> bool:
        return self.keyring

    def may_use_keyring(self, profile: Profile) -> bool:
        return profile.label in self.shelf.in_keyring

    def allow_keyring(self, profile: Profile, secret: str) -> None:
        if not self.shelf.keyring_answers:
            raise VaultError("keyring_unavailable")
        self.check(profile, secret)
        self.shelf.in_keyring.add(profile.label)

    def forbid_keyring(self, profile: Profile) -> None:
        self.shelf.in_keyring.discard(profile.label)

    def drawn_code(self) -> str:
        return NEW_CODE

    def use_recovery_code(self, profile: Profile, secret: str, code: str) -> None:
        self.check(profile, secret)
        self.shelf.secrets[profile.label][1] = code

    def replace_key(self, profile: Profile, secret: str, passphrase: str) -> str:
        self.check(profile, secret)
        self.anew.append(profile.label)
        self.shelf.secrets[profile.label] = [passphrase, NEW_CODE]
        self.forbid_keyring(profile)
        return NEW_CODE


class FakeHost:
    """Counts what is asked of the engine process."""

    def __init__(self) -> None:
        self.stops = 0
        self.warmed = 0
        self.is_held = False
        self.used: list[Path] = []
        self.idle = 0.0
        self.state = EngineState.READY
        self.report: SocketReport | None = None
        self.is_anyway = False
        self.refused: list[str] = []
        self.listened = 0
        self.is_without = False

    def stop_now(self) -> None:
        self.stops += 1

    def hold(self, *, is_held: bool) -> None:
        self.is_held = is_held
        if is_held:
            self.stop_now()

    def status(self) -> EngineStatus:
        return EngineStatus(self.state)

    def idle_s(self) -> float:
        return self.idle

    def listen_patiently(self, _text: str) -> None:
        self.listened += 1

    def socket_report(self) -> SocketReport | None:
        return self.report

    pid = 0

    def make_ready(self) -> None:
        self.warmed += 1

    def info(self, cancelled: Any = None) -> ModelInfo:
        self.warmed += 1
        return ModelInfo("nano", 512, 1, "nano", practice=True)

    def use_model(self, path: Path, *, context_length: int = 0, anyway: bool = False) -> None:
        self.used.append(path)
        self.is_anyway = anyway
        self.is_without = False

    def use_none(self) -> None:
        self.is_without = True

    def refuse_model(self, error: ModelFileError) -> None:
        self.refused.append(error.code)


class FakeModels:
    """Two good models and a damaged one."""

    def __init__(self) -> None:
        self.catalogue = tuple(
            CatalogueEntry(
                id=id_,
                name={"zh": zh, "en": en},
                file=f"{id_}/{id_}.gguf",
                size=1,
                parameters=1,
                context=512,
                chat_format="nano",
                licence="Apache-2.0",
                languages=("zh", "en"),
                min_ram_gb=1,
                comfortable_ram_gb=1,
                practice=id_ == "psylite-nano",
            )
            for id_, zh, en in (
                ("psylite-nano", "PsyLite Nano", "PsyLite Nano"),
                ("qwen-1.7b", "通义千问 1.7B", "Qwen 1.7B"),
            )
        )

    def on_disk(self) -> list[ModelOnDisk]:
        good = [ModelOnDisk(Path("/models") / e.file, e, None) for e in self.catalogue]
        return [*good, ModelOnDisk(Path("/models/broken.gguf"), None, None, "model_truncated")]

    def look(self, path: Path) -> ModelOnDisk:
        error = "" if path.suffix == ".gguf" else "model_not_gguf"
        return ModelOnDisk(path, None, None, error)

    def setting_of(self, path: Path) -> str:
        entry = next((e for e in self.catalogue if Path("/models") / e.file == path), None)
        return str(path) if entry is None else entry.id

    def paths(self) -> list[Path]:
        return []

    def resolve(self, chosen: str) -> Path:
        if not chosen:
            raise ModelFileError("model_missing")
        return Path("/models") / chosen

    def ensure_fits(self, path: Path) -> None:
        """Files called huge.gguf do not fit."""
        if path.name == "huge.gguf":
            raise ModelFileError("model_does_not_fit", needed=5150, available=3500)


def view(facts: GgufFacts) -> MemoryView:
    """A machine of five gigabytes with three free; weights as large as the file."""
    own, rest, free = 100_000_000, 300_000_000, 3_000_000_000
    needed = facts.size + own + rest
    verdict = "fits" if needed + 500_000_000 < free else "tight" if needed < free else "no"
    return MemoryView(verdict, facts.size, own, rest, free, 5_000_000_000, 4096)


def make_library(shelf: Path = NOWHERE, store: Path = NOWHERE) -> ModelLibrary:
    """The real library over folders that need not be there, with the shipped catalogue."""
    kept = ModelShelf(shelf)
    catalogue = read_catalogue(ASSETS.parent / "model_store" / "catalogue.toml")
    models = ModelService(catalogue, (store, shelf), check_gguf, references=kept.references)
    return ModelLibrary(models, kept, view, shipped=store, tuning=shelf / "tuning")


class FakeScreening:
    """Calm, always."""

    state = RiskState()

    def look(self, _text: str) -> Assessment:
        return Assessment()

    def take(self, _text: str, *, only_up: bool = False) -> tuple[Assessment, RiskState]:
        del only_up
        return Assessment(), self.state

    def preview(self, _text: str) -> tuple[Assessment, RiskState]:
        return Assessment(), self.state


@dataclass
class Desk:
    """Everything a window stands on in a test, with the fakes in reach."""

    app: QApplication
    plain: PlainSettingsService
    shelf: FakeShelf
    keys: FakeKeys
    host: FakeHost
    engine: EngineThread
    context: AppContext
    sessions: list[Session] = field(default_factory=list)

    def open_session(self, vault: Any, guest: bool) -> Session:
        screening = cast(Any, FakeScreening())
        session = Session(
            **make_earlier(vault),
            vault=vault,
            screening=screening,
            chat=cast(
                Any,
                SimpleNamespace(
                    answer=lambda _request, _cancelled: iter(()),
                    read_ahead=lambda _conversation, _draft, *, replaces: False,
                    drop_ahead=lambda: None,
                ),
            ),
            history=HistoryService(vault.conversations),
            corrections=CorrectionService(vault.corrections, screening, Clock()),
            plan=self._plan(vault, guest=guest),
            asides=AsideService(vault.asides, Clock()),
            memory=MemoryService(
                notes=vault.memory_notes,
                conversations=vault.conversations,
                settings=vault.settings,
                answered=vault.drafts,
                rules=MemoryRules.load(ASSETS, Quoting.load(ASSETS)),
                look=screening.look,
                clock=Clock(),
            ),
            closing=make_closing(vault, screening),
            check_ins=CheckInService(vault.check_ins, screening, WORDS, Clock()),
            exercises=ExerciseService(EXERCISES, vault.exercise_runs, screening, Clock()),
            scales=ScaleService(
                texts=ScaleTexts.load(ASSETS),
                store=vault.scale_runs,
                drafts=vault.drafts,
                screening=screening,
                clock=Clock(),
            ),
            backups=BackupService(vault.backups, vault.drafts, Clock()),
            insights=InsightsService(
                check_ins=vault.check_ins,
                exercise_runs=vault.exercise_runs,
                scale_runs=vault.scale_runs,
                look=screening.look,
                clock=Clock(),
            ),
            ratings=RatingService(vault.ratings, Clock()),
            suggestions=make_suggestions(vault, screening),
            **make_outward(vault, screening),
            journal=JournalService(
                store=vault.journal,
                check_ins=vault.check_ins,
                conversations=vault.conversations,
                prompts=PromptChoice(JOURNAL_PROMPTS, vault.drafts),
                screening=screening,
                clock=Clock(),
            ),
            mirror=make_mirror(screening.look),
            guest=guest,
        )
        self.sessions.append(session)
        return session

    def _plan(self, vault: Any, *, guest: bool) -> SafetyPlanService:
        def obstacle() -> Obstacle | None:
            if guest:
                return Obstacle.GUEST
            return Obstacle.DISCREET if self.plain.current.discreet else None

        plan = SafetyPlanService(
            vault.safety_plan,
            Clock(),
            settings=vault.settings,
            shown=vault.shown_plan,
            obstacle=obstacle,
        )
        plan.tidy()
        return plan

    def new_profile(self, *, welcomed: bool = True) -> MemoryVault:
        """A profile that was made earlier."""
        made, vault = self.shelf.create(PASSPHRASE)
        vault.settings.save(PrivateSettings(welcomed=welcomed))
        vault.closed = True
        del made
        return vault

    def close(self) -> None:
        self.engine.stop(timeout_s=5)
        self.plain.change(language=Language.EN)  # takes the translators away
        for part in (self.context.language, self.context.theme, self.context.chat_bridge):
            part.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_desk(
    app: QApplication, *, language: Language = Language.EN, theme: Theme = Theme.LIGHT
) -> Desk:
    plain = PlainSettingsService(None)
    plain.change(language=language, theme=theme)
    bridge = ChatBridge(app)
    engine = EngineThread(bridge.publish)
    shelf, host = FakeShelf(), FakeHost()
    keys, models = FakeKeys(shelf), FakeModels()
    library = make_library(store=Path("/models"))
    library._models.resolve = models.resolve  # type: ignore[method-assign]
    desk: list[Desk] = []
    context = AppContext(
        language=LanguageSwitch(app, plain, ASSETS),
        theme=ThemeSwitch(app, plain, ASSETS),
        plain=plain,
        profiles=cast(Any, shelf),
        keys=cast(Any, keys),
        passphrase_words=PassphraseWords(WORD_LISTS),
        help=HelpService(load_hotlines(ASSETS), CrisisTexts.load(ASSETS)),
        protocol=ProtocolTexts.load(ASSETS),
        plan=PlanTexts.load(ASSETS),
        models=cast(Any, models),
        library=library,
        engine=engine,
        host=cast(Any, host),
        chat_bridge=bridge,
        whereabouts=Whereabouts({}),
        open_session=lambda vault, guest: desk[0].open_session(vault, guest),  # noqa: PLW0108 - late
    )
    desk.append(Desk(app, plain, shelf, keys, host, engine, context))
    return desk[0]
