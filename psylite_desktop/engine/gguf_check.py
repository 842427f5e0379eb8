"""The check that a model file passes before anything native touches it.

Rules: only dense attention models with a shape this app renders prompts for; every number that
native code multiplies or indexes with lies in a sane range; the vocabulary's arrays agree.
The chat template inside the file is never read (CVE-2024-34359): the prompt shape is chosen from
the special tokens alone.
"""

from __future__ import annotations

import errno
from pathlib import Path

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.engine.gguf_header import (
    ArrayValue,
    Header,
    TensorShape,
    Value,
    read_header,
)
from psylite_desktop.engine.gguf_shapes import check_shapes

ARCHITECTURES = frozenset(
    {"llama", "qwen2", "qwen3", "internlm2", "minicpm", "gemma", "gemma2", "gemma3", "smollm3"}
)
"""Dense attention: their memory can be cut back to a prefix, which the prefix reuse rests on."""

MAX_CONTEXT = 1 << 24
MAX_WIDTH = 1 << 17
MAX_LAYERS = 512
MAX_HEADS = 4096
MAX_VOCABULARY = 1 << 20

_NOTE, _CHATML, _CHATML_END = b"<|note|>", b"<|im_start|>", b"<|im_end|>"
_LLAMA3 = b"<|start_header_id|>"
_THINK, _THINK_END = b"<think>", b"</think>"
_SPECIAL = frozenset({_NOTE, _CHATML, _CHATML_END, _LLAMA3, _THINK, _THINK_END})


