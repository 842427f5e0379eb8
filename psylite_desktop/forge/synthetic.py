"""Model files with the shape of a published model and random weights.

Speed and memory depend on shapes and formats of the weights, not on what they say: with these files
both are measured without downloading anything. What such a model writes makes no sense.
Shapes: the configurations published with Qwen2.5, Qwen3 and Llama 3.2; the mix of formats of
q4_k_m: llama.cpp, src/llama-quant.cpp.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from psylite_desktop.forge.gguf_file import QUANTIZATION_VERSION, GgufFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
PIECE = 8 << 20
"""Bytes of weights that are held at a time."""
_NORMAL, _CONTROL, _UNUSED = 1, 3, 5  # llama_token_type
_FILE_TYPES = {"": 15, "q8_0": 7}  # llama_ftype: mostly q4_k_m, mostly q8_0


@dataclass(frozen=True, slots=True)
class SyntheticShape:
    """Sizes of a model, in elements; `tied`: the output layer is the token embeddings.

    `only` is the format of all matrices where it is not the mix of q4_k_m.
    """

    architecture: str
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    context: int = 32768
    tied: bool = True
    rope_base: float = 1_000_000.0
    only: str = ""


SHAPES = {
    "qwen2-0.5b": SyntheticShape("qwen2", 24, 896, 4864, 14, 2, 64, 151_936),
    "qwen2-1.5b": SyntheticShape("qwen2", 28, 1536, 8960, 12, 2, 128, 151_936),
    "qwen3-4b": SyntheticShape("qwen3", 36, 2560, 9728, 32, 8, 128, 151_936),
    "qwen2-7b": SyntheticShape("qwen2", 28, 3584, 18944, 28, 4, 128, 152_064, tied=False),
    "llama-1b": SyntheticShape(
        "llama", 16, 2048, 8192, 32, 8, 64, 128_256, 131_072, rope_base=500_000.0
    ),
    "llama-3b": SyntheticShape(
        "llama", 28, 3072, 8192, 24, 8, 128, 128_256, 131_072, rope_base=500_000.0
    ),
    "nano-gpu": SyntheticShape(
        "llama", 12, 512, 1536, 8, 8, 64, 12_288, 1024, rope_base=10_000.0, only="q8_0"
    ),
    "mini": SyntheticShape("qwen2", 2, 256, 512, 4, 2, 64, 4096, 4096),
}
"""Published models by name, the one of model_store/recipes/nano-gpu.toml, one for tests."""


@dataclass(frozen=True, slots=True)
class _Format:
    """A block format: elements and bytes a block, where its float16 factors stand.

    `spread` is the standard deviation of a value for uniformly random bytes and a factor of one;
    the second factor, where there is one, is `second` times the first and centres the values.
    """

    elements: int
    size: int
    factors: tuple[int, ...]
    spread: float
    second: float = 0.0


_FORMATS = {
    "q5_0": _Format(32, 22, (0,), 9.2),
    "q8_0": _Format(32, 34, (0,), 74.0),
    "q4_k": _Format(256, 144, (0, 2), 258.0, 7.5),
    "q6_k": _Format(256, 210, (208,), 1370.0),
}


def write_synthetic(shape: SyntheticShape, target: Path, *, name: str, seed: int = 1) -> int:
    """Write a file of random weights and return its size in bytes; raises OSError.

    Rows of control tokens are zero: none of them is ever drawn, a reply runs to its limit.
    """
    import numpy as np

    file = GgufFile(shape.architecture)
    file.text("general.name", name)
    file.number("general.file_type", _FILE_TYPES[shape.only])
    file.number("general.quantization_version", QUANTIZATION_VERSION)
    _add_shape(file, shape)
    words = _words(shape.vocabulary)
    _add_vocabulary(file, *words)
    first_control = shape.vocabulary - len(CONTROL)
    random = np.random.default_rng(seed)
    for tensor, sizes, kind in _tensors(shape):
        if kind == "f32":
            value = 0.0 if tensor.endswith(".bias") else 1.0
            file.tensor(tensor, np.full(sizes, value, dtype=np.float32), "f32")
            continue
        words_of = tensor in {"token_embd.weight", "output.weight"}
        plain = first_control if words_of else sizes[0]
        _add_noise(file, tensor, sizes, shape.only or kind, random, plain)
    return file.write(target)


def _add_noise(
    file: GgufFile,
    name: str,
    sizes: tuple[int, ...],
    kind: str,
    random: np.random.Generator,
    plain: int,
) -> None:
    form = _FORMATS[kind]
    rows, columns = sizes
    row_size = columns // form.elements * form.size

    def pieces() -> Iterator[bytes]:
        step = max(1, PIECE // row_size)
        for start in range(0, plain, step):
            count = min(step, plain - start)
            yield _noise(random, form, count * columns // form.elements, columns).tobytes()
        yield bytes((rows - plain) * row_size)

    file.later(name, sizes, kind, size=rows * row_size, pieces=pieces)


def _noise(
    random: np.random.Generator, form: _Format, blocks: int, columns: int
) -> NDArray[np.uint8]:
    """Blocks [blocks, bytes] whose values are as large as trained ones of such rows are."""
    import numpy as np

    raw = np.frombuffer(random.bytes(blocks * form.size), dtype=np.uint8).reshape(blocks, -1)
    raw = raw.copy()
    factor = columns**-0.5 / form.spread
    for place, value in zip(form.factors, (factor, factor * form.second), strict=False):
        raw[:, place : place + 2] = np.array([value], dtype="<f2").view(np.uint8)
    return raw


def _tensors(shape: SyntheticShape) -> Iterator[tuple[str, tuple[int, ...], str]]:
    width, wide = shape.width, shape.feed_forward
    query, key = shape.heads * shape.head_size, shape.kv_heads * shape.head_size
    if not shape.tied:
        yield "output.weight", (shape.vocabulary, width), _fitting("q6_k", width)
    first = _fitting("q6_k" if shape.tied else "q4_k", width)
    yield "token_embd.weight", (shape.vocabulary, width), first
    yield "output_norm.weight", (width,), "f32"
    for layer in range(shape.layers):
        at = f"blk.{layer}."
        better = "q6_k" if _more_bits(layer, shape.layers) else "q4_k"
        yield at + "attn_norm.weight", (width,), "f32"
        yield at + "attn_q.weight", (query, width), _fitting("q4_k", width)
        yield at + "attn_k.weight", (key, width), _fitting("q4_k", width)
        yield at + "attn_v.weight", (key, width), _fitting(better, width)
        if shape.architecture == "qwen2":
            for part, size in (("q", query), ("k", key), ("v", key)):
                yield f"{at}attn_{part}.bias", (size,), "f32"
        elif shape.architecture == "qwen3":
            yield at + "attn_q_norm.weight", (shape.head_size,), "f32"
            yield at + "attn_k_norm.weight", (shape.head_size,), "f32"
        yield at + "attn_output.weight", (width, query), _fitting("q4_k", query)
        yield at + "ffn_norm.weight", (width,), "f32"
        yield at + "ffn_gate.weight", (wide, width), _fitting("q4_k", width)
        yield at + "ffn_up.weight", (wide, width), _fitting("q4_k", width)
        yield at + "ffn_down.weight", (width, wide), _fitting(better, wide)


def _more_bits(layer: int, layers: int) -> bool:
    """Layers whose value and down matrices get six bits (`use_more_bits` of llama-quant.cpp)."""
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2


def _fitting(kind: str, columns: int) -> str:
    """Rows that are no multiple of 256 long get the format that llama.cpp falls back to."""
    if columns % 256 == 0:
        return kind
    return {"q4_k": "q5_0", "q6_k": "q8_0"}[kind]


def _words(size: int) -> tuple[list[str], list[str]]:
    """Tokens and merges: all bytes, then pairs and triples of them, the control tokens last."""
    from psylite_desktop.engine.gguf_check import byte_letters

    letters = [letter.decode() for letter in sorted(byte_letters())]
    letters += [chr(0x2500 + n) for n in range(256 - len(letters))]  # bytes that no text has
    room = size - len(letters) - len(CONTROL)
    pairs = ((one, other) for one, other in product(letters, letters))
    triples = ((one + other, third) for third, one, other in product(letters, letters, letters))
    merges = [*islice(pairs, room)]
    merges += islice(triples, room - len(merges))
    tokens = [*letters, *(one + other for one, other in merges), *CONTROL]
    return tokens, [f"{one} {other}" for one, other in merges]


def _add_shape(file: GgufFile, shape: SyntheticShape) -> None:
    file.number("{arch}.context_length", shape.context)
    file.number("{arch}.embedding_length", shape.width)
    file.number("{arch}.block_count", shape.layers)
    file.number("{arch}.feed_forward_length", shape.feed_forward)
    file.number("{arch}.attention.head_count", shape.heads)
    file.number("{arch}.attention.head_count_kv", shape.kv_heads)
    file.number("{arch}.attention.key_length", shape.head_size)
    file.number("{arch}.attention.value_length", shape.head_size)
    file.number("{arch}.rope.dimension_count", shape.head_size)
    file.number("{arch}.rope.freq_base", shape.rope_base)
    file.number("{arch}.attention.layer_norm_rms_epsilon", 1e-6)
    file.number("{arch}.vocab_size", shape.vocabulary)


def _add_vocabulary(file: GgufFile, tokens: list[str], merges: list[str]) -> None:
    file.text("tokenizer.ggml.model", "gpt2")
    file.text("tokenizer.ggml.pre", "qwen2")
    file.texts("tokenizer.ggml.tokens", tokens)
    kinds = [_NORMAL] * (len(tokens) - len(CONTROL)) + [_CONTROL] * len(CONTROL)
    file.integers("tokenizer.ggml.token_type", kinds)
    file.texts("tokenizer.ggml.merges", merges)
    file.number("tokenizer.ggml.eos_token_id", tokens.index("<|im_end|>"))
    file.number("tokenizer.ggml.padding_token_id", tokens.index("<|endoftext|>"))
    file.switch("tokenizer.ggml.add_bos_token", value=False)
    file.switch("tokenizer.ggml.add_space_prefix", value=False)
