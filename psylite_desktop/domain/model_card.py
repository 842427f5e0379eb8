"""What the app knows about a model file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """Read from a GGUF header without any native code.

    Sizes in bytes, lengths in tokens. `chat_format` is the prompt shape that `engine` renders
    (nano, chatml, llama3, plain), decided by the special tokens in the vocabulary. `weights` are
    the bytes of all tensors, `repackable` those that llama.cpp can hold in a second, faster form.
    """

    path: Path
    size: int
    architecture: str
    name: str
    parameters: int
    context_length: int
    embedding_length: int
    layers: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    file_type: str
    chat_format: str
    feed_forward: int = 0
    merges: int = 0
    weights: int = 0
    repackable: int = 0


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One `[[model]]` of model_store/catalogue.toml.

    `size` in bytes, computed rather than read from the file where `size_is_estimate`;
    `parameters` and `context` (tokens) as published.
    """

    id: str
    name: dict[str, str]
    file: str
    size: int
    parameters: int
    context: int
    chat_format: str
    licence: str
    languages: tuple[str, ...]
    min_ram_gb: float
    comfortable_ram_gb: float
    practice: bool = False
    sha256: str = ""
    size_is_estimate: bool = False
