"""A trial run: does a model load, answer and stay within what was predicted?

Made to run in a process of its own, with a limit on its memory, before the person trusts a file.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.domain.model_files import TrialResult
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.engine.llama import EngineSettings, LlamaModel
from psylite_desktop.engine.memory_fit import Need, predict
from psylite_desktop.engine.threads import machine_threads

GREEDY = Sampling(temperature=0.0, top_k=1, repeat_penalty=1.0, max_tokens=32)
ROOM = 384 << 20
"""Bytes beside what is predicted: the process itself, its threads' stacks, and doubt."""
_DOUBT = 1.3
_READ_TOKENS = 64
LOADING, READING, WRITING = "loading", "reading", "writing"

Tell = Callable[[str, float], None]


def allowed_memory(need: Need) -> int:
    """Bytes of its own (not mapped from the file) that a trial may take."""
    return int(need.anonymous * _DOUBT) + ROOM


def try_model(facts: GgufFacts, settings: EngineSettings, prompt: str, tell: Tell) -> TrialResult:
    """Load a model, have it answer `prompt` shortly and greedily, and measure.

    `tell` gets what is done (loading, reading, writing) and its share, 0-1.
    Raises ModelFileError, EngineError.
    """
    resident_before, own_before = own_memory()
    started = time.perf_counter()

    def progress(done: float) -> bool:
        tell(LOADING, done)
        return True

    model = LlamaModel(facts, settings, progress)
    try:
        load_s = time.perf_counter() - started
        tell(READING, 0.0)
        read_speed = _read_speed(model, settings)
        reply, write_speed = _reply(model, prompt, tell)
        resident, own = own_memory()
    finally:
        model.close()
    return TrialResult(
        reply=reply,
        read_speed=read_speed,
        write_speed=write_speed,
        load_s=load_s,
        resident=max(0, resident - resident_before),
        anonymous=max(0, own - own_before),
        predicted=predict(facts, settings.configured()).resident,
    )


def _read_speed(model: LlamaModel, settings: EngineSettings) -> float:
    threads = (settings.threads or machine_threads()).read
    count = min(_READ_TOKENS, model.info.context_length // 2)
    model.evaluate_once(1, threads)
    started = time.perf_counter()
    model.evaluate_once(count, threads)
    return count / (time.perf_counter() - started)


def _reply(model: LlamaModel, prompt: str, tell: Tell) -> tuple[str, float]:
    """The reply and its tokens a second."""
    text, tokens, began = "", 0, 0.0
    for step in model.generate([Turn("user", prompt)], GREEDY, lambda: False):
        if not began and step.to_read and step.read == step.to_read:
            began = time.perf_counter()
        text += step.text
        tell(WRITING, min(1.0, len(text) / 100))
        if step.done:
            tokens = step.reply_tokens
    if not tokens:  # an end mark at once, or only marks: it cannot talk
        raise EngineError("model_silent")
    # A foreign model may write what steers a terminal.
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split()), tokens / max(1e-9, time.perf_counter() - began)


def own_memory() -> tuple[int, int]:
    """Bytes of this process: resident, and those of them that are not mapped from a file."""
    facts = {}
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            name, _, rest = line.partition(":")
            if rest.endswith(" kB"):
                facts[name] = int(rest.split()[0]) * 1024
        return facts["VmRSS"], facts["RssAnon"]
    except (OSError, ValueError, KeyError):
        pass
    try:
        import psutil
    except ImportError:
        return 0, 0
    memory = psutil.Process().memory_info()
    return int(memory.rss), int(getattr(memory, "private", memory.rss))
