"""Trains the risk model that `safety/classifier.py` reads; needs scikit-learn and torch.

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

from psylite_desktop.domain.risk import Level
from psylite_desktop.forge.linear_fit import write_linear
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
from psylite_desktop.forge.risk_fit import RISK_BITS
from psylite_desktop.forge.risk_learn import Learnt, Texts, learn
from psylite_desktop.forge.risk_reader import write_reader
from psylite_desktop.forge.risk_stack import (
    fit_levels,
    fit_requests,
    logits_of,
    requests_of,
    written,
)
from psylite_desktop.forge.risk_texts import (
    FOLDS,
    PSYSUICIDE_SOURCE,
    RULE_SOURCE,
    UNSEEN_FOLD,
    Example,
    read_examples,
)
from psylite_desktop.forge.risk_trust import (
    Trial,
    sentences_of,
    sparing_examples,
    trusted,
)
from psylite_desktop.safety.classifier import (
    CLASSES,
    DOUBTED,
    LAYOUT,
    READER,
    REQUESTS,
    STACKS,
    TRUST,
    UNWORDED,
)
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.stacking import Scored, Stack, inputs_of, told_apart
from psylite_desktop.safety.weighing import Trust
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
    """Train, measure on held-out authors, and write all files that `RiskClassifier.load` reads.

    With `pretrained` (a folder of `psylite forge encoder`) also the encoder beside it.

    Raises OSError for unreadable data and ValueError where a language has no risk texts.
    """
    examples = read_examples(data_dir, texts_dir, assets_dir, seed=seed)
    path = texts_dir / WORD_CLASSES
    classes = WordClasses.load(path)
    progress(f"read: {dict(Counter(f'{one.source} {one.lang}' for one in examples))}")
    by_lang = [[one for one in examples if one.lang == lang] for lang in LANGS]
    with ProcessPoolExecutor(len(LANGS)) as pool:
        found = pool.map(_make_language, by_lang, [classes] * 2, [seed] * 2)
        made = dict(zip(LANGS, found, strict=True))
    figures = {lang: one["figures"] for lang, one in made.items()}
    for lang, said in figures.items():
        progress(f"{lang}: {json.dumps(said)}")
    write_model(out_dir, made, path, {"seed": seed, "figures": figures})
    if pretrained is not None:
        from psylite_desktop.forge.risk_blend import run_blend
        from psylite_desktop.forge.risk_encoder import HeadRecipe

        figures["encoder"] = run_blend(
            [one for lang in made.values() for one in lang["examples"]],
            {lang: one["trial"] for lang, one in made.items()},
            pretrained,
            out_dir.parent / "encoder",
            classes=classes,
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
    trust = {
        head: {name: asked for one in made.values() for name, asked in one["trust"][level].items()}
        for level, head in DOUBTED.items()
    }
    stacks = {
        lang: {name: written(stack) for name, stack in one["stacks"].items()}
        for lang, one in made.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    reader = write_reader(folder, {lang: one["reader"] for lang, one in made.items()})
    header = {**about, TRUST: trust, STACKS: stacks, CLASSES: crc32(known), READER: reader}
    write_linear(folder, LAYOUT, made, header, bits)
    (folder / WORD_CLASSES).write_bytes(known)


def _make_language(examples: list[Example], classes: WordClasses, seed: int) -> dict[str, Any]:
    """Everything of one language: measured on unseen authors, then trained on all of it."""
    if not any(one.level and one.trained for one in examples):
        raise ValueError("a language has no texts with risk")
    texts = Texts.of(examples, classes)
    # PsySUICIDE only judges: then its figure needs no model of its own.
    kept = [p for p, one in enumerate(examples) if one.trained and one.source != PSYSUICIDE_SOURCE]
    unseen, scored = _held_out(texts, kept, seed)
    own = [examples[place] for place in kept]
    stacks, held_out, asking = _stacked(own, scored, seed)
    thresholds = calibrated(own, held_out)
    seen = [(one, said) for one, said in zip(own, held_out, strict=True) if one.fold != UNSEEN_FOLD]
    trial = Trial(
        unseen,
        stacks[UNSEEN_FOLD],
        thresholds,
        trusted(*map(list, zip(*seen, strict=True))),
    )
    judged = [
        (doubted(one, said, thresholds, trial.trust), level_of(said, thresholds))
        for one, said in zip(own, held_out, strict=True)
        if one.fold == UNSEEN_FOLD
    ]
    bars, asked = _requests(own, asking)
    thresholds |= bars
    figures: dict[str, Any] = {"on": "authors that neither rules nor model saw"}
    figures |= measured(*map(list, zip(*judged, strict=True)))
    figures |= {"requests": asked}
    learnt = learn(texts, kept, seed)
    stack = fit_levels(own, scored, seed)
    trust = _spared(texts, learnt, stack, trusted(own, held_out))
    figures |= _on_psysuicide(texts, learnt, stack, thresholds, trust)
    return {
        "known": list(learnt.vocabulary.places),
        "heads": learnt.heads,
        "reader": learnt.made,
        "stacks": {"levels": stack, "requests": fit_requests(own, scored, seed)},
        "thresholds": thresholds,
        "trust": trust,
        "figures": figures,
        "trial": trial,
        "examples": examples,
    }


def _requests(
    own: Sequence[Example], asking: Sequence[Sequence[tuple[float, ...]]]
) -> tuple[dict[str, float], dict[str, Any]]:
    """The thresholds of what may be asked for, and how much of it is heard."""
    bars: dict[str, float] = {}
    figures: dict[str, Any] = {}
    for place, request in enumerate(REQUESTS):
        said = [[one[place] for one in found] for found in asking]
        worded, unworded = request_thresholds(own, said, request)
        bars |= {request.value: worded, UNWORDED[request]: unworded}
        figures[request.value] = requests_heard(own, said, request, (worded, unworded))
    return bars, figures


def _spared(
    texts: Texts, learnt: Learnt, stack: Stack, trust: Trust
) -> dict[Level, dict[str, float]]:
    """Trust that doubts no rule's own example."""
    places = [place for place, one in enumerate(texts.examples) if one.source == RULE_SOURCE]
    examples = [texts.examples[place] for place in places]
    # By single sentences: buried among others, an example must be believed as well.
    apart = [
        _apart(stack, learnt.scored(one, sentences_of(texts.cut[place])), one.lang)
        for place, one in zip(places, examples, strict=True)
    ]
    return sparing_examples(trust, examples, apart)


