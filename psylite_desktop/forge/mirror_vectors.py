"""Word vectors for the Mirror's models: taken from psylite-embed, left behind as a byte a head.

Needs NumPy. What is written, `services/mirror_words.py` reads without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.retrieval.embedder import MODEL_FILE, TOKENIZER_FILE, read_safetensors
from psylite_desktop.services.mirror_words import TABLE, WORDS, is_word, words_in


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The words of one language and their vectors [words, dimensions], about one long."""

    number: Mapping[str, int]
    vectors: Any

    @classmethod
    def load(cls, embedder_dir: Path, lang: str) -> WordVectors:
        """Read them out of an embedder's folder; raises OSError and ValueError."""
        import numpy as np

        pieces = json.loads((embedder_dir / TOKENIZER_FILE).read_text("utf-8"))["model"]["vocab"]
        table = read_safetensors((embedder_dir / MODEL_FILE).read_bytes()).astype(np.float32)
        table /= np.linalg.norm(table, axis=1).mean()
        places = [place for place, (piece, _) in enumerate(pieces) if is_word(piece, lang)]
        number = {str(pieces[place][0]): row for row, place in enumerate(places)}
        return cls(number, table[places])

    def of(self, text: str) -> Any:
        """The sum over the words of a plain text, over the root of their number."""
        import numpy as np

        rows = [self.number[word] for word in words_in(text, self.number)]
        if not rows:
            return np.zeros(self.vectors.shape[1], dtype=np.float32)
        return self.vectors[rows].sum(axis=0) / len(rows) ** 0.5


def write_words(
    folder: Path,
    heads: Sequence[str],
    vectors: Mapping[str, WordVectors],
    directions: Mapping[str, Sequence[Any]],
) -> None:
    """Write what every word adds to every head, along the heads' directions; raises OSError."""
    import numpy as np

    body = b""
    languages: dict[str, Any] = {}
    for lang, known in vectors.items():
        added = known.vectors @ np.stack(directions[lang]).T
        scales = np.maximum(np.abs(added).max(axis=0), 1e-9) / 127
        body += np.rint(added / scales).astype(np.int8).tobytes()
        languages[lang] = {
            "scales": [round(float(scale), 8) for scale in scales],
            "words": list(known.number),
        }
    header = {"crc32": crc32(body), "heads": list(heads), "languages": languages}
    (folder / TABLE).write_bytes(body)
    (folder / WORDS).write_text(json.dumps(header, ensure_ascii=False) + "\n", "utf-8")
