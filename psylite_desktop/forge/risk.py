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
    request_thresholds,
    requests_heard,
)
from psylite_desktop.forge.risk_fit import (
    RISK_BITS,
    kind_heads,
    level_heads,
    request_heads,
    scores_of,
)
from psylite_desktop.forge.risk_texts import FOLDS, UNSEEN_FOLD, Example, read_examples
from psylite_desktop.forge.risk_trust import (
    Trial,
    judged_of,
    sentences_of,
    sparing_examples,
    trust_of,
)
from psylite_desktop.safety.classifier import (
    CLASSES,
    LAYOUT,
    REQUESTS,
    TRUST,
    UNWORDED,
    Piece,
    pieces,
)
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
    trust = {name: asked for one in made.values() for name, asked in one["trust"].items()}
    write_linear(folder, LAYOUT, made, {**about, TRUST: trust, CLASSES: crc32(known)}, bits)
    (folder / WORD_CLASSES).write_bytes(known)


def _make_language(examples: list[Example], features: RiskFeatures, seed: int) -> dict[str, Any]:
    """Everything of one language: measured on unseen authors, then trained on all of it."""
    if not any(one.level and one.trained for one in examples):
        raise ValueError("a language has no texts with risk")
    cut = [list(pieces(one.plain, features)) for one in examples]
    # PsySUICIDE only judges: then its figure needs no model of its own.
    kept = [p for p, one in enumerate(examples) if one.trained and one.source != "psysuicide"]
    trials, held_out = _held_out(examples, cut, kept, seed)
    own = [examples[place] for place in kept]
    thresholds = calibrated(own, held_out)
    seen = [(one, said) for one, said in zip(own, held_out, strict=True) if one.fold != UNSEEN_FOLD]
    trial = Trial(
        trials[UNSEEN_FOLD],
        thresholds,
        trust_of(judged_of(*map(list, zip(*seen, strict=True)))),
    )
    judged = [
        (doubted(one, said, thresholds, trial.trust), level_of(said, thresholds))
        for one, said in zip(own, held_out, strict=True)
        if one.fold == UNSEEN_FOLD
    ]
    asking = _held_out_requests(examples, cut, kept, seed)
    asked: dict[str, Any] = {}
    for request in REQUESTS:
        said = [[one[0] for one in found] for found in asking[request.value]]
        worded, unworded = request_thresholds(own, said, request)
        thresholds |= {request.value: worded, UNWORDED[request]: unworded}
        asked[request.value] = requests_heard(own, said, request, (worded, unworded))
    figures: dict[str, Any] = {"on": "authors that neither rules nor model saw"}
    figures |= measured(*map(list, zip(*judged, strict=True)))
    figures |= {"requests": asked}
    heads = level_heads(examples, cut, kept, seed) | kind_heads(examples, cut, seed)
    heads |= request_heads(examples, cut, kept, seed)
    # By single sentences: buried among others, an example must be believed as well.
    apart = [
        _scores(one, sentences_of(parts), heads) for one, parts in zip(examples, cut, strict=True)
    ]
    trust = sparing_examples(trust_of(judged_of(own, held_out)), examples, apart)
    told = [_scores(one, parts, heads) for one, parts in zip(examples, cut, strict=True)]
    figures |= _on_psysuicide(examples, told, thresholds, trust)
    return {
        "heads": heads,
        "thresholds": thresholds,
        "trust": trust,
        "figures": figures,
        "trial": trial,
        "examples": examples,
    }


def _held_out(
    examples: Sequence[Example], cut: Sequence[Sequence[Piece]], kept: Sequence[int], seed: int
) -> tuple[list[dict[str, Linear]], list[list[tuple[float, ...]]]]:
    """Level heads without each fold in turn, and the scores of all `kept` by those without it.

    One fold alone would set the thresholds by seven everyday messages that happen to be in it.
    """
    trials = []
    found: dict[int, list[tuple[float, ...]]] = {}
    for fold in range(FOLDS):
        heads = level_heads(examples, cut, [p for p in kept if examples[p].fold != fold], seed)
        trials.append(heads)
        for place in kept:
            if examples[place].fold == fold:
                found[place] = _scores(examples[place], cut[place], heads)
    return trials, [found[place] for place in kept]


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


def _on_psysuicide(
    examples: Sequence[Example],
    scores: Sequence[Sequence[tuple[float, ...]]],
    thresholds: Mapping[str, float],
    trust: Mapping[str, float],
) -> dict[str, Any]:
    """F1 of any risk against none on PsySUICIDE, of which no level head has learnt anything."""
    judged = [
        (one, doubted(one, said, thresholds, trust), level_of(said, thresholds))
        for one, said in zip(examples, scores, strict=True)
        if one.source == "psysuicide"
    ]
    if len(judged) < 100:
        return {}
    truth = [one.level > 0 for one, _, _ in judged]
    return {
        "psysuicide F1, not trained on it": {
            "rules": f1(truth, [one.rules > 0 for one, _, _ in judged]),
            "model": f1(truth, [level > 0 for _, _, level in judged]),
            "both": f1(truth, [joined(held, level) > 0 for _, held, level in judged]),
        }
    }