def byte_letters() -> frozenset[bytes]:
    """How byte-level BPE spells the bytes that UTF-8 text can have (GPT-2's encoder.py)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    letters = {byte: chr(byte) for byte in plain}
    letters.update({byte: chr(256 + index) for index, byte in enumerate(others)})
    never = {0xC0, 0xC1, *range(0xF5, 0x100)}
    return frozenset(letter.encode() for byte, letter in letters.items() if byte not in never)


_BYTE_LETTERS = byte_letters()
_SOUGHT = _SPECIAL | _BYTE_LETTERS

_FILE_TYPES = {
    0: "f32",
    1: "f16",
    2: "q4_0",
    3: "q4_1",
    7: "q8_0",
    8: "q5_0",
    9: "q5_1",
    10: "q2_k",
    11: "q3_k_s",
    12: "q3_k_m",
    13: "q3_k_l",
    14: "q4_k_s",
    15: "q4_k_m",
    16: "q5_k_s",
    17: "q5_k_m",
    18: "q6_k",
    19: "iq2_xxs",
    20: "iq2_xs",
    21: "q2_k_s",
    22: "iq3_xs",
    23: "iq3_xxs",
    24: "iq1_s",
    25: "iq4_nl",
    26: "iq3_s",
    27: "iq3_m",
    28: "iq2_s",
    29: "iq2_m",
    30: "iq4_xs",
    31: "iq1_m",
    32: "bf16",
}
"""`general.file_type` as named by llama.cpp (enum llama_ftype)."""


def check_gguf(path: Path) -> GgufFacts:
    """Read a model file's header and say what it is.

    Raises ModelFileError: model_missing, model_path_too_long, model_empty, model_not_gguf,
    model_truncated (facts `size`, `needed` where it is known), model_version, model_malformed
    (fact `reason`), model_unsupported (fact `reason`; `name` of an unknown architecture).
    """
    try:
        if not path.is_file():
            raise ModelFileError("model_missing")
        size = path.stat().st_size
        with path.open("rb") as file:
            header = read_header(file, size, sought=_SOUGHT)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        too_long = isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG
        code = "model_path_too_long" if too_long else "model_missing"
        raise ModelFileError(code, file=path.name) from None
    facts = _facts(path, header)
    check_shapes(header, facts)
    return facts


def _facts(path: Path, header: Header) -> GgufFacts:
    values = header.values
    architecture = _text(values, "general.architecture")
    kind = values.get("general.type", "model")
    if architecture not in ARCHITECTURES:
        name = _said(values, "general.architecture")[:40]
        raise ModelFileError("model_unsupported", reason="architecture", name=name)
    if kind != "model" or values.get("split.count", 0) not in (0, 1):
        raise ModelFileError("model_unsupported", reason="not_one_whole_model")
    if _optional(values, f"{architecture}.expert_count", 0, 0, 1 << 16):
        raise ModelFileError("model_unsupported", reason="architecture")
    if not header.tensors:
        raise ModelFileError("model_malformed", reason="no_tensors")
    tokens = _tokens(values)
    width = _number(values, f"{architecture}.embedding_length", MAX_WIDTH)
    heads = _number(values, f"{architecture}.attention.head_count", MAX_HEADS)
    kv_heads = _optional(
        values, f"{architecture}.attention.head_count_kv", heads, 1, high=MAX_HEADS
    )
    head_size = _optional(
        values, f"{architecture}.attention.key_length", max(width // heads, 1), 1, high=MAX_WIDTH
    )
    file_type = values.get("general.file_type", -1)
    return GgufFacts(
        path=path,
        size=header.file_size,
        architecture=architecture,
        name=_name(values, path),
        parameters=sum(tensor.elements for tensor in header.tensors),
        context_length=_number(values, f"{architecture}.context_length", MAX_CONTEXT),
        embedding_length=width,
        layers=_number(values, f"{architecture}.block_count", MAX_LAYERS),
        heads=heads,
        kv_heads=kv_heads,
        head_size=head_size,
        vocabulary=tokens.count,
        file_type=_FILE_TYPES.get(file_type, "") if isinstance(file_type, int) else "",
        chat_format=chat_format_of(tokens.marked),
        feed_forward=_optional(
            values, f"{architecture}.feed_forward_length", 4 * width, 1, high=MAX_WIDTH * 8
        ),
        merges=_count(values, "tokenizer.ggml.merges"),
        weights=sum(tensor.size for tensor in header.tensors),
        repackable=sum(tensor.size for tensor in header.tensors if _repackable(tensor)),
        licence=_said(values, "general.license"),
        has_template=isinstance(values.get("tokenizer.chat_template"), str),
        can_think={_THINK, _THINK_END} <= tokens.marked,
    )


_REPACKED = frozenset({"Q4_0", "Q4_K", "IQ4_NL", "MXFP4"})
"""What ggml-cpu/repack.cpp has faster layouts for on processors with AVX2."""


def _repackable(tensor: TensorShape) -> bool:
    # Rows of the embeddings are looked up, not multiplied: they stay as they are.
    return tensor.type_name in _REPACKED and not tensor.name.startswith("token_embd")


def _count(values: dict[str, Value], key: str) -> int:
    value = values.get(key)
    return value.count if isinstance(value, ArrayValue) else 0


def chat_format_of(special: frozenset[bytes]) -> str:
    """Choose the prompt shape (nano, chatml, llama3, plain) by the special tokens present."""
    if {_CHATML, _CHATML_END} <= special:
        return "nano" if _NOTE in special else "chatml"
    return "llama3" if _LLAMA3 in special else "plain"


def _tokens(values: dict[str, Value]) -> ArrayValue:
    """Check that the arrays of the vocabulary agree; return the array of tokens."""
    tokens = values.get("tokenizer.ggml.tokens")
    if not isinstance(tokens, ArrayValue) or tokens.kind != 8:
        raise ModelFileError("model_malformed", reason="vocabulary")
    if not 1 <= tokens.count <= MAX_VOCABULARY:
        raise ModelFileError("model_malformed", reason="vocabulary")
    # llama.cpp ends the process when it meets a byte that such a vocabulary cannot spell.
    if values.get("tokenizer.ggml.model") == "gpt2" and not tokens.marked >= _BYTE_LETTERS:
        raise ModelFileError("model_malformed", reason="vocabulary")
    for key, kind in (("tokenizer.ggml.scores", 6), ("tokenizer.ggml.token_type", 5)):
        other = values.get(key)
        if other is None:
            continue
        if not isinstance(other, ArrayValue) or other.kind != kind or other.count != tokens.count:
            raise ModelFileError("model_malformed", reason="vocabulary")
    for key in ("bos", "eos", "eot", "unknown", "padding", "separator"):
        _optional(values, f"tokenizer.ggml.{key}_token_id", 0, 0, high=0xFFFFFFFF)
    return tokens


def _text(values: dict[str, Value], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not value:
        raise ModelFileError("model_malformed", reason="key_missing")
    return value


def _number(values: dict[str, Value], key: str, high: int) -> int:
    if key not in values:
        raise ModelFileError("model_malformed", reason="key_missing")
    return _optional(values, key, 0, 1, high=high)


def _optional(values: dict[str, Value], key: str, default: int, low: int, high: int) -> int:
    value = values.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ModelFileError("model_malformed", reason="number")
    return value


def _name(values: dict[str, Value], path: Path) -> str:
    """The model's name for a list: what the file says, else its own name."""
    return _said(values, "general.name") or path.stem


def _said(values: dict[str, Value], key: str) -> str:
    """A short text of the header: at most 80 printable characters."""
    value = values.get(key)
    text = value if isinstance(value, str) else ""
    return "".join(char for char in text if char.isprintable()).strip()[:80]
