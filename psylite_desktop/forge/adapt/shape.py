"""The sizes of a published model, read from its folder's config.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARCHITECTURES = {
    "LlamaForCausalLM": "llama",
    "Qwen2ForCausalLM": "qwen2",
    "Qwen3ForCausalLM": "qwen3",
    # Llama in other words, see internlm2.py.
    "InternLM2ForCausalLM": "llama",
}
_CLASSES = {"llama": "LlamaForCausalLM", "qwen2": "Qwen2ForCausalLM", "qwen3": "Qwen3ForCausalLM"}
_NEEDED = (
    "num_attention_heads",
    "vocab_size",
    "hidden_size",
    "num_hidden_layers",
    "intermediate_size",
    "max_position_embeddings",
    "rms_norm_eps",
)
_ROPE_KINDS = ("default", "dynamic")
"""`dynamic` stretches positions only beyond the length that the model was trained on."""


@dataclass(frozen=True, slots=True)
class BaseShape:
    """Sizes of a model; `architecture` is GGUF's word: llama, qwen2 or qwen3."""

    architecture: str
    vocabulary: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    feed_forward: int
    context: int
    rope_base: float
    norm_eps: float
    tied: bool

    @property
    def biased(self) -> bool:
        """The query, key and value matrices have biases."""
        return self.architecture == "qwen2"

    @property
    def head_norms(self) -> bool:
        """Every head of queries and keys is normalised."""
        return self.architecture == "qwen3"

    def config(self) -> dict[str, Any]:
        """A config.json that transformers and llama.cpp's converter read."""
        return {
            "architectures": [_CLASSES[self.architecture]],
            "model_type": self.architecture,
            "vocab_size": self.vocabulary,
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head_size,
            "intermediate_size": self.feed_forward,
            "max_position_embeddings": self.context,
            "rope_theta": self.rope_base,
            "rms_norm_eps": self.norm_eps,
            "tie_word_embeddings": self.tied,
            "hidden_act": "silu",
            "attention_bias": False,
            "torch_dtype": "bfloat16",
        }


def read_config(folder: Path) -> dict[str, Any]:
    """The folder's config.json. Raises OSError, and ValueError if it is none."""
    found = json.loads((folder / "config.json").read_text("utf-8"))
    if not isinstance(found, dict):
        raise ValueError("config.json holds no object")  # noqa: TRY004 - a reason, not a type bug
    return found


def shape_of(config: dict[str, Any]) -> BaseShape:
    """The sizes of a config.json.

    Raises ValueError for a model that is not built as Llama, Qwen2, Qwen3 or InternLM2 are, or if
    a size is missing.
    """
    named = (config.get("architectures") or ["?"])[0]
    if named not in ARCHITECTURES:
        raise ValueError(f"{named} is none of {', '.join(ARCHITECTURES)}")
    if missing := [key for key in _NEEDED if key not in config]:
        raise ValueError(f"config.json lacks {', '.join(missing)}")
    architecture = ARCHITECTURES[named]
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    kind = rope.get("rope_type") or rope.get("type") or "default"
    if kind not in _ROPE_KINDS:
        raise ValueError(f"positions are scaled ({kind}), which is not supported")
    if config.get("hidden_act", "silu") != "silu":
        raise ValueError(f"{config['hidden_act']} is not supported, only silu")
    if architecture != "qwen2" and (config.get("attention_bias") or config.get("bias")):
        raise ValueError("biases are supported for Qwen2 alone")
    if config.get("use_sliding_window"):
        raise ValueError("a sliding window is not supported")
    heads = int(config["num_attention_heads"])
    return BaseShape(
        architecture=architecture,
        vocabulary=int(config["vocab_size"]),
        width=int(config["hidden_size"]),
        layers=int(config["num_hidden_layers"]),
        heads=heads,
        kv_heads=int(config.get("num_key_value_heads") or heads),
        head_size=int(config.get("head_dim") or config["hidden_size"] // heads),
        feed_forward=int(config["intermediate_size"]),
        context=int(config["max_position_embeddings"]),
        rope_base=float(config.get("rope_theta") or rope.get("rope_theta") or 10000.0),
        norm_eps=float(config["rms_norm_eps"]),
        tied=bool(config.get("tie_word_embeddings", False)),
    )


def is_internlm2(config: dict[str, Any]) -> bool:
    """The weights are named and joined as InternLM2's are."""
    return "InternLM2ForCausalLM" in (config.get("architectures") or ())
