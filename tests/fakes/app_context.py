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
from psylite_desktop.content.memory import MemoryRules
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.content.protocol import ProtocolTexts
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.errors import ModelFileError, VaultError
from psylite_desktop.domain.model_card import CatalogueEntry
from psylite_desktop.domain.ports import ModelInfo
from psylite_desktop.domain.profile import NewProfile, Profile
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.domain.settings import Language, PrivateSettings, Theme
from psylite_desktop.services.asides import AsideService
from psylite_desktop.services.check_ins import CheckInService
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.corrections import CorrectionService
from psylite_desktop.services.exercises import ExerciseService
from psylite_desktop.services.help import HelpService
from psylite_desktop.services.history import HistoryService
from psylite_desktop.services.insights import InsightsService
from psylite_desktop.services.memory import MemoryService
from psylite_desktop.services.models import ModelOnDisk
from psylite_desktop.services.ratings import RatingService
from psylite_desktop.services.safety_plan import SafetyPlanService
from psylite_desktop.services.scales import ScaleService
from psylite_desktop.services.session import Session
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch
from tests.fakes.closing import make_closing
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.outward import make_outward
from tests.fakes.suggestions import make_suggestions

ASSETS = Path(__file__).parents[2] / "assets"
WORDS = CheckInWords.load(ASSETS)
EXERCISES = ExerciseTexts.of(ASSETS)
CODE = "7K3M-9QX2-H4TB-V8RN-E5WD-P6YC-2J*"
PASSPHRASE = "a cat asleep on the sill"


@dataclass
class FakeShelf:
    """Profiles in memory; `failure` makes the next opening fail."""

    secrets: dict[str, list[str]] = field(default_factory=dict)
    vaults: dict[str, MemoryVault] = field(default_factory=dict)
    guests: list[MemoryVault] = field(default_factory=list)
    failure: VaultError | None = None

    def profiles(self) -> list[Profile]:
        return [Profile(folder=label, label=label) for label in sorted(self.secrets)]

    def create(
        self, passphrase: str, *, label: str | None = None
    ) -> tuple[NewProfile, MemoryVault]:
        if self.failure:
            raise self.failure
        name = label or f"teal-{len(self.secrets) + 1}"
        self.secrets[name] = [passphrase, CODE]
        self.vaults[name] = MemoryVault()
        return NewProfile(Profile(name, name), CODE), self.vaults[name]

    def unlock(self, profile: Profile, secret: str) -> MemoryVault:
        if self.failure:
            raise self.failure
        if secret not in self.secrets[profile.label]:
            raise VaultError("vault_wrong_passphrase")
        vault = self.vaults[profile.label]
        vault.closed = False
        return vault

    def change_passphrase(self, profile: Profile, secret: str, new: str) -> None:
        assert secret in self.secrets[profile.label]
        self.secrets[profile.label][0] = new

    def guest(self) -> MemoryVault:
        self.guests.append(MemoryVault())
        return self.guests[-1]


class FakeHost:
    """Counts what is asked of the engine process."""

    def __init__(self) -> None:
        self.stops = 0
        self.warmed = 0
        self.used: list[Path] = []

    def stop_now(self) -> None:
        self.stops += 1

    def info(self) -> ModelInfo:
        self.warmed += 1
        return ModelInfo("nano", 512, 1, "nano", practice=True)

    def use_model(self, path: Path, *, context_length: int = 0) -> None:
        self.used.append(path)


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

    def resolve(self, chosen: str) -> Path:
        return Path("/models") / (chosen or "psylite-nano")

    def ensure_fits(self, path: Path) -> None:
        """Files called huge.gguf do not fit."""
        if path.name == "huge.gguf":
            raise ModelFileError("model_does_not_fit", needed=5150, available=3500)


class FakeScreening:
    """Calm, always."""

    state = RiskState()

    def look(self, _text: str) -> Assessment:
        return Assessment()


@dataclass
class Desk:
    """Everything a window stands on in a test, with the fakes in reach."""

    app: QApplication
    plain: PlainSettingsService
    shelf: FakeShelf
    host: FakeHost
    engine: EngineThread
    context: AppContext
    sessions: list[Session] = field(default_factory=list)

    def open_session(self, vault: Any, guest: bool) -> Session:
        screening = cast(Any, FakeScreening())
        session = Session(
            vault=vault,
            screening=screening,
            chat=cast(Any, SimpleNamespace(answer=lambda _request, _cancelled: iter(()))),
            history=HistoryService(vault.conversations),
            corrections=CorrectionService(vault.corrections, screening, Clock()),
            plan=SafetyPlanService(vault.safety_plan, Clock()),
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
            guest=guest,
        )
        self.sessions.append(session)
        return session

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
    desk: list[Desk] = []
    context = AppContext(
        language=LanguageSwitch(app, plain, ASSETS),
        theme=ThemeSwitch(app, plain, ASSETS),
        plain=plain,
        profiles=cast(Any, shelf),
        help=HelpService(load_hotlines(ASSETS), CrisisTexts.load(ASSETS)),
        protocol=ProtocolTexts.load(ASSETS),
        plan=PlanTexts.load(ASSETS),
        models=cast(Any, FakeModels()),
        engine=engine,
        host=cast(Any, host),
        chat_bridge=bridge,
        open_session=lambda vault, guest: desk[0].open_session(vault, guest),  # noqa: PLW0108 - late
    )
    desk.append(Desk(app, plain, shelf, host, engine, context))
    return desk[0]
