"""Looks for marker phrases in files."""

from __future__ import annotations

from pathlib import Path

from tests.faults.operations import CANARY, CANARY_HAN

LEAKS = [
    phrase.encode(coding)
    for phrase in (CANARY, CANARY_HAN)
    for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
]


def scan(root: Path) -> None:
    """Assert that no file below a folder holds a marker phrase in clear."""
    for path in root.rglob("*"):
        try:
            content = path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue  # a temporary file of a running writer
        assert not [leak for leak in LEAKS if leak in content], path.name
