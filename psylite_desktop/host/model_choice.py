"""Which model the engine process shall load, which it has loaded, and whether to try again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.ports import ModelInfo
from psylite_desktop.host.protocol import Loaded, LoadModel
from psylite_desktop.host.slow_disk import reading_s

LOAD_ATTEMPTS = 2
_MISSING = ModelFileError("model_missing")


@dataclass(frozen=True, slots=True)
class _Choice:
    path: Path
    context_length: int
    anyway: bool
    seen: tuple[int, int] | None
    """Size and time of change of the file when it was chosen."""


class ModelChoice:
    """The chosen model and what became of it. `choose` from any thread."""

    def __init__(self) -> None:
        self._wanted: _Choice | None = None
        self._refusal: ModelFileError | None = _MISSING
        self._asked: _Choice | None = None
        self._loaded: _Choice | None = None
        self._info: ModelInfo | None = None
        self._crashes = 0

    def choose(self, path: Path, *, context_length: int, anyway: bool) -> None:
        """Another model, or the same one anew; attempts are counted afresh."""
        self._crashes = 0
        self._loaded = None
        self._wanted = _Choice(path, context_length, anyway, _seen(path))

    def refuse(self, error: ModelFileError) -> None:
        """No model at all, for this reason."""
        self._refusal = error
        self._loaded = None
        self._wanted = None

    def choose_none(self) -> None:
        """No model, and none is asked for: replies are written beforehand."""
        self._refusal = None
        self._loaded = None
        self._wanted = None

    @property
    def is_chosen(self) -> bool:
        """Whether a model is to write, even where it cannot be loaded."""
        return self._wanted is not None or self._refusal is not None

    @property
    def is_loaded(self) -> bool:
        """Whether the engine process holds what is wanted."""
        return self._wanted is not None and self._wanted == self._loaded

    @property
    def info(self) -> ModelInfo:
        """What is loaded. Raises EngineError (engine_protocol) if nothing is."""
        if self._info is None:
            raise EngineError("engine_protocol")
        return self._info

    def request(self, request_id: int) -> LoadModel:
        """What to ask for.

        Raises ModelFileError: model_missing or why none is used, model_load_failed, and
        model_untried where the file is another one than when it was chosen.
        """
        wanted = self._wanted
        if wanted is None:
            why = self._refusal or _MISSING
            raise ModelFileError(why.code, **why.facts)
        now = _seen(wanted.path)
        if now is not None and now != wanted.seen:  # one that is gone: the engine says so
            raise ModelFileError("model_untried")
        if self._crashes >= LOAD_ATTEMPTS:
            raise ModelFileError("model_load_failed", crashes=self._crashes)
        self._loaded = None
        self._asked = wanted
        return LoadModel(
            id=request_id,
            path=os.fsencode(wanted.path),
            context_length=wanted.context_length,
            anyway=wanted.anyway,
        )

    def reading_s(self) -> float:
        """Seconds that a slow disk needs for the file."""
        return reading_s(self._wanted.path) if self._wanted is not None else 0.0

    def note_loaded(self, reply: Loaded) -> None:
        """What was asked for last is loaded."""
        self._loaded, self._info = self._asked, reply.info
        self._crashes = 0

    def note_crash(self) -> None:
        """The process died while it loaded: the file is the suspect."""
        self._crashes += 1

    def note_gone(self) -> None:
        """The process is not there any more."""
        self._loaded = None


def _seen(path: Path) -> tuple[int, int] | None:
    """What tells a file from the one that stood there before; None where there is none."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_size, facts.st_mtime_ns
