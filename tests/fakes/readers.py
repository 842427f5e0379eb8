"""A reader for models in tests that says nothing about anything."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.reader import (
    BREAK,
    FORMAT,
    HEADER,
    MAGIC,
    OUTPUTS,
    WEIGHTS,
    Heard,
    network_of,
)

SILENT = {
    "width": 1,
    "words": ["", BREAK],
    "classes": [],
    "layers": [],
    "gains": [0.0],
    "shifts": [0.0],
    "said": [[0.0, 0.0, 0.0]] * OUTPUTS,
}
SILENT_WEIGHTS = bytes(2)
NOTHING = Heard(network_of(SILENT, SILENT_WEIGHTS), (), (), 0)
"""Heard where there are no words."""


def write_silent(folder: Path) -> int:
    """Write its two files; returns the checksum that a model's header holds."""
    weights = MAGIC + SILENT_WEIGHTS * len(LANGS)
    header = {"format": FORMAT, "crc32": crc32(weights), "languages": dict.fromkeys(LANGS, SILENT)}
    head = json.dumps(header).encode()
    (folder / HEADER).write_bytes(head)
    (folder / WEIGHTS).write_bytes(weights)
    return crc32(head)
