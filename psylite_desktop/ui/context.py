"""What pages are given: two plain bundles of services, one before and one after unlock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psylite_desktop.content.plan import PlanTexts
    from psylite_desktop.content.protocol import ProtocolTexts
    from psylite_desktop.domain.ports import Vault
    from psylite_desktop.host.client import EngineHost
    from psylite_desktop.services.help import HelpService
    from psylite_desktop.services.model_library import ModelLibrary
    from psylite_desktop.services.models import ModelService
    from psylite_desktop.services.passphrase_words import PassphraseWords
    from psylite_desktop.services.session import Session
    from psylite_desktop.services.settings import PlainSettingsService
    from psylite_desktop.services.whereabouts import Whereabouts
    from psylite_desktop.storage.profile_keys import ProfileKeys
    from psylite_desktop.storage.rescue import RescueShelf
    from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
    from psylite_desktop.ui.bridge.engine_thread import EngineThread
    from psylite_desktop.ui.language import LanguageSwitch
    from psylite_desktop.ui.theme.switch import ThemeSwitch


@dataclass(frozen=True, slots=True)
class AppContext:
    """Alive as long as the window: needs no vault and no engine."""

    language: LanguageSwitch
    theme: ThemeSwitch
    plain: PlainSettingsService
    profiles: RescueShelf
    keys: ProfileKeys
    passphrase_words: PassphraseWords
    help: HelpService
    protocol: ProtocolTexts
    plan: PlanTexts
    models: ModelService
    library: ModelLibrary
    engine: EngineThread
    host: EngineHost
    chat_bridge: ChatBridge
    whereabouts: Whereabouts
    open_session: Callable[[Vault, bool], Session]
    """Makes the services of a vault; the flag says whether it is a guest's. Reads the vault, so
    call it through `engine.run`, never on the GUI thread."""
    is_safe: bool = False
    """Started with `--safe`: no engine, and the settings of a new installation."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is built from once a profile is open."""

    app: AppContext
    session: Session
    space: str = ""
    """Label of the open profile; empty for guests."""
