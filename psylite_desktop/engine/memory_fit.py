"""Whether a model fits this machine, and how it is loaded so that it does.

What is predicted comes from the file's header alone. The parts, measured with llama.cpp 0.3.36 on
files of 0.5B to 7B: weights stay mapped from the file (the system may drop and read them again);
the rest is anonymous and can only be swapped: attention memory, one batch's intermediate results,
the vocabulary, and the second copy of the weights where they are repacked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.engine.machine_memory import MachineMemory

KvType = Literal["f16", "q8_0"]
Verdict = Literal["fits", "tight", "no"]

MIN_CONTEXT = 2048
"""Tokens; a conversation with less forgets too soon."""
COMPANIONS = 300 << 20
"""Bytes that the engine process takes for search and listening besides any model (measured)."""
HEADROOM = 0.1
"""Share of all memory that stays free for everything else the person runs."""
_LEAST_HEADROOM = 256 << 20
_NEVER_REFUSED = 128 << 20
_SMALL_BATCH = 64
_LIBRARY = 3 << 20
"""Code of llama.cpp and its threads' work space."""
_TOKEN, _MERGE = 175, 140
"""Bytes that a token and a merge of the vocabulary take once loaded (measured on 152 k)."""
_KV_BYTES = {"f16": 2.0, "q8_0": 34 / 32}


@dataclass(frozen=True, slots=True)
class Configuration:
    """How a model is loaded: what decides its memory. `context` and `ubatch` in tokens."""

    context: int
    kv: KvType = "f16"
    ubatch: int = 128
    repack: bool = False
    mmap: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes a loaded model takes: `mapped` from the file, `anonymous` only in memory."""

    mapped: int
    anonymous: int

    @property
    def resident(self) -> int:
        """Both together, when everything has been touched."""
        return self.mapped + self.anonymous


@dataclass(frozen=True, slots=True)
class Fit:
    """A verdict with its numbers (bytes): `needed` includes `reserve` for the rest of the app."""

    verdict: Verdict
    configuration: Configuration
    need: Need
    reserve: int
    machine: MachineMemory

    @property
    def needed(self) -> int:
        """What must be available so that nothing is swapped."""
        return self.need.resident + self.reserve


def predict(facts: GgufFacts, configuration: Configuration) -> Need:
    """Memory of a loaded model that has read a whole batch."""
    weights = facts.weights or facts.size
    mapped = weights if configuration.mmap else 0
    anonymous = _LIBRARY + facts.vocabulary * _TOKEN + facts.merges * _MERGE
    if not configuration.mmap:
        anonymous += weights
    elif configuration.repack:
        anonymous += facts.repackable
    anonymous += kv_bytes(facts, configuration)
    anonymous += configuration.ubatch * batch_row_bytes(facts, configuration.context)
    anonymous += 2 * 4 * facts.vocabulary  # logits of one token, in the graph and handed out
    return Need(mapped, anonymous)


def kv_bytes(facts: GgufFacts, configuration: Configuration) -> int:
    """Bytes of the attention memory, all of it taken at once."""
    elements = 2 * facts.layers * facts.kv_heads * facts.head_size * configuration.context
    return int(elements * _KV_BYTES[configuration.kv])


def batch_row_bytes(facts: GgufFacts, context: int) -> int:
    """Bytes of intermediate results for each token of a batch, with flash attention.

    Three rows of the feed-forward layer and four of the model's width live at once, and a row of
    the float16 mask over the context.
    """
    wide = facts.feed_forward or 4 * facts.embedding_length
    return 4 * (3 * wide + 4 * facts.embedding_length) + 2 * context


def fit(
    facts: GgufFacts,
    machine: MachineMemory,
    wanted: Configuration,
    *,
    reserve: int = COMPANIONS,
) -> Fit:
    """Choose how to load: as wanted if that fits, else with less, and say how well that fits.

    What is given up, in this order: repacked weights, half of the precision of the attention
    memory, large batches, length of the context down to `MIN_CONTEXT`. The first that leaves
    headroom is taken, else the first that squeezes in at all; else the smallest with verdict no.
    """
    wanted = replace(wanted, context=min(wanted.context, facts.context_length))
    comfort = max(_LEAST_HEADROOM, int(machine.total * HEADROOM))
    candidates = [Fit("no", one, predict(facts, one), reserve, machine) for one in _smaller(wanted)]
    if not machine.total:  # nobody can tell: take it as it was wished
        return replace(candidates[0], verdict="tight")
    for one in candidates:
        if one.needed + comfort <= machine.available:
            return replace(one, verdict="fits")
    for one in candidates:
        if one.configuration.kv == "q8_0" and _squeezes_in(one):
            return replace(one, verdict="tight")
    return candidates[-1]


def _squeezes_in(one: Fit) -> bool:
    """The weights find room, and what cannot be dropped does beside the rest of the app.

    A model that is small beside the app itself is never refused.
    """
    room = one.machine.available
    droppable = one.need.resident <= room and one.need.anonymous + one.reserve <= room
    return droppable or one.need.resident <= _NEVER_REFUSED


def _smaller(wanted: Configuration) -> Iterator[Configuration]:
    """Configurations from the wanted one down to the smallest, each with less memory."""
    yield wanted
    current = wanted
    if current.repack:
        current = replace(current, repack=False, mmap=True)
        yield current
    if current.kv != "q8_0":
        current = replace(current, kv="q8_0")
        yield current
    if current.ubatch > _SMALL_BATCH:
        current = replace(current, ubatch=_SMALL_BATCH)
        yield current
    while current.context // 2 >= MIN_CONTEXT:
        current = replace(current, context=current.context // 2)
        yield current
