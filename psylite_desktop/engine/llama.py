"""A language model in llama.cpp: loading, reading a prompt, writing a reply.

Drives the low-level functions directly. What was evaluated stays in the context's memory; the
next prompt is compared with it and only what is new gets evaluated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.memory_fit import Configuration
from psylite_desktop.engine.native import NATIVE_LOG, AbortFlag, bindings, processor_code
from psylite_desktop.engine.prefix_cache import PrefixCache
from psylite_desktop.engine.prompt_format import PromptFormat, Segment, prompt_format
from psylite_desktop.engine.reply_text import ReplyText
from psylite_desktop.engine.sampling import sampler_chain
from psylite_desktop.engine.spoken import SpokenReplies
from psylite_desktop.engine.threads import ThreadBudget, Threads, machine_threads
from psylite_desktop.engine.vocabulary import Vocabulary

DEFAULT_CONTEXT = 4096
"""Tokens; larger contexts of a model are used only when asked for."""
BATCH = 128
"""Tokens evaluated at once where nothing else was measured."""
FIRST_CHUNK = 32
CHUNK_S = 1.0
"""Seconds one chunk of a prompt should take at most, so that progress is seen to move."""
_READ, _MMAP = 0, 1  # llama.h, LLAMA_LOAD_MODE_NONE and _MMAP
_FLASH_ATTENTION = 1  # llama.h, LLAMA_FLASH_ATTN_TYPE_ENABLED
_KV_TYPES = {"f16": 1, "q8_0": 8}  # ggml.h, ggml_type
_ABORTED = 2  # llama_decode
_NO_ROOM = 1  # llama_decode
_KEEP_DATA = False  # llama_memory_clear: the bookkeeping is enough


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How a model is loaded; `context_length` in tokens, 0 for `DEFAULT_CONTEXT` or less.

    `configuration` (of `memory_fit`) says the rest and wins over `context_length`.
    """

    context_length: int = 0
    threads: Threads | None = None
    configuration: Configuration | None = None

    def configured(self) -> Configuration:
        """What was chosen, or the defaults."""
        chosen = Configuration(self.context_length or DEFAULT_CONTEXT, ubatch=BATCH)
        return self.configuration or chosen


