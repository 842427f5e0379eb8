"""Writing a trained model as a GGUF file that llama.cpp loads, tokenizer included.

The public converter refuses self-trained byte-level tokenizers, so the file is written directly.
Names of tensors and keys: gguf/constants.py; the row permutation of the query and key weights:
llama.cpp, conversion/llama.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.gguf_file import FILE_TYPES, QUANTIZATION_VERSION, GgufFile
from psylite_desktop.forge.recipe import ModelShape
from psylite_desktop.forge.tokenizer import END, END_OF_DOCUMENT, SPECIAL_TOKENS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NORMAL, CONTROL = 1, 3  # llama_token_type


def permute_rows(weight: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Rows [heads * head_width, width] from the rotate-half to the neighbouring-pairs layout.

    llama.cpp rotates rows 2i and 2i+1 of a head together for architecture "llama"; training
    rotates rows i and i + head_width / 2.
    """
    rows, columns = weight.shape
    halves = weight.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)


def load_weights(model_path: Path) -> tuple[ModelShape, dict[str, NDArray[np.float32]]]:
    """Shape and float32 weights by name of a model.pt written by `train`; raises OSError."""
    import torch

    saved: dict[str, Any] = torch.load(model_path, weights_only=True, map_location="cpu")
    weights = {name: tensor.float().numpy() for name, tensor in saved["model"].items()}
    return ModelShape(**saved["shape"]), weights


def write_gguf(
    model_path: Path,
    tokenizer_path: Path,
    target: Path,
    *,
    name: str,
    description: str = "",
    kind: str = "f16",
) -> int:
    """Write `target` in float16 or q8_0 (norms float32) and return its size in bytes.

    The output layer is absent: llama.cpp then uses the token embeddings. Raises OSError if a file
    cannot be read or written, KeyError for another kind, and ValueError if tokenizer and model
    differ in size.
    """
    shape, weights = load_weights(model_path)
    tokenizer = json.loads(tokenizer_path.read_text("utf-8"))
    tokens = _token_list(tokenizer)
    if len(tokens) != shape.vocabulary:
        raise ValueError(f"tokenizer has {len(tokens)} entries, the model {shape.vocabulary}")
    file = GgufFile("llama")
    file.text("general.name", name)
    file.text("general.license", "apache-2.0")
    if description:
        file.text("general.description", description)
    file.texts("general.languages", ["zh", "en"])
    _add_shape(file, shape)
    file.number("general.file_type", FILE_TYPES[kind])
    if kind == "q8_0":
        file.number("general.quantization_version", QUANTIZATION_VERSION)
    _add_tokenizer(file, tokenizer, tokens)
    for weight_name, trained in weights.items():
        turned = weight_name.endswith(("attn_q.weight", "attn_k.weight"))
        weight = permute_rows(trained, shape.heads) if turned else trained
        file.tensor(weight_name, weight, "f32" if weight.ndim == 1 else kind)
    return file.write(target)


def _token_list(tokenizer: dict[str, Any]) -> list[str]:
    """Token texts in id order, special tokens included."""
    by_id = {number: token for token, number in tokenizer["model"]["vocab"].items()}
    by_id |= {entry["id"]: entry["content"] for entry in tokenizer["added_tokens"]}
    return [by_id[number] for number in range(len(by_id))]


def _add_shape(file: GgufFile, shape: ModelShape) -> None:
    file.number("{arch}.context_length", shape.context)
    file.number("{arch}.embedding_length", shape.width)
    file.number("{arch}.block_count", shape.layers)
    file.number("{arch}.feed_forward_length", shape.feed_forward)
    file.number("{arch}.attention.head_count", shape.heads)
    file.number("{arch}.attention.head_count_kv", shape.heads)
    file.number("{arch}.rope.dimension_count", shape.width // shape.heads)
    file.number("{arch}.rope.freq_base", float(shape.rope_base))
    file.number("{arch}.attention.layer_norm_rms_epsilon", float(shape.norm_eps))
    file.number("{arch}.vocab_size", shape.vocabulary)


def _add_tokenizer(file: GgufFile, tokenizer: dict[str, Any], tokens: list[str]) -> None:
    special = set(SPECIAL_TOKENS)
    merges = tokenizer["model"]["merges"]
    file.text("tokenizer.ggml.model", "gpt2")
    file.text("tokenizer.ggml.pre", "qwen2")
    file.texts("tokenizer.ggml.tokens", tokens)
    kinds = [CONTROL if token in special else NORMAL for token in tokens]
    file.integers("tokenizer.ggml.token_type", kinds)
    merged = [merge if isinstance(merge, str) else " ".join(merge) for merge in merges]
    file.texts("tokenizer.ggml.merges", merged)
    # A reply ends with <|im_end|>; nothing is put before a prompt: it starts with <|im_start|>.
    file.number("tokenizer.ggml.eos_token_id", tokens.index(END))
    file.number("tokenizer.ggml.eot_token_id", tokens.index(END))
    file.number("tokenizer.ggml.padding_token_id", tokens.index(END_OF_DOCUMENT))
    file.switch("tokenizer.ggml.add_bos_token", value=False)
    file.switch("tokenizer.ggml.add_space_prefix", value=False)
