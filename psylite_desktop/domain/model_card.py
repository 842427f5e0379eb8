"""What the app knows about a model file."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    licence: str = ""
    """As the file says, empty where it says nothing."""
    has_template: bool = False
    """Whether it brings a chat template; none is ever run."""
    can_think: bool = False
    """Whether its vocabulary has marks for thinking aloud."""


@dataclass(frozen=True, slots=True)
class MemoryView:
    """How a model fits this machine, in bytes, for showing.

    `verdict` is fits, tight or no. `weights` can be dropped and read from the file again, `own`
    cannot; `rest` is what the rest of the app needs beside it. `context` in tokens.
    """

    verdict: str
    weights: int
    own: int
    rest: int
    available: int
    total: int
    context: int

    @property
    def model(self) -> int:
        """Bytes of the model alone."""
        return self.weights + self.own

    @property
    def needed(self) -> int:
        """Bytes of the model with the rest of the app."""
        return self.model + self.rest


@dataclass(frozen=True, slots=True)
class ModelShape:
    """What decides a model's memory beside its weights; lengths in elements."""

    layers: int
    kv_heads: int
    head_size: int
    width: int
    feed_forward: int
    vocabulary: int
    merges: int = 0


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
    shape: ModelShape | None = None
    licence_note: dict[str, str] = field(default_factory=dict)
    """What a person should know of the licence, by language."""
