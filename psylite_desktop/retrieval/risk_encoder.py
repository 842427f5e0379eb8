"""Reads the risk encoder: an int8 ONNX transformer that scores stretches of a text for risk.

It reads what the floor's own network reads (`safety/reader.py`): words, in Chinese characters, each
with its narrow and its wide class. Made by `psylite forge risk`; runs in onnxruntime, which
fastembed brings. A folder holds `encoder.onnx`, `vocabulary.json`, the look-alikes and
`encoder.json` (names of the outputs, weights and thresholds, figures, and a hash over the others).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psylite_desktop.domain.errors import EngineError

NETWORK = "encoder.onnx"
VOCABULARY = "vocabulary.json"
HEADER = "encoder.json"
SEALED = (NETWORK, VOCABULARY, "look_alikes.bin", "look_alikes.json")
INPUTS = ("words", "narrow", "wide")
UNKNOWN = 1
"""The number of every word that has none of its own; zero stands for no word."""
TOKENS_AT_ONCE = 2048
"""Padded tokens of one run: memory stays small whatever the length of a text."""
THREADS = 2

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Token = tuple[str, str, str]
"""A word, its narrow class and its wide one, as in `safety/reader.py`."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The numbers of words and classes; a class that is not known has number zero, as none has."""

    words: Mapping[str, int]
    classes: Mapping[str, int]

    @classmethod
    def of(cls, words: Iterable[str], classes: Iterable[str]) -> Vocabulary:
        """Number words from the first that is known, and classes from one."""
        return cls(
            {word: place for place, word in enumerate(words, start=UNKNOWN + 1)},
            {name: place for place, name in enumerate(classes, start=1)},
        )

    @classmethod
    def read(cls, body: bytes) -> Vocabulary:
        """Read `vocabulary.json`. Raises KeyError, TypeError and ValueError."""
        said = json.loads(body)
        return cls.of(map(str, said["words"]), map(str, said["classes"]))

    def written(self) -> bytes:
        """What `read` reads."""
        said = {"words": list(self.words), "classes": list(self.classes)}
        return (json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n").encode()

    def __call__(self, tokens: Sequence[Token]) -> Numbers:
        """The numbers of words, narrow and wide classes [3, words]; of nothing, one unknown."""
        held = tokens or [("", "", "")]
        return np.array(
            [
                [self.words.get(word, UNKNOWN) for word, _, _ in held],
                [self.classes.get(narrow, 0) for _, narrow, _ in held],
                [self.classes.get(wide, 0) for _, _, wide in held],
            ],
            dtype=np.int64,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """Scores of one text by output name, as logits, and its unit vector."""

    scores: dict[str, float]
    vector: Floats


class RiskEncoder:
    """The network with its vocabulary. One thread at a time."""

    def __init__(self, session: Any, vocabulary: Vocabulary, header: dict[str, Any]) -> None:
        """`session` is an onnxruntime InferenceSession; `header` is `encoder.json`."""
        self._session = session
        self._vocabulary = vocabulary
        self._context = int(header["recipe"]["context"])
        self.outputs = tuple(str(name) for name in header["outputs"])
        self.header = header
        self.digest = str(header["digest"])

    @classmethod
    def load(cls, folder: Path) -> RiskEncoder:
        """Read a folder. Raises EngineError("listen_failed") if it cannot be used."""
        try:
            import onnxruntime

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
            return cls(session, Vocabulary.read(words), header)
        # onnxruntime raises errors of many kinds for a damaged file.
        except Exception as error:
            raise EngineError("listen_failed", part="encoder") from error

    def read(self, texts: Sequence[Sequence[Token]]) -> list[Reading]:
        """Score texts, each as its words; stores nothing of them.

        One that is longer than the network reads at once says what its gravest part says.
        """
        scores, vectors = self.scores(texts)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
        return [
            Reading(dict(zip(self.outputs, map(float, said), strict=True)), vector)
            for said, vector in zip(scores, vectors, strict=True)
        ]

    def scores(self, texts: Sequence[Sequence[Token]]) -> tuple[Floats, Floats]:
        """Logits [texts, outputs] and vectors [texts, width] of texts, each as its words."""
        rows: list[Numbers] = []
        of: list[int] = []
        for place, text in enumerate(texts):
            parts = cut(self._vocabulary(text), self._context)
            rows += parts
            of += [place] * len(parts)
        said, vectors = self._run_all(rows)
        scores = np.full((len(texts), len(self.outputs)), -np.inf, dtype=np.float32)
        held = np.zeros((len(texts), vectors.shape[1] if len(rows) else 0), dtype=np.float32)
        for place, one, vector in zip(of, said, vectors, strict=True):
            if one[0] > scores[place, 0]:
                held[place] = vector
            scores[place] = np.maximum(scores[place], one)
        return scores, held

    def _run_all(self, rows: Sequence[Numbers]) -> tuple[Sequence[Floats], Any]:
        """Rows of about one length together, so that little is padded."""
        order = sorted(range(len(rows)), key=lambda row: rows[row].shape[1])
        groups: list[list[int]] = []
        for row in order:
            long = rows[row].shape[1]
            if not groups or long * (len(groups[-1]) + 1) > TOKENS_AT_ONCE:
                groups.append([])
            groups[-1].append(row)
        scores: dict[int, Floats] = {}
        vectors: dict[int, Floats] = {}
        for group in groups:
            longest = max(rows[row].shape[1] for row in group)
            padded = np.zeros((len(INPUTS), len(group), longest), dtype=np.int64)
            for place, row in enumerate(group):
                padded[:, place, : rows[row].shape[1]] = rows[row]
            fed = dict(zip(INPUTS, padded, strict=True))
            said, found = self._session.run(["scores", "vector"], fed)
            scores.update(zip(group, said, strict=True))
            vectors.update(zip(group, found, strict=True))
        numbers = range(len(rows))
        return [scores[row] for row in numbers], np.array([vectors[row] for row in numbers])


def cut(row: Numbers, context: int) -> list[Numbers]:
    """The parts of a row that are read at once; each lies half over the next one."""
    starts = range(0, max(1, row.shape[1] - context // 2), context // 2)
    return [row[:, start : start + context] for start in starts]


def _read_sealed(folder: Path) -> tuple[dict[str, Any], bytes, bytes]:
    """Header, network and vocabulary. Raises OSError, and ValueError for a mix of two trainings."""
    header: dict[str, Any] = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    bodies = [(folder / name).read_bytes() for name in SEALED]
    if hashlib.sha256(b"".join(bodies)).hexdigest() != header["digest"]:
        raise ValueError("the files do not belong together")
    return header, bodies[0], bodies[1]
