"""InternLM2's weights in Llama's names and layout: the same network, written down differently.

Differences, after the published modeling_internlm2.py: queries, keys and values are one matrix
`wqkv`, ordered by key head: the query heads that share a key head, that key head, its value head.
`w1` is the gate, `w3` the other input matrix, `w2` the output matrix of the feed-forward part.
Rotation pairs the two halves of a head as Llama's does in transformers, so no row moves for it.
"""

from __future__ import annotations

import re
from typing import Any

from psylite_desktop.forge.adapt.shape import BaseShape
from psylite_desktop.forge.adapt.weights import Weights

_PLAIN = {
    "model.tok_embeddings.weight": "model.embed_tokens.weight",
    "model.norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_IN_LAYER = {
    "attention_norm.weight": "input_layernorm.weight",
    "attention.wo.weight": "self_attn.o_proj.weight",
    "ffn_norm.weight": "post_attention_layernorm.weight",
    "feed_forward.w1.weight": "mlp.gate_proj.weight",
    "feed_forward.w3.weight": "mlp.up_proj.weight",
    "feed_forward.w2.weight": "mlp.down_proj.weight",
}
_JOINED = "attention.wqkv.weight"
_PARTS = ("q_proj", "k_proj", "v_proj")
_LAYER = re.compile(r"model\.layers\.(\d+)\.(.+)")


def split_wqkv(joined: Any, shape: BaseShape) -> tuple[Any, Any, Any]:
    """Query, key and value matrices of `wqkv` [(heads + 2 * kv_heads) * head_size, width]."""
    groups = shape.heads // shape.kv_heads
    grouped = joined.reshape(shape.kv_heads, groups + 2, shape.head_size, joined.shape[-1])
    return (
        grouped[:, :groups].reshape(-1, joined.shape[-1]),
        grouped[:, groups].reshape(-1, joined.shape[-1]),
        grouped[:, groups + 1].reshape(-1, joined.shape[-1]),
    )


class InternLM2AsLlama:
    """Weights of an InternLM2 model under Llama's names, split when they are read."""

    def __init__(self, source: Weights, shape: BaseShape) -> None:
        """Find every tensor's new name.

        Raises ValueError for a tensor that InternLM2 does not have, or of the wrong size.
        """
        self._source, self._shape = source, shape
        self._places: dict[str, tuple[str, int]] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}
        for name, sizes in source.shapes().items():
            self._place(name, sizes)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Sizes by Llama's name."""
        return dict(self._shapes)

    def tensor(self, name: str) -> Any:
        """One tensor by Llama's name. Raises KeyError."""
        source, part = self._places[name]
        found = self._source.tensor(source)
        return found if part < 0 else split_wqkv(found, self._shape)[part].contiguous()

    def _place(self, name: str, sizes: tuple[int, ...]) -> None:
        if name in _PLAIN:
            self._put(_PLAIN[name], name, -1, sizes)
            return
        within = _LAYER.fullmatch(name)
        if within is None or within[2] not in {*_IN_LAYER, _JOINED}:
            raise ValueError(f"InternLM2 has no tensor {name}")
        prefix = f"model.layers.{within[1]}."
        if within[2] != _JOINED:
            self._put(prefix + _IN_LAYER[within[2]], name, -1, sizes)
            return
        shape = self._shape
        expected = ((shape.heads + 2 * shape.kv_heads) * shape.head_size, shape.width)
        if sizes != expected:
            raise ValueError(f"{name} is {sizes}, expected {expected}")
        for part, heads in enumerate((shape.heads, shape.kv_heads, shape.kv_heads)):
            named = f"{prefix}self_attn.{_PARTS[part]}.weight"
            self._put(named, name, part, (heads * shape.head_size, shape.width))

    def _put(self, name: str, source: str, part: int, sizes: tuple[int, ...]) -> None:
        self._places[name] = (source, part)
        self._shapes[name] = sizes
