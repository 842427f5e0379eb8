"""Looks for marker phrases in files."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.steps import CANARY, CANARY_HAN

LEAKS = [
    phrase.encode(coding)
    for phrase in (CANARY, CANARY_HAN)
    for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
]


def scan(root: Path) -> None:
    """Assert that no file below a folder holds a marker phrase in clear."""
    # A running writer may take files and whole folders away meanwhile; os.walk passes over them.
    for folder, _folders, names in os.walk(root):
        for name in names:
            try:
                content = Path(folder, name).read_bytes()
            except FileNotFoundError:
                continue
            assert not [leak for leak in LEAKS if leak in content], name
