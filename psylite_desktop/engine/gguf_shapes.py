"""Numbers of a model file that must agree with each other and with its tensors.

llama.cpp multiplies and indexes with them and ends the process where they do not: of 2,000 damaged
headers these were the ones that did (tests/e2e/test_mutated_models.py).
"""

from __future__ import annotations

import math

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.engine.gguf_header import Header, Value

MIN_CONTEXT = 32
"""Tokens; no reply fits into less."""
_ROPE = "rope.dimension_count"
_VALUE = "attention.value_length"
_POSITIVE = ("attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon", "rope.freq_base")
_LARGEST = 1e12


def check_shapes(header: Header, facts: GgufFacts) -> None:
    """Raises ModelFileError (model_malformed)."""
    own = {
        key.removeprefix(f"{facts.architecture}."): value for key, value in header.values.items()
    }
    rotated = own.get(_ROPE, facts.head_size)
    value_size = own.get(_VALUE, facts.head_size)
    if facts.context_length < MIN_CONTEXT or facts.heads % facts.kv_heads:
        raise ModelFileError("model_malformed", reason="number")
    if not _is_even_within(rotated, facts.head_size) or not isinstance(value_size, int):
        raise ModelFileError("model_malformed", reason="number")
    if not all(_is_sane(own[key]) for key in _POSITIVE if key in own):
        raise ModelFileError("model_malformed", reason="number")
    elements = {tensor.name: tensor.elements for tensor in header.tensors}
    expected = {
        "attn_q": facts.heads * facts.head_size,
        "attn_k": facts.kv_heads * facts.head_size,
        "attn_v": facts.kv_heads * value_size,
        "attn_output": facts.heads * value_size,
    }
    if "feed_forward_length" in own:
        expected |= dict.fromkeys(("ffn_gate", "ffn_up", "ffn_down"), facts.feed_forward)
    for part, size in expected.items():  # what a file does not have is for llama.cpp to miss
        found = elements.get(f"blk.0.{part}.weight")
        if found is not None and found != facts.embedding_length * size:
            raise ModelFileError("model_malformed", reason="shape")


def _is_even_within(value: Value, most: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return 2 <= value <= most and value % 2 == 0


def _is_sane(value: Value) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return math.isfinite(value) and 0 < value < _LARGEST
