"""What a context of llama.cpp has evaluated: kept, cut back, gone on with.

The native memory and the list of tokens here always say the same, whatever was interrupted.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.engine.prefix_cache import PrefixCache
from psylite_desktop.engine.threads import ThreadBudget

FIRST_CHUNK = 64
"""Tokens. Smaller chunks are read at less than full speed."""
AHEAD_CHUNK = 16
"""The least where nobody waits."""
CHUNK_S = 1.0
"""Seconds one chunk of a prompt should take, so that progress is seen to move."""
_ABORTED = 2  # llama_decode
_NO_ROOM = 1  # llama_decode
_KEEP_DATA = False  # llama_memory_clear: the bookkeeping is enough


@dataclass(frozen=True, slots=True)
class Pace:
    """How to go on: until `stopped`, in chunks that take about `chunk_s`, of `least` tokens."""

    stopped: Callable[[], bool]
    chunk_s: float = CHUNK_S
    least: int = FIRST_CHUNK


class ContextMemory:
    """One sequence of tokens. Not safe to share between threads."""

    def __init__(self, library: Any, context: Any, budget: ThreadBudget, *, ubatch: int) -> None:
        self._library = library
        self._context = context
        self._memory = library.llama_get_memory(context)
        self._budget = budget
        self._ubatch = ubatch
        self._tokens: list[int] = []
        self._token_s = 0.0
        # Made once: a fast model draws a thousand tokens a second.
        self._single = (library.llama_token * 1)()
        self._batch_of_one = library.llama_batch_get_one(self._single, 1)

    def __len__(self) -> int:
        return len(self._tokens)

    def begins_with(self, tokens: Sequence[int]) -> bool:
        """Whether these tokens stand at the beginning."""
        return self._tokens[: len(tokens)] == list(tokens)

    def common(self, tokens: Sequence[int]) -> int:
        """How many tokens of this list stand here already, from the beginning on."""
        for index, (one, other) in enumerate(zip(self._tokens, tokens, strict=False)):
            if one != other:
                return index
        return min(len(self._tokens), len(tokens))

    def trim_to(self, length: int) -> int:
        """Forget what lies behind the first `length` tokens; return how many are left."""
        if length < len(self._tokens):
            cut = self._library.llama_memory_seq_rm(self._memory, 0, length, -1)
            if not cut:  # memories with a sliding window cannot always go back
                self.forget()
                return 0
            del self._tokens[length:]
        return min(length, len(self._tokens))

    def forget(self) -> None:
        """Hold nothing any more."""
        self._library.llama_memory_clear(self._memory, _KEEP_DATA)
        self._tokens.clear()

    def read(self, tokens: Sequence[int], pace: Pace, *, stop_at: int = 0) -> Iterator[int]:
        """Evaluate a prompt in chunks; yields how many tokens are done, ends early on a stop.

        One chunk ends at `stop_at` tokens exactly, if there are more.
        """
        done = 0
        while done < len(tokens):
            if pace.stopped():
                return
            end = done + self._chunk(pace)
            if done < stop_at < end:
                end = stop_at
            chunk = tokens[done:end]
            started = time.monotonic()
            if not self.evaluate(chunk):
                return
            self._learn(len(chunk), time.monotonic() - started)
            done += len(chunk)
            yield done

    def evaluate(self, tokens: Sequence[int], *, each: bool = False) -> bool:
        """Evaluate tokens behind what is there; false if it was interrupted.

        The logits of the last one are kept, with `each` those of every one.
        """
        threads = self._budget.changed()
        if threads is not None:
            self._library.llama_set_n_threads(self._context, threads.generate, threads.read)
        status = self.decode(tokens, each=each)
        self._budget.worked()
        if status == 0:
            self._tokens += tokens
            return True
        # Whatever of it got done is taken back: the memory must match the list of tokens.
        if not self._library.llama_memory_seq_rm(self._memory, 0, len(self._tokens), -1):
            self.forget()
        if status == _ABORTED:
            return False
        if status == _NO_ROOM:
            raise EngineError("engine_context_full")
        raise EngineError("engine_failed", status=int(status))

    def decode(self, tokens: Sequence[int], *, each: bool = False) -> int:
        """Hand tokens to llama.cpp; returns its status. The list here does not change."""
        if len(tokens) == 1:
            self._single[0] = tokens[0]
            return int(self._library.llama_decode(self._context, self._batch_of_one))
        batch = (self._library.llama_token * len(tokens))(*tokens)
        one = self._library.llama_batch_get_one(batch, len(tokens))
        if each:
            one.logits = (ctypes.c_int8 * len(tokens))(*([1] * len(tokens)))
        return int(self._library.llama_decode(self._context, one))

    def fetch(self, prefixes: PrefixCache, prefix: list[int]) -> None:
        """Bring a kept prefix into the memory unless it stands there already."""
        if self.begins_with(prefix) or not prefixes.has(prefix):
            return
        self.forget()
        if prefixes.load(self._library, self._context, prefix):
            self._tokens += prefix
        else:
            self.forget()

    def keep(self, prefixes: PrefixCache, prefix: list[int]) -> None:
        """Keep the prefix that the memory holds right now; it stays as it is."""
        if not prefixes.has(prefix):
            prefixes.save(self._library, self._context, prefix)

    def _chunk(self, pace: Pace) -> int:
        """Tokens that take about so long, as far as is known."""
        known = int(pace.chunk_s / self._token_s) if self._token_s else 0
        return min(self._ubatch, max(pace.least, known))

    def _learn(self, count: int, seconds: float) -> None:
        """Note how long a token of a prompt takes; short rests of prompts tell nothing."""
        if count >= AHEAD_CHUNK:
            self._token_s = max(seconds / count, 1e-9)
