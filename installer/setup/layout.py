"""Where things stand: the checkout, its environment and the cache of this user."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "installer" / "requirements"
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Environment:
    """A virtual environment's folder and what is found in it."""

    folder: Path

    @property
    def scripts(self) -> Path:
        """The folder of its programs."""
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin")

    def program(self, name: str) -> Path:
        """The path of one of its programs, which need not exist."""
        return self.scripts / (f"{name}.exe" if sys.platform == "win32" else name)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.program("python")

    @property
    def stamp(self) -> Path:
        """The record of finished steps."""
        return self.folder / "psylite-stamp.json"


def environment() -> Environment:
    """The environment of this checkout."""
    return Environment(ROOT / ".venv")


def wheel_cache() -> Path:
    """The folder of this user's finished wheels; a second checkout finds them here."""
    return _cache_home() / "psylite" / "wheels"


def _cache_home() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    return Path(chosen) if Path(chosen).is_absolute() else Path.home() / ".cache"
