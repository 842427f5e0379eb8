"""The sampler chain: how the next token is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psylite_desktop.domain.ports import Sampling


@contextmanager
def sampler_chain(library: Any, sampling: Sampling, *, vocabulary_size: int) -> Iterator[Any]:
    """Build a chain for one reply and free it afterwards.

    Top-k stands first: the penalties then look at k candidates instead of the whole vocabulary
    (3 % of generation at 152 k words). Only the reply's own tokens are penalised, not the
    prompt's: a small model leans on the words of its note.
    """
    chain = library.llama_sampler_chain_init(library.llama_sampler_chain_default_params())
    try:
        for part in _parts(library, sampling, vocabulary_size):
            library.llama_sampler_chain_add(chain, part)
        yield chain
    finally:
        library.llama_sampler_free(chain)


def _parts(library: Any, sampling: Sampling, vocabulary_size: int) -> Iterator[Any]:
    if sampling.top_k > 0:
        yield library.llama_sampler_init_top_k(sampling.top_k)
    if sampling.repeat_penalty != 1.0 and sampling.repeat_last_n > 0:
        yield library.llama_sampler_init_penalties(
            vocabulary_size, sampling.repeat_last_n, sampling.repeat_penalty, 0.0, 0.0
        )
    if sampling.temperature <= 0:
        yield library.llama_sampler_init_greedy()
        return
    yield library.llama_sampler_init_top_p(sampling.top_p, 1)
    yield library.llama_sampler_init_min_p(sampling.min_p, 1)
    yield library.llama_sampler_init_temp(sampling.temperature)
    yield library.llama_sampler_init_dist(sampling.seed & 0xFFFFFFFF)
