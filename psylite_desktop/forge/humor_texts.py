"""Talks for the model of lightness: labelled ones, and background that is never welcome."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.safety.linear import LANGS

SETS = ("first", "second", "third", "fourth", "fifth")
"""Judged once each before it was learnt from; each by another hand."""
OWN = ("own", "more")
"""Written for the model by one hand; never judged by it."""
ORDINARY = {
    "zh": {"smilechat.jsonl.xz": 750, "cpsycound.jsonl.gz": 750},
    "en": {"counselchat.jsonl.gz": 750},
}
"""Talks drawn from each file, out of its first `READ`."""
READ = 6000
GRAVE = 1500
"""Utterances with risk drawn from the texts of the risk model."""
BACKGROUND_WEIGHT = 0.02
LONGEST = 300
TURNS = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """The person's messages, and whether something light is welcome after the last one."""

    texts: tuple[str, ...]
    lang: str
    welcome: bool
    source: str
    weight: float = 1.0


def read_talks(data_dir: Path, texts_dir: Path, *, seed: int) -> list[Talk]:
    """Everything there is to learn from; raises OSError and ValueError."""
    talks = []
    for lang in LANGS:
        for source in (*SETS, *OWN):
            path = texts_dir / "humor" / f"{source}_{lang}.jsonl"
            talks += list(_labelled(path, lang, source))
        draw = random.Random(seed)
        talks += _grave(texts_dir / "risk", lang, draw)
        for name, count in ORDINARY[lang].items():
            talks += _ordinary(data_dir / name, lang, count, draw)
    return talks


def _labelled(path: Path, lang: str, source: str) -> Iterator[Talk]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        said = [one["content"] for one in row["messages"] if one["role"] == "user"]
        yield Talk(tuple(said), lang, bool(row["humor_ok"]), source)


def _grave(folder: Path, lang: str, draw: random.Random) -> Sequence[Talk]:
    rows = [
        json.loads(line)
        for path in sorted(folder.glob(f"{lang}_*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    said = [row["text"] for row in rows if row["level"] >= 1]
    drawn = draw.sample(said, min(GRAVE, len(said)))
    return [_background((text,), lang, "grave") for text in drawn]


def _ordinary(path: Path, lang: str, count: int, draw: random.Random) -> Sequence[Talk]:
    """One stretch of each dialogue, ending anywhere."""
    talks = []
    for raw in islice(read_raw(path), READ):
        said = [one["content"][:LONGEST] for one in raw["messages"] if one["role"] == "user"]
        if said:
            last = draw.randrange(len(said))
            texts = tuple(said[max(0, last + 1 - TURNS) : last + 1])
            talks.append(_background(texts, lang, "ordinary"))
    return draw.sample(talks, min(count, len(talks)))


def _background(texts: tuple[str, ...], lang: str, source: str) -> Talk:
    return Talk(texts, lang, welcome=False, source=source, weight=BACKGROUND_WEIGHT)