def _held_out(texts: Texts, kept: Sequence[int], seed: int) -> tuple[Learnt, list[list[Scored]]]:
    """What is learnt without the unseen fold, and the scores of all `kept` without each one's fold.

    One fold alone would set the thresholds by seven everyday messages that happen to be in it.
    """
    examples = texts.examples
    trials: dict[int, Learnt] = {}
    found: dict[int, list[Scored]] = {}
    for fold in range(FOLDS):
        learnt = learn(texts, [place for place in kept if examples[place].fold != fold], seed)
        if fold == UNSEEN_FOLD:  # the others are large, and nobody asks for them
            trials[fold] = learnt
        for place in kept:
            if examples[place].fold == fold:
                found[place] = learnt.scored(examples[place], texts.cut[place])
    return trials[UNSEEN_FOLD], [found[place] for place in kept]


def _stacked(
    own: Sequence[Example], scored: Sequence[Sequence[Scored]], seed: int
) -> tuple[list[Stack], list[list[tuple[float, ...]]], list[list[tuple[float, ...]]]]:
    """Networks of levels without each fold in turn, and what is made of each text without its fold.

    That is levels and requests of every stretch.
    """
    stacks = []
    levels: list[list[tuple[float, ...]]] = [[] for _ in own]
    requests: list[list[tuple[float, ...]]] = [[] for _ in own]
    for fold in range(FOLDS):
        others = [place for place, one in enumerate(own) if one.fold != fold]
        learnt = [own[p] for p in others], [scored[p] for p in others]
        stacks.append(fit_levels(*learnt, seed))
        asking = fit_requests(*learnt, seed)
        for place, one in enumerate(own):
            if one.fold == fold:
                levels[place] = logits_of(stacks[fold], scored[place], one.lang)
                requests[place] = requests_of(asking, scored[place])
    return stacks, levels, requests


def _apart(stack: Stack, scored: Sequence[Scored], lang: str) -> list[tuple[float, ...]]:
    """What each piece says as one of many."""
    return [told_apart(stack(inputs_of([one])), lang, 1, 2) for one in scored]


def _on_psysuicide(
    texts: Texts,
    learnt: Learnt,
    stack: Stack,
    thresholds: Mapping[str, float],
    trust: Trust,
) -> dict[str, Any]:
    """F1 of any risk against none on PsySUICIDE, of which no level head has learnt anything."""
    judged = []
    for one, parts in zip(texts.examples, texts.cut, strict=True):
        if one.source == PSYSUICIDE_SOURCE:
            said = logits_of(stack, learnt.scored(one, parts), one.lang)
            held = doubted(one, said, thresholds, trust)
            judged.append((one, held, level_of(said, thresholds)))
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
