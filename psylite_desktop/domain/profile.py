"""Profiles as the unlock screen knows them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile on this computer. `folder` is its random id.

    `label` is what the list shows (an optional colour name and number such as `teal-1`), never
    a person's name: names live inside the vault. `by_keyring` says that the system's keyring may
    open it.
    """

    folder: str
    label: str
    by_keyring: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class NewProfile:
    """A profile just made: its recovery code is shown once and never again."""

    profile: Profile
    recovery_code: str
