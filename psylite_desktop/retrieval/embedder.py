"""Sentence vectors from a folder in model2vec's layout: the mean of static token vectors.

`StaticEmbedder` needs NumPy and tokenizers only, so that it runs on CPUs without AVX2.
`FastembedEmbedder` reads the same folder through fastembed; both give the same vectors.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from psylite_desktop.domain.errors import EngineError

MODEL_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
CHARACTER_LIMIT = 4000
"""Longer texts are cut here: the mean of more words says less, and tokenising stays fast."""
TOKEN_LIMIT = 512
"""fastembed's limit for static models, kept here for equal vectors."""
_TYPES = {"F32": "<f4", "F16": "<f2", "I8": "i1"}

Floats = NDArray[np.float32]


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def digest(self) -> str:
        """Hash of the model's files: an index built with another one is stale."""
        ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), dimensions): unit length, or zero if no token is known."""
        ...


class StaticEmbedder:
    """Looks up token vectors and takes their mean; no network is run."""

    def __init__(self, vectors: NDArray[Any], tokenizer: Any, *, unknown: int, digest: str) -> None:
        """`vectors` (tokens, dimensions); `unknown` is the id of the token without meaning."""
        self._vectors = vectors
        self._tokenizer = tokenizer
        self._unknown = unknown
        self.digest = digest

    @classmethod
    def load(cls, model_dir: Path) -> StaticEmbedder:
        """Read a model folder. Raises EngineError("retrieval_failed") if it cannot be used."""
        from tokenizers import Tokenizer

        try:
            body = (model_dir / MODEL_FILE).read_bytes()
            text = (model_dir / TOKENIZER_FILE).read_text(encoding="utf-8")
            vectors = read_safetensors(body)
            tokenizer = Tokenizer.from_str(text)
            unknown = int(json.loads(text)["model"]["unk_id"])
        # tokenizers raises bare Exception for a malformed file.
        except Exception as error:
            raise EngineError("retrieval_failed", part="embedder") from error
        tokenizer.enable_truncation(max_length=TOKEN_LIMIT)
        tokenizer.no_padding()
        return cls(vectors, tokenizer, unknown=unknown, digest=model_digest(model_dir))

    def embed(self, texts: Sequence[str]) -> Floats:
        """See `Embedder.embed`. Stores nothing of the texts."""
        result = np.zeros((len(texts), self._vectors.shape[1]), dtype=np.float32)
        cut = [clean(text) for text in texts]
        for row, encoding in enumerate(
            self._tokenizer.encode_batch_fast(cut, add_special_tokens=False)
        ):
            ids = np.asarray(encoding.ids, dtype=np.int64)
            ids = ids[ids != self._unknown]
            if ids.size:
                result[row] = self._vectors[ids].sum(axis=0, dtype=np.float32)
        norms = np.linalg.norm(result, axis=1, keepdims=True)
        unit: Floats = result / np.maximum(norms, 1e-12)
        return unit


class FastembedEmbedder:
    """The same folder read by fastembed's own model2vec support, offline."""

    def __init__(self, model: Any, digest: str) -> None:
        """`model` is a loaded fastembed TextEmbedding."""
        self._model = model
        self.digest = digest

    @classmethod
    def load(cls, model_dir: Path) -> FastembedEmbedder:
        """Read a model folder. Raises EngineError("retrieval_failed") if it cannot be used."""
        try:
            from fastembed.text.static_embedding import StaticTextEmbedding

            # The name only selects the layout: with a local path nothing is looked up or loaded.
            model = StaticTextEmbedding(
                "minishlab/potion-base-8M",
                cache_dir=str(model_dir),
                specific_model_path=str(model_dir),
                local_files_only=True,
            )
            return cls(model, model_digest(model_dir))
        except Exception as error:
            raise EngineError("retrieval_failed", part="fastembed") from error

    def embed(self, texts: Sequence[str]) -> Floats:
        """See `Embedder.embed`."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        vectors = list(self._model.embed([clean(text) for text in texts]))
        return np.asarray(vectors, dtype=np.float32)


def clean(text: str) -> str:
    """Cut to the limit and drop lone surrogates, which tokenizers refuses."""
    return text[:CHARACTER_LIMIT].encode("utf-8", "ignore").decode("utf-8")


def model_digest(model_dir: Path) -> str:
    """SHA-256 over the two files that decide the vectors. Raises OSError."""
    digest = hashlib.sha256()
    for name in (MODEL_FILE, TOKENIZER_FILE):
        digest.update((model_dir / name).read_bytes())
    return digest.hexdigest()


def read_safetensors(body: bytes) -> NDArray[Any]:
    """The tensor `embeddings` of a safetensors file (huggingface/safetensors, format section).

    Layout: 8 bytes little-endian header size, JSON header, then the data. Raises ValueError or
    KeyError if the file is not of that form.
    """
    if len(body) < 8:
        raise ValueError("too short")
    (size,) = struct.unpack("<Q", body[:8])
    if size > len(body) - 8:
        raise ValueError("header beyond the end")
    entry = json.loads(body[8 : 8 + size])["embeddings"]
    start, end = entry["data_offsets"]
    data = body[8 + size + start : 8 + size + end]
    rows, columns = entry["shape"]
    return np.frombuffer(data, dtype=_TYPES[entry["dtype"]]).reshape(rows, columns)
