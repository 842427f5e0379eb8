"""Reads the risk encoder: an int8 ONNX network that scores short texts for risk.

Made by `psylite forge risk`; runs in onnxruntime, which fastembed brings. A folder holds
`encoder.onnx`, `tokenizer.json`, the look-alikes and `encoder.json` (names of the outputs, weights
and thresholds, figures, and a hash over the others).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psylite_desktop.domain.errors import EngineError

NETWORK = "encoder.onnx"
TOKENIZER = "tokenizer.json"
HEADER = "encoder.json"
SEALED = (NETWORK, TOKENIZER, "look_alikes.bin", "look_alikes.json")
START = "[CLS]"
TOKENS_AT_ONCE = 2048
"""Padded tokens of one run: memory stays small whatever the length of a text."""
THREADS = 2

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """Scores of one text by output name, as logits, and its unit vector."""

    scores: dict[str, float]
    vector: Floats


class RiskEncoder:
    """The network with its tokenizer. One thread at a time."""

    def __init__(self, session: Any, tokenizer: Any, header: dict[str, Any]) -> None:
        """`session` is an onnxruntime InferenceSession; `header` is `encoder.json`."""
        self._session = session
        self._tokenizer = tokenizer
        self._outputs = tuple(str(name) for name in header["outputs"])
        self._start = tokenizer.token_to_id(START)
        self.header = header
        self.digest = str(header["digest"])

    @classmethod
    def load(cls, folder: Path) -> RiskEncoder:
        """Read a folder. Raises EngineError("listen_failed") if it cannot be used."""
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            header, network, words = _read_sealed(folder)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = THREADS
            options.inter_op_num_threads = 1
            # An arena keeps the largest text it ever saw; buffers of the last one go back instead.
            options.enable_cpu_mem_arena = False
            options.enable_mem_pattern = False
            # Spinning threads would take the time of the language model in the same process.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            session = onnxruntime.InferenceSession(
                network, options, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_str(words.decode("utf-8"))
            tokenizer.enable_truncation(max_length=int(header["recipe"]["context"]) - 1)
            tokenizer.no_padding()
            return cls(session, tokenizer, header)
        # onnxruntime and tokenizers raise errors of many kinds for a damaged file.
        except Exception as error:
            raise EngineError("listen_failed", part="encoder") from error

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Score texts in plain form; stores nothing of them."""
        rows = [
            [self._start, *one.ids]
            for one in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        readings: list[Reading | None] = [None] * len(rows)
        group: list[int] = []
        for row in order:
            if group and len(rows[row]) * (len(group) + 1) > TOKENS_AT_ONCE:
                self._run(rows, group, readings)
                group = []
            group.append(row)
        if group:
            self._run(rows, group, readings)
        return [reading for reading in readings if reading is not None]

    def _run(
        self, rows: Sequence[Sequence[int]], group: Sequence[int], readings: list[Reading | None]
    ) -> None:
        longest = max(len(rows[row]) for row in group)
        ids = np.zeros((len(group), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(group):
            ids[place, : len(rows[row])] = rows[row]
            mask[place, : len(rows[row])] = 1
        scores, vectors = self._session.run(["scores", "vector"], {"ids": ids, "mask": mask})
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
        for place, row in enumerate(group):
            named = dict(zip(self._outputs, map(float, scores[place]), strict=True))
            readings[row] = Reading(named, vectors[place])


def _read_sealed(folder: Path) -> tuple[dict[str, Any], bytes, bytes]:
    """Header, network and tokenizer. Raises OSError, and ValueError for a mix of two trainings."""
    header: dict[str, Any] = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    bodies = [(folder / name).read_bytes() for name in SEALED]
    if hashlib.sha256(b"".join(bodies)).hexdigest() != header["digest"]:
        raise ValueError("the files do not belong together")
    return header, bodies[0], bodies[1]
