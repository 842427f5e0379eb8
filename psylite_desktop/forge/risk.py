"""Trains the linear risk model that `safety/classifier.py` reads; needs scikit-learn.

Run: `psylite forge risk --data DIR --out DIR [--encoder DIR]`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.forge.linear_fit import Linear, write_linear
from psylite_desktop.forge.risk_figures import (
    calibrated,
    doubted,
    f1,
    joined,
    level_of,
    measured,
    request_threshold,
)
from psylite_desktop.forge.risk_fit import (
    RISK_BITS,
    kind_heads,
    level_heads,
    request_heads,
    scores_of,
)
from psylite_desktop.forge.risk_texts import (
    FOLDS,
    FOOLING_SOURCE,
    UNSEEN_FOLD,
    Example,
    read_examples,
)
from psylite_desktop.safety.classifier import CLASSES, LAYOUT, REQUESTS, Piece, pieces
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.word_classes import WORD_CLASSES, WordClasses

TEXTS = Path(__file__).parent / "texts" / "risk"


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
    pretrained: Path | None = None,
    progress: Callable[[str], None] = print,
) -> RiskResult:
    """Train, measure on held-out authors, and write `risk.json`, `weights.bin` and the classes.

    With `pretrained` (a folder of `psylite forge encoder`) also the encoder beside it.

    Raises OSError for unreadable data and ValueError where a language has no risk texts.
    """
    examples = read_examples(data_dir, texts_dir, assets_dir, seed=seed)
    classes = texts_dir / WORD_CLASSES
    features = RiskFeatures(RISK_BITS, WordClasses.load(classes))
    progress(f"read: {dict(Counter(f'{one.source} {one.lang}' for one in examples))}")
    by_lang = [[one for one in examples if one.lang == lang] for lang in LANGS]
    with ProcessPoolExecutor(len(LANGS)) as pool:
        found = pool.map(_make_language, by_lang, [features] * 2, [seed] * 2)
        made = dict(zip(LANGS, found, strict=True))
    figures = {lang: one["figures"] for lang, one in made.items()}
    for lang, said in figures.items():
        progress(f"{lang}: {json.dumps(said)}")
    write_model(out_dir, made, classes, {"seed": seed, "figures": figures})
    if pretrained is not None:
        from psylite_desktop.forge.risk_blend import run_blend
        from psylite_desktop.forge.risk_encoder import HeadRecipe

        figures["encoder"] = run_blend(
            [one for lang in made.values() for one in lang["examples"]],
            {lang: one["trial"] for lang, one in made.items()},
            pretrained,
            out_dir.parent / "encoder",
            features=features,
            recipe=HeadRecipe(seed=seed),
            log=progress,
        )
    return RiskResult(out_dir, figures)


def write_model(
    folder: Path,
    made: Mapping[str, Mapping[str, Any]],
    classes: Path,
    about: Mapping[str, Any],
    bits: int = RISK_BITS,
) -> None:
    """Quantise the heads to signed bytes, write them beside the classes; raises OSError."""
    known = classes.read_bytes()
    write_linear(folder, LAYOUT, made, {**about, CLASSES: crc32(known)}, bits)
    (folder / WORD_CLASSES).write_bytes(known)


def _make_language(examples: list[Example], features: RiskFeatures, seed: int) -> dict[str, Any]:
    """Everything of one language: measured on unseen authors, then trained on all of it."""
    if not any(one.level and one.trained for one in examples):
        raise ValueError("a language has no texts with risk")
    cut = [list(pieces(one.plain, features)) for one in examples]
    # PsySUICIDE only judges: then its figure needs no model of its own.
    kept = [p for p, one in enumerate(examples) if one.trained and one.source != "psysuicide"]
    learnt = [place for place in kept if examples[place].fold != UNSEEN_FOLD]
    unseen = [place for place in kept if examples[place].fold == UNSEEN_FOLD]
    trial = level_heads(examples, cut, learnt, seed)
    judged = [examples[place] for place in unseen]
    scores = [_scores(examples[place], cut[place], trial) for place in unseen]
    thresholds = calibrated(judged, scores)
    learning = frozenset(learnt)
    # What learns is left as it is: only what judges is held against the trial model.
    heard = [
        one if place in learning else doubted(one, _scores(one, cut[place], trial), thresholds)
        for place, one in enumerate(examples)
    ]
    judged = [heard[place] for place in unseen]
    # What fooled a model about risk was labelled for risk: nobody judged what else it asks for.
    asking_for = [place for place in kept if examples[place].source != FOOLING_SOURCE]
    requesting = [examples[place] for place in asking_for]
    asking = _held_out_requests(examples, cut, asking_for, seed)
    asked: dict[str, Any] = {}
    for request in REQUESTS:
        said = [[one[0] for one in found] for found in asking[request.value]]
        thresholds[request.value] = request_threshold(requesting, said, request)
        asked[request.value] = _heard(requesting, said, request, thresholds[request.value])
    levels = [level_of(one, thresholds) for one in scores]
    figures: dict[str, Any] = {"on": "authors that neither rules nor model saw"}
    figures |= measured(judged, levels) | {"requests": asked}
    heads = level_heads(examples, cut, kept, seed) | kind_heads(examples, cut, seed)
    heads |= request_heads(examples, cut, asking_for, seed)
    figures |= _on_psysuicide(heard, cut, heads, thresholds)
    return {
        "heads": heads,
        "thresholds": thresholds,
        "figures": figures,
        "trial": trial,
        "examples": heard,
    }


def _scores(
    one: Example, parts: Sequence[Piece], heads: Mapping[str, Linear]
) -> list[tuple[float, ...]]:
    """As the app scores levels: by itself where a rule of risk found something."""
    return scores_of(parts, heads, alone=one.hinted)


def _held_out_requests(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], kept: Sequence[int], seed: int
) -> dict[str, list[list[tuple[float, ...]]]]:
    """For every text the scores of the request heads by a model without its author.

    The unseen authors alone ask for too little: here every fold is held out in turn.
    """
    found: dict[str, dict[int, list[tuple[float, ...]]]] = {one.value: {} for one in REQUESTS}
    for fold in range(FOLDS):
        learnt = [place for place in kept if examples[place].fold != fold]
        heads = request_heads(examples, cut, learnt, seed)
        for place in kept:
            if examples[place].fold == fold:
                for request in REQUESTS:
                    scores = scores_of(cut[place], heads, (request.value,))
                    found[request.value][place] = scores
    return {name: [scores[place] for place in kept] for name, scores in found.items()}


def _heard(
    examples: Sequence[Example],
    scores: Sequence[Sequence[float]],
    request: str,
    asked: float,
) -> dict[str, float]:
    """Recall of a request, by the model alone."""
    said = [
        max(found) >= asked
        for one, found in zip(examples, scores, strict=True)
        if one.request == request and found
    ]
    return {"texts": len(said), "recall": round(sum(said) / max(1, len(said)), 4)}


def _on_psysuicide(
    examples: Sequence[Example],
    cut: Sequence[Sequence[Piece]],
    heads: Mapping[str, Linear],
    thresholds: Mapping[str, float],
) -> dict[str, Any]:
    """F1 of any risk against none on PsySUICIDE, of which no level head has learnt anything."""
    judged = [place for place, one in enumerate(examples) if one.source == "psysuicide"]
    if len(judged) < 100:
        return {}
    truth = [examples[place].level > 0 for place in judged]
    said = [level_of(_scores(examples[place], cut[place], heads), thresholds) for place in judged]
    rules = [examples[place].rules > 0 for place in judged]
    both = [joined(examples[p], level) > 0 for p, level in zip(judged, said, strict=True)]
    return {
        "psysuicide F1, not trained on it": {
            "rules": f1(truth, rules),
            "model": f1(truth, [level > 0 for level in said]),
            "both": f1(truth, both),
        }
    }
