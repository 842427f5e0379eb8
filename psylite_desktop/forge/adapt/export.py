"""Adapted models as GGUF files: by our own writer, or by llama.cpp's public converter.

Names of tensors and keys: gguf/constants.py; rows of queries and keys are permuted for "llama"
alone, since llama.cpp rotates the halves of a head for Qwen2 and Qwen3 as training does.
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.adapt.shape import BaseShape
from psylite_desktop.forge.adapt.vocabulary import (
    CHAT_ENDS,
    UnknownVocabularyError,
    Vocabulary,
)
from psylite_desktop.forge.adapt.weights import Weights
from psylite_desktop.forge.gguf_export import permute_rows
from psylite_desktop.forge.gguf_file import FILE_TYPES, GgufFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PLAIN = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
_IN_LAYER = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_LAYER = re.compile(r"model\.layers\.(\d+)\.(.+)\.(weight|bias)")
_LARGEST_F16 = 65504.0


def gguf_name(name: str) -> str:
    """The name of a tensor in a GGUF file. Raises ValueError for one that there is none for."""
    if name in _PLAIN:
        return _PLAIN[name]
    found = _LAYER.fullmatch(name)
    if found is None or found[2] not in _IN_LAYER:
        raise ValueError(f"no place in a GGUF file for {name}")
    return f"blk.{found[1]}.{_IN_LAYER[found[2]]}.{found[3]}"


def write_base_gguf(
    shape: BaseShape,
    weights: Weights,
    vocabulary: Vocabulary,
    target: Path,
    *,
    name: str,
    licence: str = "",
    progress: Callable[[float], None] = lambda _done: None,
) -> int:
    """Write a float16 file (norms and biases float32), tensor by tensor; returns its size.

    Raises OSError, ValueError for a weight beyond float16's range, and UnknownVocabularyError if
    llama.cpp has no name for the way in which the tokenizer splits texts.
    """
    if not vocabulary.pre:
        raise UnknownVocabularyError("the way in which the tokenizer splits texts is not known")
    file = GgufFile(shape.architecture)
    file.text("general.name", name)
    if licence:
        file.text("general.license", licence)
    file.number("general.file_type", FILE_TYPES["f16"])
    _add_shape(file, shape)
    _add_vocabulary(file, vocabulary)
    done = 0
    sizes = weights.shapes()
    if shape.tied:
        sizes.pop("lm_head.weight", None)

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(done / len(sizes))

    for weight_name, size in sizes.items():
        kind = "f32" if len(size) == 1 else "f16"
        bytes_ = math.prod(size) * (4 if kind == "f32" else 2)
        pieces = _pieces(weights, weight_name, shape, kind, told)
        file.later(gguf_name(weight_name), size, kind, size=bytes_, pieces=pieces)
    return file.write(target)


def _pieces(
    weights: Weights, name: str, shape: BaseShape, kind: str, told: Callable[[int], None]
) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        import numpy as np

        found = _for_llama_cpp(weights.tensor(name).float().numpy(), name, shape)
        if kind == "f16" and float(np.abs(found).max(initial=0.0)) > _LARGEST_F16:
            raise ValueError(f"{name} holds weights beyond float16's range")
        yield np.ascontiguousarray(found.astype("<f2" if kind == "f16" else "<f4")).tobytes()
        told(1)

    return read


def _for_llama_cpp(found: NDArray[np.float32], name: str, shape: BaseShape) -> NDArray[np.float32]:
    if shape.architecture != "llama" or not name.endswith(("q_proj.weight", "k_proj.weight")):
        return found
    return permute_rows(found, shape.heads if "q_proj" in name else shape.kv_heads)


def _add_shape(file: GgufFile, shape: BaseShape) -> None:
    file.number("{arch}.context_length", shape.context)
    file.number("{arch}.embedding_length", shape.width)
    file.number("{arch}.block_count", shape.layers)
    file.number("{arch}.feed_forward_length", shape.feed_forward)
    file.number("{arch}.attention.head_count", shape.heads)
    file.number("{arch}.attention.head_count_kv", shape.kv_heads)
    file.number("{arch}.attention.key_length", shape.head_size)
    file.number("{arch}.attention.value_length", shape.head_size)
    file.number("{arch}.rope.dimension_count", shape.head_size)
    file.number("{arch}.rope.freq_base", float(shape.rope_base))
    file.number("{arch}.attention.layer_norm_rms_epsilon", float(shape.norm_eps))
    file.number("{arch}.vocab_size", shape.vocabulary)


def _add_vocabulary(file: GgufFile, found: Vocabulary) -> None:
    file.text("tokenizer.ggml.model", "llama" if found.pieces else "gpt2")
    file.text("tokenizer.ggml.pre", found.pre)
    file.texts("tokenizer.ggml.tokens", list(found.tokens))
    if found.pieces:
        file.floats("tokenizer.ggml.scores", list(found.scores))
    file.integers("tokenizer.ggml.token_type", list(found.kinds))
    if not found.pieces:
        file.texts("tokenizer.ggml.merges", list(found.merges))
    end = found.id_of(*CHAT_ENDS)
    # A reply ends with the chat format's own mark.
    for key, number in (
        ("eos", end),
        ("eot", end),
        ("bos", found.start[0] if found.start else None),
        ("unknown", found.id_of("<unk>") if found.pieces else None),
        ("padding", found.id_of("<|endoftext|>", "</s>", "<|end_of_text|>")),
    ):
        if number is not None:
            file.number(f"tokenizer.ggml.{key}_token_id", number)
    file.switch("tokenizer.ggml.add_bos_token", value=bool(found.start))
    file.switch("tokenizer.ggml.add_space_prefix", value=found.space_prefix)


def convert_with(converter: Path, folder: Path, target: Path) -> int:
    """Let llama.cpp's convert_hf_to_gguf.py make the file; returns its size.

    It needs transformers and what else it names; it runs offline, in a process of its own. Raises
    OSError with its last words if it fails.
    """
    done = subprocess.run(
        [sys.executable, str(converter), str(folder), "--outtype", "f16", "--outfile", str(target)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not target.exists():
        last: Any = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise OSError(f"{converter.name} failed: {' '.join(last)}")
    return target.stat().st_size
