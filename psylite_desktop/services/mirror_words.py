"""What single words weigh for the Mirror's models, learnt through word vectors.

Words that stand in like places in two million sentences have like vectors, so a weight learnt
from one of them holds for the others, in entries that never had it. What is kept is the result: a
signed byte for every word and head. `forge/mirror.py` makes the two files; no library is needed.
"""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.safety.linear import LANGS, DamagedModelError

WORDS = "words.json"
TABLE = "words.bin"
LONGEST = 8
"""Characters of the longest Chinese word."""
_RUN = re.compile(r"[a-z]+(?:'[a-z]+)*|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of one language; `rows` holds a byte for each head, word after word."""

    number: Mapping[str, int]
    rows: array[int]
    scales: tuple[float, ...]

    def scores(self, text: str) -> list[float]:
        """What the words of a plain text add to each head; the length is taken out."""
        found = words_in(text, self.number)
        heads = len(self.scales)
        sums = [0] * heads
        for word in found:
            start = self.number[word] * heads
            for head in range(heads):
                sums[head] += self.rows[start + head]
        root = math.sqrt(len(found) or 1)
        return [scale * total / root for scale, total in zip(self.scales, sums, strict=True)]


def words_in(text: str, known: Collection[str]) -> list[str]:
    """The known words of a plain text: English ones whole, of Chinese the longest that fits."""
    found: list[str] = []
    for run in _RUN.findall(text.lower().replace("\u2019", "'")):
        if run[0] < "\u3400":
            found += [run] if run in known else []
            continue
        place = 0
        while place < len(run):
            for size in range(min(LONGEST, len(run) - place), 0, -1):
                if run[place : place + size] in known:
                    found.append(run[place : place + size])
                    break
            place += size
    return found


def is_word(token: str, lang: str) -> bool:
    """Whether a token of the embedder is one that `words_in` can find in that language."""
    match = _RUN.fullmatch(token)
    return match is not None and (token[0] >= "\u3400") == (lang == "zh")


def load_words(folder: Path, heads: Sequence[str]) -> dict[str, WordTable]:
    """Read both files. Raises OSError and DamagedModelError."""
    said = (folder / WORDS).read_bytes()
    body = (folder / TABLE).read_bytes()
    try:
        header: Any = json.loads(said)
        if header["crc32"] != crc32(body) or header["heads"] != list(heads):
            raise DamagedModelError(f"{TABLE} does not belong to {WORDS}")
        tables: dict[str, WordTable] = {}
        place = 0
        for lang in LANGS:
            words = [str(word) for word in header["languages"][lang]["words"]]
            scales = tuple(float(scale) for scale in header["languages"][lang]["scales"])
            size = len(words) * len(heads)
            rows = array("b", body[place : place + size])
            number = {word: row for row, word in enumerate(words)}
            finite = all(map(math.isfinite, scales))
            if len(number) != len(words) or len(rows) != size or not finite:
                raise DamagedModelError(f"{WORDS} is damaged")
            if len(scales) != len(heads):
                raise DamagedModelError(f"{WORDS} is damaged")
            tables[lang] = WordTable(number, rows, scales)
            place += size
        if place != len(body):
            raise DamagedModelError(f"{TABLE} has the wrong length")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, DamagedModelError):
            raise
        raise DamagedModelError(f"{WORDS} is damaged") from error
    return tables