class LlamaModel:
    """A loaded model with one conversation in its memory.

    Not safe to share between threads, except `interrupt`.
    """

    def __init__(
        self,
        facts: GgufFacts,
        settings: EngineSettings,
        progress: Progress,
        prefixes: PrefixCache | None = None,
    ) -> None:
        """Load the file that `facts` describe. Raises EngineError, ModelFileError."""
        self._prefixes = prefixes
        self._threads = settings.threads or machine_threads()
        self._budget = ThreadBudget(self._threads)
        self._library = bindings()
        self._abort = AbortFlag(self._library)
        self._configuration = settings.configured()
        self._limit = min(self._configuration.context, facts.context_length)
        self._facts = facts
        NATIVE_LOG.take()
        self._model = self._load(facts.path, progress)
        try:
            self._context = self._make_context()
        except ModelFileError:
            self._library.llama_model_free(self._model)
            raise
        self._memory = self._library.llama_get_memory(self._context)
        self._format = _format_for(facts)
        self._vocabulary = Vocabulary(self._library, self._model, self._format.markers)
        self._evaluated: list[int] = []
        self._chunk = FIRST_CHUNK
        self._spoken = SpokenReplies()
        self._closed = False

    @property
    def info(self) -> ModelInfo:
        """What is loaded."""
        return ModelInfo(
            name=self._facts.name,
            context_length=self._limit,
            parameters=self._facts.parameters,
            chat_format=self._facts.chat_format,
            practice=self._facts.chat_format == "nano",
            processor=processor_code(),
        )

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        """Tokens of each turn as rendered; what opens the reply counts with the last one."""
        return [len(tokens) for tokens in self._render(turns)]

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        """Stream a reply (see `domain.ports.TextModel`).

        Raises EngineError: engine_context_full (facts `tokens`, `context`), engine_failed.
        """
        self._abort.clear()  # before the first look at `cancelled`, or a stop could get lost
        rendered = self._render(turns)
        prompt = [token for tokens in rendered for token in tokens]
        if not prompt or len(prompt) >= self._limit:
            raise EngineError("engine_context_full", tokens=len(prompt), context=self._limit)
        prefix = self._shipped_prefix(turns, rendered)
        self._fetch(prefix)
        # The last token is always evaluated: its logits are where the reply begins.
        reused = min(_common_length(self._evaluated, prompt), len(prompt) - 1)
        reused = self._trim_to(reused)
        new = prompt[reused:]
        read = 0
        yield Generated(read=0, to_read=len(new))
        for count in self._read(new, cancelled, stop_at=len(prefix) - reused):
            read = count
            if reused + read == len(prefix):
                self._keep(prefix)
            if read < len(new):
                yield Generated(read=read, to_read=len(new))
        if read < len(new):
            yield Generated(done=True, stopped=True, prompt_tokens_evaluated=read)
            return
        yield Generated(read=read, to_read=len(new))
        yield from self._write(sampling, cancelled, prompt_tokens=read)

    def evaluate_once(self, count: int, threads: int) -> None:
        """Evaluate `count` tokens in an empty memory, to be timed. Raises EngineError."""
        self._forget_all()
        self._library.llama_set_n_threads(self._context, threads, threads)
        tokens = [index % self._vocabulary.size for index in range(count)]
        step = self._configuration.ubatch
        for start in range(0, count, step):
            self._decode(tokens[start : start + step])
        self._forget_all()

    def interrupt(self) -> None:
        """End the running evaluation within one node of its graph; safe from any thread."""
        self._abort.set()

    def close(self) -> None:
        """Give the memory back; the model cannot be used afterwards."""
        if not self._closed:
            self._closed = True
            self._library.llama_free(self._context)
            self._library.llama_model_free(self._model)

    def _load(self, path: Path, progress: Progress) -> Any:
        params = self._library.llama_model_default_params()
        params.load_mode = _MMAP if self._configuration.mmap else _READ
        # Repacked weights are a second copy in memory; where it was measured (1.5B, two cores),
        # prompts were read at half the speed with them.
        params.use_extra_bufts = self._configuration.repack
        params.n_gpu_layers = 0
        callback = self._library.llama_progress_callback(lambda done, _data: progress(done))
        params.progress_callback = callback
        name = str(path).encode("utf-8", "surrogateescape")
        model = self._library.llama_model_load_from_file(name, params)
        if not model:
            raise self._load_error()
        return model

    def _make_context(self) -> Any:
        params = self._library.llama_context_default_params()
        params.n_ctx = self._limit
        params.n_batch = params.n_ubatch = self._configuration.ubatch
        params.type_k = params.type_v = _KV_TYPES[self._configuration.kv]
        if self._configuration.kv != "f16":  # a quantised V needs it
            params.flash_attn_type = _FLASH_ATTENTION
        params.n_outputs_max = 1
        params.n_threads = self._threads.generate
        params.n_threads_batch = self._threads.read
        params.no_perf = True
        params.abort_callback = self._abort.callback
        params.abort_callback_data = self._abort.data
        context = self._library.llama_init_from_model(self._model, params)
        if not context:
            raise self._load_error()
        return context

    @staticmethod
    def _load_error() -> ModelFileError:
        no_memory = "no_memory" in NATIVE_LOG.take()
        return ModelFileError("model_no_memory" if no_memory else "model_load_failed")

    def _render(self, turns: Sequence[Turn]) -> list[list[int]]:
        rendered = [
            [token for segment in segments for token in self._tokens(turn, segment)]
            for turn, segments in zip(turns, self._format.render(turns), strict=True)
        ]
        if rendered:
            rendered[0] = [*self._vocabulary.start, *rendered[0]]
        return rendered

    def _tokens(self, turn: Turn, segment: Segment) -> list[int]:
        if turn.role == "assistant" and segment.text == turn.text:
            spoken = self._spoken.tokens_of(segment.text)
            if spoken is not None:
                return spoken
        return self._vocabulary.tokens_of(segment)

    def _trim_to(self, length: int) -> int:
        """Forget what lies behind the first `length` tokens; return how many are left."""
        if length < len(self._evaluated):
            cut = self._library.llama_memory_seq_rm(self._memory, 0, length, -1)
            if not cut:  # memories with a sliding window cannot always go back
                self._forget_all()
                length = 0
            del self._evaluated[length:]
        return length

    def _shipped_prefix(self, turns: Sequence[Turn], rendered: list[list[int]]) -> list[int]:
        """Tokens of the system turn if they may be kept on disk, else none."""
        first = turns[0]
        if self._prefixes is None or len(turns) < 2 or first.role != "system" or first.note:
            return []
        return rendered[0] if self._prefixes.keeps(first.text) else []

    def _fetch(self, prefix: list[int]) -> None:
        """Bring a kept prefix into the memory unless it stands there already."""
        if not prefix or self._prefixes is None or self._evaluated[: len(prefix)] == prefix:
            return
        if not self._prefixes.has(prefix):
            return
        self._forget_all()
        if self._prefixes.load(self._library, self._context, prefix):
            self._evaluated += prefix
        else:
            self._forget_all()

    def _keep(self, prefix: list[int]) -> None:
        """Keep the prefix that the memory holds right now; it stays as it is."""
        if prefix and self._prefixes is not None and not self._prefixes.has(prefix):
            self._prefixes.save(self._library, self._context, prefix)

    def _read(
        self, tokens: list[int], cancelled: Callable[[], bool], *, stop_at: int = 0
    ) -> Iterator[int]:
        """Evaluate a prompt in chunks; yields how many tokens are done, ends early on a stop.

        One chunk ends at `stop_at` tokens exactly, if there are more.
        """
        done = 0
        while done < len(tokens):
            if cancelled():
                return
            end = done + self._chunk
            if done < stop_at < end:
                end = stop_at
            chunk = tokens[done:end]
            started = time.monotonic()
            if not self._evaluate(chunk):
                return
            self._adapt(len(chunk), time.monotonic() - started)
            done += len(chunk)
            yield done

    def _adapt(self, count: int, seconds: float) -> None:
        """Choose the next chunk's size so that it takes about `CHUNK_S` at most."""
        if count == self._chunk:
            fitting = int(count * CHUNK_S / max(seconds, 1e-6))
            self._chunk = max(FIRST_CHUNK // 2, min(self._configuration.ubatch, fitting))

    def _write(
        self, sampling: Sampling, cancelled: Callable[[], bool], *, prompt_tokens: int
    ) -> Iterator[Generated]:
        text = ReplyText(self._format.stops)
        tokens: list[tuple[int, int]] = []  # with the length of the text up to the token's end
        written = ""
        stopped = False
        room = self._limit - len(self._evaluated)
        with sampler_chain(self._library, sampling, vocabulary_size=self._vocabulary.size) as chain:
            while len(tokens) < min(sampling.max_tokens, room):
                if cancelled() or (tokens and not self._evaluate([tokens[-1][0]])):
                    stopped = True
                    break
                token = int(self._library.llama_sampler_sample(chain, self._context, -1))
                if self._vocabulary.ends(token):
                    break
                ready = text.feed(self._vocabulary.bytes_of(token))
                written += ready
                tokens.append((token, len(written)))
                if ready:
                    yield Generated(text=ready)
                if text.ended:
                    break
        self._spoken.remember(written, tokens)
        yield Generated(
            text=text.finish(),
            done=True,
            stopped=stopped,
            prompt_tokens_evaluated=prompt_tokens,
            reply_tokens=len(tokens),
        )

    def _evaluate(self, tokens: list[int]) -> bool:
        """Evaluate tokens behind what is there; false if it was interrupted."""
        threads = self._budget.changed()
        if threads is not None:
            self._library.llama_set_n_threads(self._context, threads.generate, threads.read)
        status = self._decode(tokens)
        if status == 0:
            self._evaluated += tokens
            return True
        # Whatever of it got done is taken back: the memory must match the list of tokens.
        if not self._library.llama_memory_seq_rm(self._memory, 0, len(self._evaluated), -1):
            self._forget_all()
        if status == _ABORTED:
            return False
        if status == _NO_ROOM:
            raise EngineError("engine_context_full", context=self._limit)
        raise EngineError("engine_failed", status=int(status))

    def _decode(self, tokens: list[int]) -> int:
        batch = (self._library.llama_token * len(tokens))(*tokens)
        one = self._library.llama_batch_get_one(batch, len(tokens))
        return int(self._library.llama_decode(self._context, one))

    def _forget_all(self) -> None:
        self._library.llama_memory_clear(self._memory, _KEEP_DATA)
        self._evaluated.clear()


Progress = Callable[[float], bool]
"""Told the share (0-1) that is loaded; returns whether to go on."""


def open_model(
    path: Path,
    settings: EngineSettings = EngineSettings(),
    *,
    progress: Progress = lambda _done: True,
) -> LlamaModel:
    """Check a model file, then load it. Raises ModelFileError, EngineError."""
    return LlamaModel(check_gguf(path), settings, progress)


def _format_for(facts: GgufFacts) -> PromptFormat:
    # Qwen3 thinks aloud unless told not to; its "Instruct" versions never do.
    thinks = facts.architecture == "qwen3" and "instruct" not in facts.name.lower()
    return prompt_format(facts.chat_format, quiet_thinking=thinks)


def _common_length(first: Sequence[int], second: Sequence[int]) -> int:
    """Length of the common beginning of two token lists."""
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))
