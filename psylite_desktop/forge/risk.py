"""Trains the linear risk model that `safety/classifier.py` reads; needs scikit-learn.

Run: `python -m psylite_desktop.forge.risk --data DIR --texts DIR --assets DIR --out DIR`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.forge.risk_figures import calibrated, f1, joined, level_of, measured
from psylite_desktop.forge.risk_fit import BITS, kind_heads, level_heads, piece_scores
from psylite_desktop.forge.risk_texts import Example, read_examples
from psylite_desktop.safety.classifier import (
    FORMAT,
    HEADER,
    HEADS,
    LANGS,
    MAGIC,
    WEIGHTS,
    pieces,
)

FOLDS = 5


@dataclass(frozen=True, slots=True)
class RiskResult:
    """Where the model lies and what was measured; the figures also stand in its header."""

    folder: Path
    figures: dict[str, Any]


def run_risk(
    data_dir: Path,
    texts_dir: Path,
    assets_dir: Path,
    out_dir: Path,
    *,
    seed: int,
    progress: Callable[[str], None] = print,
) -> RiskResult:
    """Train, measure on held-out authors, and write `risk.json` and `weights.bin`.

    Raises OSError for unreadable data and ValueError where a language has no risk texts.
    """
    examples = read_examples(data_dir, texts_dir, assets_dir, seed=seed)
    progress(f"read: {dict(Counter(f'{one.source} {one.lang}' for one in examples))}")
    by_lang = [[one for one in examples if one.lang == lang] for lang in LANGS]
    with ProcessPoolExecutor(len(LANGS)) as pool:
        made = dict(zip(LANGS, pool.map(_make_language, by_lang, [seed] * 2), strict=True))
    figures = {lang: one["figures"] for lang, one in made.items()}
    for lang, said in figures.items():
        progress(f"{lang}: {json.dumps(said)}")
    write_model(out_dir, made, {"seed": seed, "figures": figures})
    return RiskResult(out_dir, figures)


def write_model(
    folder: Path, made: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any], bits: int = BITS
) -> None:
    """Quantise the heads to signed bytes and write both files; raises OSError."""
    languages: dict[str, Any] = {}
    planes = [MAGIC]
    for lang in LANGS:
        heads = {}
        for name in HEADS:
            head = made[lang]["heads"][name]
            plane, scale = quantised(head.weights)
            planes.append(plane)
            heads[name] = [scale, head.bias]
        languages[lang] = {"heads": heads, "thresholds": made[lang]["thresholds"]}
    weights = b"".join(planes)
    header = {"format": FORMAT, "bits": bits, "crc32": crc32(weights), **about}
    header["languages"] = languages
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(weights)
    (folder / HEADER).write_text(json.dumps(header, indent=1) + "\n", "utf-8")


def quantised(weights: Any) -> tuple[bytes, float]:
    """Signed bytes and the scale that turns them back; the few largest weights are clipped."""
    import numpy as np

    top = float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) if np.any(weights) else 1.0
    scale = top / 127
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8).tobytes(), scale


def _make_language(examples: list[Example], seed: int) -> dict[str, Any]:
    """Everything of one language: measured by folds, then trained on all of it."""
    if not any(one.level and one.trained for one in examples):
        raise ValueError("a language has no texts with risk")
    cut = [[(piece.buckets) for piece in pieces(one.plain, BITS)] for one in examples]
    folds = [_fold(one, seed) for one in examples]
    scores = _held_out(examples, cut, folds, seed)
    kept = [place for place, one in enumerate(examples) if one.trained]
    thresholds = calibrated([examples[place] for place in kept], [scores[p] for p in kept])
    levels = [0] * len(examples)
    for fold in range(FOLDS):
        others = [place for place in kept if folds[place] != fold]
        asked = calibrated([examples[p] for p in others], [scores[p] for p in others])
        for place, own in enumerate(folds):
            if own == fold:
                levels[place] = level_of(scores[place], asked)
    figures: dict[str, Any] = measured(examples, levels)
    figures |= _without_psysuicide(examples, cut, thresholds, seed)
    heads = level_heads(examples, cut, kept, seed) | kind_heads(examples, cut, seed)
    figures["thresholds_from"] = "held-out folds"
    return {"heads": heads, "thresholds": thresholds, "figures": figures}


def _fold(one: Example, seed: int) -> int:
    return crc32(f"{seed}/{one.group}".encode()) % FOLDS


def _held_out(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Collection[int]]],
    folds: Sequence[int],
    seed: int,
) -> list[list[tuple[float, ...]]]:
    """For every text the scores of its pieces by a model that saw nothing of its author."""
    scores: list[list[tuple[float, ...]]] = [[] for _ in examples]
    for fold in range(FOLDS):
        learnt = [p for p, one in enumerate(examples) if one.trained and folds[p] != fold]
        heads = level_heads(examples, cut, learnt, seed)
        for place, own in enumerate(folds):
            if own == fold:
                scores[place] = piece_scores(cut[place], heads)
    return scores


def _without_psysuicide(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Collection[int]]],
    thresholds: Mapping[str, float],
    seed: int,
) -> dict[str, Any]:
    """F1 of any risk against none on PsySUICIDE, by a model that saw nothing of it."""
    judged = [place for place, one in enumerate(examples) if one.source == "psysuicide"]
    if len(judged) < 100:
        return {}
    learnt = [p for p, one in enumerate(examples) if one.trained and one.source != "psysuicide"]
    heads = level_heads(examples, cut, learnt, seed)
    truth = [examples[place].level > 0 for place in judged]
    said = [level_of(piece_scores(cut[place], heads), thresholds) for place in judged]
    rules = [examples[place].rules > 0 for place in judged]
    both = [joined(examples[p], level) > 0 for p, level in zip(judged, said, strict=True)]
    return {
        "psysuicide F1, not trained on it": {
            "rules": f1(truth, rules),
            "model": f1(truth, [level > 0 for level in said]),
            "both": f1(truth, both),
        }
    }


def main(arguments: list[str] | None = None) -> int:
    """Train from the command line; returns the exit status."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(prog="python -m psylite_desktop.forge.risk")
    parser.add_argument("--data", type=Path, required=True, help="folder with the published data")
    parser.add_argument("--texts", type=Path, default=Path(__file__).parent / "texts" / "risk")
    parser.add_argument("--assets", type=Path, default=root / "assets")
    parser.add_argument("--out", type=Path, default=root / "model_store" / "risk")
    parser.add_argument("--seed", type=int, default=20261121)
    chosen = parser.parse_args(arguments)
    run_risk(
        chosen.data,
        chosen.texts,
        chosen.assets,
        chosen.out,
        seed=chosen.seed,
        progress=lambda line: print(line, flush=True),
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
