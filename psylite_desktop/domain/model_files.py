"""Model files that a person brings: how a copy goes, what is known of a file, what was tried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class CopyPhase(StrEnum):
    """What a copy does right now."""

    KEPT = "kept"  # looking whether what an earlier attempt left is whole
    COPYING = "copying"
    VERIFYING = "verifying"  # reading the copy back


@dataclass(frozen=True, slots=True)
class CopyStep:
    """How far a copy is, in bytes of its phase."""

    phase: CopyPhase
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that is in its place.

    `sha256` in hexadecimal. `was_there`: the same file was on the shelf already. `resumed_at`:
    bytes that an earlier attempt had left. `restarted`: what it had left was of another version
    of the source and is gone.
    """

    path: Path
    size: int
    sha256: str
    was_there: bool = False
    resumed_at: int = 0
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A copy that was begun and not finished; sizes in bytes."""

    key: str
    name: str
    source: Path
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What a trial run showed.

    Speeds in tokens a second, memory in bytes: `resident` with the weights mapped from the file,
    `anonymous` without them, `predicted` what was expected to be resident.
    """

    reply: str
    read_speed: float
    write_speed: float
    load_s: float
    resident: int
    anonymous: int
    predicted: int


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is remembered of a model file until it changes.

    `sha256` is empty where the whole file was never read. `anyway`: it is loaded even where it
    does not fit the memory, because the person wished so. `changed`: it is another file than the
    one that was tried under this name.
    """

    sha256: str = ""
    anyway: bool = False
    trial: TrialResult | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A model that was taken off the shelf and can come back; `kept` is None for a reference."""

    path: Path
    kept: Path | None
    record: FileRecord
