"""A mark for the shipped embedder: vectors of another one are worth nothing."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from psylite_desktop.domain.errors import EngineError

_FILES = ("model.safetensors", "tokenizer.json")
"""What decides the vectors."""
_LENGTH = 16


@lru_cache(maxsize=4)
def embedder_mark(folder: Path) -> str:
    """The first characters of a hash over its files. Raises EngineError (retrieval_failed)."""
    digest = hashlib.sha256()
    try:
        for name in _FILES:
            digest.update((folder / name).read_bytes())
    except OSError:
        raise EngineError("retrieval_failed", part="embedder") from None
    return digest.hexdigest()[:_LENGTH]
