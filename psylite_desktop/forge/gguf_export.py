"""Writing a trained model as a GGUF file that llama.cpp loads, tokenizer included.

The public converter refuses self-trained byte-level tokenizers, so the file is written directly
with the `gguf` package. Tensor names: gguf/constants.py; the row permutation of the query and key
weights: llama.cpp, conversion/llama.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.recipe import ModelShape
from psylite_desktop.forge.tokenizer import END, END_OF_DOCUMENT, SPECIAL_TOKENS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
) -> int:
    """Write `target` in float16 (norms float32) and return its size in bytes.

    The output layer is absent: llama.cpp then uses the token embeddings. Raises OSError if a file
    cannot be read or written, and ValueError if tokenizer and model differ in size.
    """
    import gguf
    import numpy as np

    shape, weights = load_weights(model_path)
    tokenizer = json.loads(tokenizer_path.read_text("utf-8"))
    tokens = _token_list(tokenizer)
    if len(tokens) != shape.vocabulary:
        raise ValueError(f"tokenizer has {len(tokens)} entries, the model {shape.vocabulary}")
    target.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(str(target), "llama")
    writer.add_name(name)
    writer.add_license("apache-2.0")
    if description:
        writer.add_description(description)
    writer.add_languages(["zh", "en"])
    _add_shape(writer, shape)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    _add_tokenizer(writer, tokenizer, tokens)
    for weight_name, trained in weights.items():
        turned = weight_name.endswith(("attn_q.weight", "attn_k.weight"))
        weight = permute_rows(trained, shape.heads) if turned else trained
        kind = np.float32 if weight.ndim == 1 else np.float16
        writer.add_tensor(weight_name, np.ascontiguousarray(weight.astype(kind)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target.stat().st_size


def _token_list(tokenizer: dict[str, Any]) -> list[str]:
    """Token texts in id order, special tokens included."""
    by_id = {number: token for token, number in tokenizer["model"]["vocab"].items()}
    by_id |= {entry["id"]: entry["content"] for entry in tokenizer["added_tokens"]}
    return [by_id[number] for number in range(len(by_id))]


def _add_shape(writer: Any, shape: ModelShape) -> None:
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_eps)
    writer.add_vocab_size(shape.vocabulary)


def _add_tokenizer(writer: Any, tokenizer: dict[str, Any], tokens: list[str]) -> None:
    import gguf

    special = set(SPECIAL_TOKENS)
    types = [gguf.TokenType.CONTROL if t in special else gguf.TokenType.NORMAL for t in tokens]
    merges = tokenizer["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
    # A reply ends with <|im_end|>; nothing is put before a prompt: it starts with <|im_start|>.
    writer.add_eos_token_id(tokens.index(END))
    writer.add_eot_token_id(tokens.index(END))
    writer.add_pad_token_id(tokens.index(END_OF_DOCUMENT))
    writer.add_add_bos_token(value=False)
    writer.add_add_space_prefix(value=False)
