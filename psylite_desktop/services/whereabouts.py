"""Where the program keeps things, measured."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from psylite_desktop.domain.whereabouts import PlaceKind, StoragePlace


class Whereabouts:
    """Says what lies where; it reads names and sizes, and no file."""

    def __init__(self, places: Mapping[PlaceKind, Path]) -> None:
        self._places = dict(places)

    def places(self) -> list[StoragePlace]:
        """Every place with its size now. What cannot be looked at counts as empty."""
        return [StoragePlace(kind, path, *_measured(path)) for kind, path in self._places.items()]


def _measured(path: Path) -> tuple[int, int]:
    """Bytes and files below a path; links are not followed."""
    try:
        facts = path.lstat()
    except OSError:
        return 0, 0
    if stat.S_ISREG(facts.st_mode):
        return facts.st_size, 1
    size = files = 0
    for folder, _folders, names in os.walk(path):
        for name in names:
            try:
                found = Path(folder, name).lstat()
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode):
                size, files = size + found.st_size, files + 1
    return size, files
