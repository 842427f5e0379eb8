"""What the window needs to know of a page to offer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder


class PageHost(Protocol):
    """What a page may ask of the window it stands in."""

    def show_page(self, page_id: str) -> QWidget:
        """Bring a page to the front, making it where needed, and return it."""
        ...

    def made_page(self, page_id: str) -> QWidget | None:
        """A page that was opened before, wherever it is now."""
        ...

    def go_back(self) -> QWidget:
        """Return to the page from which the one in front was opened, and return that."""
        ...

    def ask_rescue(self, order: RescueOrder) -> None:
        """Lock, then bring back what a `RescueOrder` names."""
        ...

    def lock_for_keys(self) -> None:
        """Lock the profile and go to its keys."""
        ...

    def want_model(self) -> None:
        """Have the language model at hand: somebody is about to ask it something."""
        ...

    def use_private_settings(self, settings: PrivateSettings) -> None:
        """Take private settings that have just been stored into use."""
        ...


class Leaving(Protocol):
    """A page with something to finish before the profile is locked."""

    def leave(self) -> None:
        """Stop what runs and store what is not stored yet; nothing is asked of it afterwards."""
        ...


def _no_connections(_page: QWidget, _host: PageHost) -> None:
    return


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: `title` is a source text of the context "Pages", `icon` a file of assets/icons.

    `connect` ties the signals of a page to the window, once, after it was made. A page with
    `under` has no button of its own: other pages lead to it, and the rail marks the page named.
    """

    id: str
    icon: str
    title: str
    create: Callable[[PageContext], QWidget]
    in_rail: bool = True
    connect: Callable[[QWidget, PageHost], None] = _no_connections
    under: str = ""
