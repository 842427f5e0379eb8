"""Where things are: shipped files (checkout, wheel or bundle) and a person's own folders."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from psylite_desktop.domain.errors import VaultError

APP = "PsyLite"
PORTABLE_FLAG = "portable.flag"
PORTABLE_DATA = "PsyLiteData"


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Folders of one run. `data` is local to this machine, never roaming and never synced.

    `is_portable`: the data is on a stick, beside the program, and meets many computers.
    `is_safe`: somebody asked for a start with `--safe`, without engine and own settings.
    """

    assets: Path
    model_store: Path
    data: Path
    is_portable: bool = False
    is_safe: bool = False

    @property
    def profiles(self) -> Path:
        """Vaults, one folder each."""
        return self.data / "profiles"

    @property
    def settings(self) -> Path:
        """The plain settings file."""
        return self.data / "settings.json"

    @property
    def models(self) -> Path:
        """Models that the person brought."""
        return self.data / "models"

    @property
    def index(self) -> Path:
        """Vector index of shipped corpora; can be deleted at any time."""
        return self.data / "index"

    @property
    def tuning(self) -> Path:
        """What was measured and read of models; can be deleted at any time."""
        return self.data / "tuning"


def find_paths(data_dir: Path | None = None, *, safe: bool = False) -> AppPaths:
    """Find the folders; `data_dir` (from `--data-dir`) moves everything that is written.

    A file `portable.flag` beside a bundled program keeps the data there, in `PsyLiteData`; one
    in `data_dir` says that this folder is on a stick. `safe` is passed on.

    Raises VaultError (vault_read_only, vault_io) when the data folder cannot be made.
    """
    beside = _portable_data()
    if data_dir is not None:
        data, is_portable = data_dir, (data_dir / PORTABLE_FLAG).is_file()
    elif beside is not None:
        data, is_portable = beside, True
    else:
        data = Path(platformdirs.user_data_dir(APP, appauthor=False, roaming=False))
        is_portable = False
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if data_dir is None and os.name == "posix" and not is_portable:
            data.chmod(0o700)  # a stick's file system often knows no rights
    except PermissionError:
        raise VaultError("vault_read_only") from None
    except OSError:
        raise VaultError("vault_io") from None
    return AppPaths(
        _shipped("assets"), _shipped("model_store"), data.resolve(), is_portable, is_safe=safe
    )


def _portable_data() -> Path | None:
    """The data folder beside a bundled program that carries the flag; None elsewhere."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve().parent
    if sys.platform == "darwin" and program.parent.parent.suffix == ".app":
        program = program.parent.parent.parent  # beside the bundle, not inside it
    return program / PORTABLE_DATA if (program / PORTABLE_FLAG).is_file() else None


def _shipped(folder: str) -> Path:
    """Find a shipped folder.

    A checkout keeps `assets` and `model_store` beside the package, a wheel inside it with a
    leading underscore, a frozen bundle in its own folder.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / folder
    package = Path(__file__).resolve().parent.parent
    in_wheel = package / f"_{folder}"
    return in_wheel if in_wheel.is_dir() else package.parent / folder
