"""Our engine beside llama.cpp's own llama-bench and the plain Python wrapper, in one run.

Everything is measured in turns, round by round, so that other work on the machine meets all of
them; a ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.ports import Generated, Sampling, TextModel, Turn

PROMPT_TOKENS = 512
"""Fewer where the model's context is small; all get the same."""
REPLY_TOKENS = 64
LLAMA_BENCH_BATCHES = (128, 512)
_NICENESS = "5"
"""The engine process gives way by as much; the others must, too, to be measured alike."""
_PATIENCE_S = 1800
_WORDS = "the rain came early and we walked home slowly under one umbrella talking about work "

# What most would write with the wrapper. It runs in a process of its own.
_WRAPPER = """
import json, sys, time
import llama_cpp
path, prompt_tokens, reply_tokens, threads, read_threads, context, words = sys.argv[1:8]
model = llama_cpp.Llama(path, n_ctx=int(context), n_threads=int(threads),
                        n_threads_batch=int(read_threads), verbose=False)
def ask(count, limit, seed=0):
    prompt = model.tokenize((words * (count // 8 + 1)).encode(), add_bos=False)[:count]
    started = time.perf_counter()
    said = model.create_completion(prompt, max_tokens=limit, temperature=0.7, seed=seed)
    return said["usage"]["completion_tokens"], time.perf_counter() - started
ask(int(prompt_tokens), 2)
model.reset()
read = int(prompt_tokens) / ask(int(prompt_tokens), 1)[1]
for seed in range(20):
    model.reset()
    first_s = ask(8, 1, seed)[1]
    model.reset()
    count, seconds = ask(8, int(reply_tokens), seed)
    if count > int(reply_tokens) // 4:
        break
wrote = (count - 1) / (seconds - first_s)
print(json.dumps({"prompt": read, "generation": wrote}))
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second: reading a prompt of `PROMPT_TOKENS`, writing a reply after a short one."""

    prompt: float
    generation: float


@dataclass(frozen=True, slots=True)
class EngineReport:
    """Medians by name (ours, wrapper, llama_bench_N) and our ratio to each of the others.

    llama-bench runs once for each micro-batch size N. The better of two runs of one round would be
    the luckier one on a machine that others share, so each size has a median of its own.
    """

    rounds: int
    speeds: dict[str, Speed]
    ratios: dict[str, Speed]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "rounds": self.rounds,
            "tokens_per_second": {name: _rounded(one, 2) for name, one in self.speeds.items()},
            "ratio_to": {name: _rounded(one, 3) for name, one in self.ratios.items()},
        }


Runner = Callable[[int], Speed]
"""Measures once; gets the number of the round."""


def compare(runners: dict[str, Runner], *, rounds: int) -> EngineReport:
    """Run all in turns; `runners` must hold "ours"."""
    found: dict[str, list[Speed]] = {name: [] for name in runners}
    for number in range(rounds):
        for name, run in runners.items():
            found[name].append(run(number))
    ours = found["ours"]
    ratios = {
        name: Speed(
            median(one.prompt / other.prompt for one, other in zip(ours, others, strict=True)),
            median(
                one.generation / other.generation for one, other in zip(ours, others, strict=True)
            ),
        )
        for name, others in found.items()
        if name != "ours"
    }
    speeds = {
        name: Speed(median(one.prompt for one in many), median(one.generation for one in many))
        for name, many in found.items()
    }
    return EngineReport(rounds, speeds, ratios)


def prompt_tokens_for(context: int) -> int:
    """Length of the measured prompt: it and a reply must find room."""
    return min(PROMPT_TOKENS, context - 2 * REPLY_TOKENS)


def run_ours(model: TextModel, *, prompt_tokens: int = PROMPT_TOKENS) -> Runner:
    """Our engine, through the pipe, as the window has it."""

    def prompt_of(first: str) -> list[Turn]:
        text = f"{first} {_WORDS * (prompt_tokens // 8)}"
        while model.count_tokens([Turn("user", text)])[0] > prompt_tokens:
            text = text[: int(len(text) * 0.97)]
        return [Turn("user", text)]

    def run(number: int) -> Speed:
        warm, turns = prompt_of(f"warm {number}"), prompt_of(str(number))
        # llama-bench reads a prompt for nothing, too, before it measures: the others ran meanwhile.
        _timed(model.generate(warm, Sampling(max_tokens=2), lambda: False))
        read_s, _, last = _timed(model.generate(turns, Sampling(max_tokens=1), lambda: False))
        prompt = last.prompt_tokens_evaluated / read_s
        turns = [Turn("user", f"hello {number}")]
        write_s = 1.0
        for seed in range(20):  # a reply that ends early says little
            sampling = Sampling(max_tokens=REPLY_TOKENS, seed=seed)
            _, write_s, last = _timed(model.generate(turns, sampling, lambda: False))
            if last.reply_tokens > REPLY_TOKENS // 4:
                break
        return Speed(prompt, max(last.reply_tokens - 1, 1) / write_s)

    return run


def _timed(steps: Iterator[Generated]) -> tuple[float, float, Generated]:
    """Seconds from the first look at the prompt to its end, from there on, and the last step."""
    started = time.perf_counter()
    read_at = started
    last = Generated()
    for step in steps:
        now = time.perf_counter()
        if step.to_read and not step.read:
            started = now
        # Steps travel in bundles: the end of the prompt is the last thing said of it.
        if step.to_read and step.read == step.to_read:
            read_at = now
        last = step
    return max(read_at - started, 1e-9), max(time.perf_counter() - read_at, 1e-9), last


def run_wrapper(
    path: Path,
    *,
    threads: int,
    read_threads: int,
    context: int,
    prompt_tokens: int = PROMPT_TOKENS,
) -> Runner:
    """The high-level wrapper of llama-cpp-python with its own defaults."""
    command = [sys.executable, "-c", _WRAPPER, str(path), str(prompt_tokens), str(REPLY_TOKENS)]
    command += [str(threads), str(read_threads), str(context), _WORDS]

    def run(_number: int) -> Speed:
        return Speed(**json.loads(_output(command)))

    return run


def run_llama_bench(
    tool: Path,
    path: Path,
    *,
    threads: int,
    batch: int,
    prompt_tokens: int = PROMPT_TOKENS,
) -> Runner:
    """llama-bench with this micro-batch size."""
    command = [str(tool), "-m", str(path), "-t", str(threads), "-r", "1", "-o", "json"]
    command += ["-p", str(prompt_tokens), "-n", str(REPLY_TOKENS)]
    command += ["-ub", str(batch)]

    def run(_number: int) -> Speed:
        rows = json.loads(_output(command))
        return Speed(
            max(row["avg_ts"] for row in rows if row["n_prompt"]),
            max(row["avg_ts"] for row in rows if row["n_gen"]),
        )

    return run


def _output(command: Sequence[str]) -> str:
    """What a program prints. Raises InputError (bench_tool) if it fails."""
    nice = shutil.which("nice")
    lowered = [nice, "-n", _NICENESS, *command] if nice and os.name == "posix" else list(command)
    try:
        return subprocess.run(
            lowered, capture_output=True, text=True, check=True, timeout=_PATIENCE_S
        ).stdout
    except (OSError, subprocess.SubprocessError):
        raise InputError("bench_tool", name=Path(command[0]).name) from None


def _rounded(speed: Speed, digits: int) -> dict[str, float]:
    return {name: round(value, digits) for name, value in asdict(speed).items()}
