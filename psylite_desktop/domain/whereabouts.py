"""Where the program keeps things, and which sockets its processes have open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class PlaceKind(StrEnum):
    """What is kept in a place; the Privacy page says more about each."""

    SPACES = "spaces"  # everything a person writes, encrypted
    SETTINGS = "settings"  # language, look, region: plain
    MODELS = "models"  # model files that the person brought
    INDEX = "index"  # vectors of shipped texts
    TUNING = "tuning"  # measured speeds, and the program's own prompts, read beforehand
    PROGRAM = "program"  # what was installed


@dataclass(frozen=True, slots=True)
class StoragePlace:
    """A file or folder. `size` is in bytes, `files` 0 where there is nothing (yet)."""

    kind: PlaceKind
    path: Path
    size: int = 0
    files: int = 0


class SocketFamily(StrEnum):
    """Whom a socket can reach."""

    LOCAL = "local"  # other programs of this computer
    KERNEL = "kernel"  # messages of the system itself
    INTERNET = "internet"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OpenSocket:
    """One socket of a process; `name` and `peer` are its two ends where they have names."""

    family: SocketFamily
    name: str = ""
    peer: str = ""


@dataclass(frozen=True, slots=True)
class SocketReport:
    """What a process says of itself.

    `is_known` is false where the system does not tell. `is_fenced`: the kernel refuses it
    internet sockets.
    """

    pid: int
    is_known: bool
    is_fenced: bool
    sockets: tuple[OpenSocket, ...] = ()

    @property
    def reaches_out(self) -> bool:
        """Whether something of it could reach another computer."""
        return any(
            one.family in (SocketFamily.INTERNET, SocketFamily.OTHER) for one in self.sockets
        )
