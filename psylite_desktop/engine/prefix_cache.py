"""What the model made of the shipped system prompts, kept on disk between two starts.

Reading a system prompt takes most of the wait for a first reply. Only texts that ship with the
program are ever kept, never a person's: whoever makes the cache hands over those texts, and
everything else is refused. A file is named by all that its content depends on.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

MIN_TOKENS = 32
"""A shorter prefix is read again sooner than it is fetched."""
KEPT_FILES = 8
"""The oldest go: two languages, with and without examples, of two models."""
_SEQUENCE = 0


class PrefixCache:
    """States of the attention memory in a folder, for texts out of `shipped` only.

    `belongs_to` names model, settings and build; a state of another one must never be loaded.
    """

    def __init__(self, folder: Path, shipped: Iterable[str], *, belongs_to: Sequence[str]) -> None:
        self._folder = folder
        self._shipped = frozenset(shipped)
        self._belongs_to = "\n".join(belongs_to)

    def keeps(self, text: str) -> bool:
        """Whether this text is one that ships with the program."""
        return text in self._shipped

    def has(self, tokens: Sequence[int]) -> bool:
        """Whether a state for these tokens stands there."""
        return len(tokens) < MIN_TOKENS or self._path(tokens).exists()

    def load(self, library: Any, context: Any, tokens: Sequence[int]) -> bool:
        """Put the state for `tokens` into an empty memory; false if there is none that is whole.

        After false the memory must be cleared.
        """
        path = self._path(tokens)
        if len(tokens) < MIN_TOKENS or not _is_whole(path):
            return False
        room = (library.llama_token * len(tokens))()
        count = (library.ctypes.c_size_t * 1)()
        read = library.llama_state_seq_load_file(
            context, os.fsencode(path), _SEQUENCE, room, len(tokens), count
        )
        if not read or list(room[: count[0]]) != list(tokens):
            _remove(path)
            return False
        with contextlib.suppress(OSError):
            os.utime(path)
        return True

    def save(self, library: Any, context: Any, tokens: Sequence[int]) -> bool:
        """Keep the state of a memory that holds exactly `tokens`; false if that failed."""
        path = self._path(tokens)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        array = (library.llama_token * len(tokens))(*tokens)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            written = library.llama_state_seq_save_file(
                context, os.fsencode(unfinished), _SEQUENCE, array, len(tokens)
            )
            if not written:
                _remove(unfinished)
                return False
            _sum_path(path).write_text(_sum_of(unfinished), encoding="ascii")
            unfinished.replace(path)
        except OSError:  # a full or read-only disk: it is read again next time
            _remove(unfinished)
            return False
        self._make_room()
        return True

    def _path(self, tokens: Sequence[int]) -> Path:
        digest = hashlib.sha256(self._belongs_to.encode("utf-8", "replace"))
        digest.update(struct.pack(f"<{len(tokens)}i", *tokens))
        return self._folder / f"{digest.hexdigest()}.state"

    def _make_room(self) -> None:
        with contextlib.suppress(OSError):
            states = sorted(
                self._folder.glob("*.state"), key=lambda one: one.stat().st_mtime, reverse=True
            )
            for path in states[KEPT_FILES:]:
                _remove(path)


def _is_whole(path: Path) -> bool:
    """Whether a state is what was written: native code does not check what it reads."""
    try:
        return _sum_path(path).read_text(encoding="ascii") == _sum_of(path)
    except (OSError, ValueError):
        return False


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sum_path(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _remove(path: Path) -> None:
    for one in (path, _sum_path(path)):
        with contextlib.suppress(OSError):
            one.unlink(missing_ok=True)
