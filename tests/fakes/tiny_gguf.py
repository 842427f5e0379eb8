"""Writes a tiny GGUF language model with random weights: real file, real llama.cpp, no sense.

A Llama-shaped model over bytes. The rows of the control tokens in the output matrix are zero, so
that with a small top-k none of them is ever drawn: generation runs to `max_tokens`.
"""

from __future__ import annotations

import random
import struct
from array import array
from dataclasses import dataclass, field
from pathlib import Path

CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|note|>")
_UINT32, _FLOAT32, _BOOL, _STRING, _ARRAY, _INT32 = 4, 6, 7, 8, 9, 5


@dataclass(frozen=True, slots=True)
class TinyShape:
    """Sizes of the model; width divisible by heads, all in elements."""

    width: int = 64
    layers: int = 2
    heads: int = 4
    feed_forward: int = 128
    context: int = 512
    control: tuple[str, ...] = CONTROL
    overrides: dict[str, bytes] = field(default_factory=dict)
    """Encoded values that replace those of a key: for files that are wrong on purpose."""


SLOW = TinyShape(width=256, layers=8, heads=8, feed_forward=1024, context=4096)
"""Takes about a second to read a long prompt, so that it can be stopped in the middle."""


def write_tiny_gguf(path: Path, shape: TinyShape = TinyShape(), *, seed: int = 1) -> Path:
    """Write the model to `path` and return it."""
    values = _values(shape)
    values.update(shape.overrides)
    tensors = _tensors(shape, seed)
    body = b"".join(_text(key) + value for key, value in values.items())
    offset = 0
    infos = b""
    for name, dims, data in tensors:
        infos += _text(name) + struct.pack("<I", len(dims))
        infos += b"".join(struct.pack("<Q", length) for length in dims)
        infos += struct.pack("<IQ", 0, offset)
        offset += _padded(len(data))
    header = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(values)) + body + infos
    with path.open("wb") as file:
        file.write(header.ljust(_padded(len(header)), b"\0"))
        for _, _, data in tensors:
            file.write(data.ljust(_padded(len(data)), b"\0"))
    return path


def _padded(count: int) -> int:
    return -(-count // 32) * 32


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def text_value(value: str) -> bytes:
    """A string as a GGUF value."""
    return struct.pack("<I", _STRING) + _text(value)


def number_value(value: int) -> bytes:
    """A u32 as a GGUF value."""
    return struct.pack("<II", _UINT32, value)


def _float(value: float) -> bytes:
    return struct.pack("<If", _FLOAT32, value)


def _strings(values: list[str]) -> bytes:
    head = struct.pack("<IIQ", _ARRAY, _STRING, len(values))
    return head + b"".join(_text(value) for value in values)


def _byte_letters() -> list[str]:
    """The 256 letters that byte-level BPE writes bytes with (GPT-2's table)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters, extra = [], 0
    for byte in range(256):
        if byte in plain:
            letters.append(chr(byte))
        else:
            letters.append(chr(256 + extra))
            extra += 1
    return letters


def _values(shape: TinyShape) -> dict[str, bytes]:
    tokens = [*_byte_letters(), "Ġt", "he", *shape.control]
    kinds = [1] * 258 + [3] * len(shape.control)
    end = tokens.index("<|im_end|>") if "<|im_end|>" in tokens else len(tokens) - 1
    return {
        "general.architecture": text_value("llama"),
        "general.name": text_value("tiny"),
        "general.file_type": number_value(0),
        "llama.context_length": number_value(shape.context),
        "llama.embedding_length": number_value(shape.width),
        "llama.block_count": number_value(shape.layers),
        "llama.feed_forward_length": number_value(shape.feed_forward),
        "llama.attention.head_count": number_value(shape.heads),
        "llama.attention.head_count_kv": number_value(shape.heads),
        "llama.attention.layer_norm_rms_epsilon": _float(1e-5),
        "llama.rope.dimension_count": number_value(shape.width // shape.heads),
        "llama.vocab_size": number_value(len(tokens)),
        "tokenizer.ggml.model": text_value("gpt2"),
        "tokenizer.ggml.pre": text_value("qwen2"),
        "tokenizer.ggml.tokens": _strings(tokens),
        "tokenizer.ggml.token_type": struct.pack("<IIQ", _ARRAY, _INT32, len(kinds))
        + struct.pack(f"<{len(kinds)}i", *kinds),
        "tokenizer.ggml.merges": _strings(["Ġ t", "h e"]),
        "tokenizer.ggml.eos_token_id": number_value(end),
        "tokenizer.ggml.padding_token_id": number_value(end),
        "tokenizer.ggml.add_bos_token": struct.pack("<I?", _BOOL, False),
    }


def _tensors(shape: TinyShape, seed: int) -> list[tuple[str, tuple[int, ...], bytes]]:
    rng = random.Random(seed)
    block = array("f", (rng.gauss(0.0, 0.08) for _ in range(65_521))).tobytes()
    ones = array("f", [1.0]) * shape.width

    def noise(rows: int, columns: int) -> bytes:
        size = rows * columns * 4
        start = rng.randrange(65_521) * 4
        return (block * (size // len(block) + 2))[start : start + size]

    vocabulary = 258 + len(shape.control)
    width, wide = shape.width, shape.feed_forward
    quiet = bytes(len(shape.control) * width * 4)
    tensors: list[tuple[str, tuple[int, ...], bytes]] = [
        ("token_embd.weight", (width, vocabulary), noise(vocabulary, width)),
        ("output_norm.weight", (width,), ones.tobytes()),
        ("output.weight", (width, vocabulary), noise(258, width) + quiet),
    ]
    for layer in range(shape.layers):
        at = f"blk.{layer}."
        tensors += [
            (at + "attn_norm.weight", (width,), ones.tobytes()),
            (at + "attn_q.weight", (width, width), noise(width, width)),
            (at + "attn_k.weight", (width, width), noise(width, width)),
            (at + "attn_v.weight", (width, width), noise(width, width)),
            (at + "attn_output.weight", (width, width), noise(width, width)),
            (at + "ffn_norm.weight", (width,), ones.tobytes()),
            (at + "ffn_gate.weight", (width, wide), noise(wide, width)),
            (at + "ffn_up.weight", (width, wide), noise(wide, width)),
            (at + "ffn_down.weight", (wide, width), noise(width, wide)),
        ]
    return tensors
