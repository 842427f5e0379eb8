"""A language model in llama.cpp: loading, reading a prompt, writing a reply.

Drives the low-level functions directly. What was evaluated stays in the context's memory; the
next prompt is compared with it and only what is new gets evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.engine.context_memory import AHEAD_CHUNK, ContextMemory, Pace
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.memory_fit import Configuration
from psylite_desktop.engine.native import NATIVE_LOG, AbortFlag, bindings, processor_code
from psylite_desktop.engine.prefix_cache import PrefixCache
from psylite_desktop.engine.prompt_format import PromptFormat, Segment, prompt_format
from psylite_desktop.engine.reply_text import ReplyText
from psylite_desktop.engine.sampling import sampler_chain
from psylite_desktop.engine.spoken import SpokenReplies
from psylite_desktop.engine.thinking import MOST, ThinkingAloud
from psylite_desktop.engine.threads import ThreadBudget, Threads, machine_threads
from psylite_desktop.engine.vocabulary import Vocabulary

DEFAULT_CONTEXT = 4096
"""Tokens; larger contexts of a model are used only when asked for."""
BATCH = 128
"""Tokens evaluated at once where nothing else was measured."""
AHEAD_CHUNK_S = 0.2
"""Seconds of a chunk that nobody waits for: what comes in between waits no longer than that."""
_READ, _MMAP = 0, 1  # llama.h, LLAMA_LOAD_MODE_NONE and _MMAP
_FLASH_ATTENTION = 1  # llama.h, LLAMA_FLASH_ATTN_TYPE_ENABLED
_KV_TYPES = {"f16": 1, "q8_0": 8}  # ggml.h, ggml_type
_WARM_UP = 8
"""Tokens evaluated before the model counts as ready: the weights have been touched then."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How a model is loaded; `context_length` in tokens, 0 for `DEFAULT_CONTEXT` or less.

    `configuration` (of `memory_fit`) says the rest and wins over `context_length`. `outputs`:
    tokens of one batch whose logits can be looked at; a conversation needs those of the last.
    """

    context_length: int = 0
    threads: Threads | None = None
    configuration: Configuration | None = None
    outputs: int = 1

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
        self._outputs = settings.outputs
        self._limit = min(self._configuration.context, facts.context_length)
        self._facts = facts
        NATIVE_LOG.take()
        self._model = self._load(facts.path, progress)
        try:
            self._context = self._make_context()
        except ModelFileError:
            self._library.llama_model_free(self._model)
            raise
        self._memory = ContextMemory(
            self._library,
            self._context,
            self._budget,
            ubatch=self._configuration.ubatch,
        )
        self._format = _format_for(facts)
        self._vocabulary = Vocabulary(self._library, self._model, self._format.markers)
        self._draft_from: int | None = None
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
        self._draft_from = None
        rendered = self._render(turns)
        prompt = [token for tokens in rendered for token in tokens]
        if not prompt or len(prompt) >= self._limit:
            raise EngineError("engine_context_full", tokens=len(prompt), context=self._limit)
        prefix = self._shipped(turns[0], rendered[0]) if len(turns) > 1 else []
        # The last token is always evaluated: its logits are where the reply begins.
        reused = self._reuse(prompt, prefix, most=len(prompt) - 1)
        to_read = len(prompt) - reused
        read = 0
        yield Generated(read=0, to_read=to_read)
        for count in self._read(prompt, prefix, reused=reused, pace=Pace(cancelled)):
            read = count
            if read < to_read:
                yield Generated(read=read, to_read=to_read)
        if read < to_read:
            yield Generated(done=True, stopped=True, prompt_tokens_evaluated=read)
            return
        yield Generated(read=read, to_read=to_read)
        yield from self._write(sampling, cancelled, prompt_tokens=read)

    def read_ahead(
        self, turns: Sequence[Turn], *, is_open: bool, overtaken: Callable[[], bool]
    ) -> int:
        """Evaluate turns before anybody waits for them; returns how many tokens were new.

        The last turn, where it `is_open`, is still being written: it is read up to its last
        word so far. What this and the memory have in common stays, the rest is forgotten. Ends
        soon after `overtaken()` turned true, at once by `interrupt`. Raises EngineError.
        """
        self._abort.clear()
        closed = turns[:-1] if is_open else turns
        rendered = self._rendered(closed, self._format.past(closed))
        begun = self._rendered(turns[-1:], [self._format.begun(turns[-1])]) if is_open else [[]]
        kept = [token for tokens in rendered for token in tokens]
        prompt = [*(() if kept else self._vocabulary.start), *kept, *begun[0]]
        if not prompt or len(prompt) >= self._limit:
            return 0
        self._draft_from = len(kept) if is_open else None
        prefix = self._shipped(turns[0], rendered[0]) if rendered else []
        reused = self._reuse(prompt, prefix, most=len(prompt))
        counts = self._read(
            prompt, prefix, reused=reused, pace=Pace(overtaken, AHEAD_CHUNK_S, AHEAD_CHUNK)
        )
        return max(counts, default=0)

    def drop_draft(self) -> None:
        """Forget what was read of a text that was still being written."""
        if self._draft_from is not None:
            self._memory.trim_to(self._draft_from)
            self._draft_from = None

    def warm(self, overtaken: Callable[[], bool]) -> None:
        """Evaluate a few tokens for nothing, so that the first reply does not pay for it."""
        self._abort.clear()
        tokens = [index % self._vocabulary.size for index in range(_WARM_UP)]
        for part in (tokens, tokens[:1]):
            if overtaken() or not self._memory.evaluate(part):
                break
        self._memory.forget()

    def evaluate_once(self, count: int, threads: int) -> None:
        """Evaluate `count` tokens in an empty memory, to be timed. Raises EngineError."""
        self._memory.forget()
        self._library.llama_set_n_threads(self._context, threads, threads)
        tokens = [index % self._vocabulary.size for index in range(count)]
        step = self._configuration.ubatch
        for start in range(0, count, step):
            self._memory.decode(tokens[start : start + step])
        self._memory.forget()

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
        params.n_outputs_max = self._outputs
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
        return self._rendered(turns, self._format.render(turns))

    def _rendered(
        self, turns: Sequence[Turn], parts: Sequence[Sequence[Segment]]
    ) -> list[list[int]]:
        """Tokens of turns that were cut into segments; the first one begins the prompt."""
        rendered = [
            [token for segment in segments for token in self._tokens(turn, segment)]
            for turn, segments in zip(turns, parts, strict=True)
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

    def _shipped(self, first: Turn, tokens: list[int]) -> list[int]:
        """Tokens of the first turn if it is a system turn that may be kept on disk, else none."""
        if self._prefixes is None or first.role != "system" or first.note:
            return []
        return tokens if self._prefixes.keeps(first.text) else []

    def _reuse(self, prompt: list[int], prefix: list[int], *, most: int) -> int:
        """Cut the memory back to what it shares with a prompt; how many tokens that is.

        A prefix that is kept on disk is fetched first, unless it stands there already.
        """
        if prefix and self._prefixes is not None:
            self._memory.fetch(self._prefixes, prefix)
        return self._memory.trim_to(min(self._memory.common(prompt), most))

    def _read(
        self, prompt: list[int], prefix: list[int], *, reused: int, pace: Pace
    ) -> Iterator[int]:
        """Evaluate what of a prompt is new; yields how many tokens are done, ends on a stop.

        The prefix is written to disk as soon as the memory holds exactly that.
        """
        to_prefix = len(prefix) - reused
        for count in self._memory.read(prompt[reused:], pace, stop_at=to_prefix):
            if count == to_prefix and self._prefixes is not None:
                self._memory.keep(self._prefixes, prefix)
            yield count

    def _write(
        self, sampling: Sampling, cancelled: Callable[[], bool], *, prompt_tokens: int
    ) -> Iterator[Generated]:
        text = ReplyText(self._format.stops)
        tokens: list[tuple[int, int]] = []  # with the length of the text up to the token's end
        written = ""
        stopped = False
        start = len(self._memory)
        room = self._limit - start
        aloud = ThinkingAloud(self._vocabulary, most=min(MOST, room - sampling.max_tokens))
        with sampler_chain(self._library, sampling, vocabulary_size=self._vocabulary.size) as chain:
            while len(tokens) < min(sampling.max_tokens + aloud.spent, room - aloud.reserve):
                closing = aloud.closing()
                if cancelled() or (tokens and not self._memory.evaluate([tokens[-1][0], *closing])):
                    stopped = True
                    break
                token = int(self._library.llama_sampler_sample(chain, self._context, -1))
                mark = aloud.mark_of(token)
                if mark is None and self._vocabulary.ends(token):
                    break
                thought, ready = aloud.split(text.feed(mark or self._vocabulary.bytes_of(token)))
                written += ready
                tokens.append((token, len(written)))
                if ready or thought:
                    yield Generated(text=ready, thought=thought)
                if text.ended:
                    break
        thought, rest = aloud.rest(text.finish())
        if aloud.has_thought:  # what it thought is no part of the conversation
            self._memory.trim_to(start)
        else:
            self._spoken.remember(written, tokens)
        yield Generated(
            text=rest,
            thought=thought,
            done=True,
            stopped=stopped,
            prompt_tokens_evaluated=prompt_tokens,
            reply_tokens=len(tokens) - aloud.spent,
        )


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
