"""What the window's pages are given, read as late as can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from psylite_desktop.ui.context import AppContext

if TYPE_CHECKING:
    from psylite_desktop.app.services import AppServices
    from psylite_desktop.domain.ports import Vault
    from psylite_desktop.services.session import Session
    from psylite_desktop.ui.bridge.chat_bridge import ChatBridge
    from psylite_desktop.ui.bridge.engine_thread import EngineThread
    from psylite_desktop.ui.language import LanguageSwitch
    from psylite_desktop.ui.theme.switch import ThemeSwitch


class WindowContext(AppContext):
    """An `AppContext` over the program's services: a part is read when a page first asks for it.

    The door needs the list of spaces, language and theme. Help is read when it is called, or
    before that by the thread that reads on beside the window.
    """

    __slots__ = ("_services",)

    def __init__(
        self,
        services: AppServices,
        *,
        language: LanguageSwitch,
        theme: ThemeSwitch,
        engine: EngineThread,
        chat_bridge: ChatBridge,
        open_session: Callable[[Vault, bool], Session],
    ) -> None:
        made = {
            "_services": services,
            "language": language,
            "theme": theme,
            "engine": engine,
            "chat_bridge": chat_bridge,
            "open_session": open_session,
            "is_safe": services.paths.is_safe,
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        """A field that was not made above: the services have a part of that name."""
        if name not in AppContext.__slots__:
            raise AttributeError(name)
        return getattr(self._services, name)
