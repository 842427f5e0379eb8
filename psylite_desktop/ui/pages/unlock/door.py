"""The space that somebody stands before, and how it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.profile import Profile
from psylite_desktop.services.session import Session
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text


@dataclass(frozen=True, slots=True)
class Door:
    """A space chosen from the list, or one that was only named.

    `find` reads the disk, so call it beside the window; one that was named wrongly is found, too,
    and refuses every passphrase. `label` is what wrong passphrases are counted under.
    """

    label: str
    find: Callable[[], Profile]

    @property
    def title(self) -> str:
        """The name of the space in the language of the window."""
        return profile_text(self.label)


def opened(context: AppContext, vault: Vault, *, guest: bool) -> Session:
    """Make the session of a vault, beside the window; the vault closes when that fails."""
    try:
        return context.open_session(vault, guest)
    except BaseException:
        vault.close()
        raise


def door_of(profile: Profile) -> Door:
    """The door of a listed space."""
    return Door(profile.label, lambda: profile)
