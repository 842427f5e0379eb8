"""Layer 4 from labelled texts: trains the encoder's heads, weighs the layers, writes the folder.

The network learns nothing of the unseen authors: thresholds, weights and figures come from them
and hold for the very file that ships, signed bytes and all. (A second network that learns from
everybody as well would have to borrow thresholds that were never measured on it.)
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.forge.encoder import CHECKPOINT, load_encoder, words_of_text
from psylite_desktop.forge.risk_encoder import HeadRecipe, RiskNetwork, export, fine_tune
from psylite_desktop.forge.risk_figures import (
    Alerts,
    calibrated,
    doubted,
    f1,
    joined,
    let_through,
    level_of,
    measured,
)
from psylite_desktop.forge.risk_fit import RISK_BITS
from psylite_desktop.forge.risk_stack import logits_of
from psylite_desktop.forge.risk_texts import PSYSUICIDE_SOURCE, UNSEEN_FOLD, Example
from psylite_desktop.forge.risk_trust import Trial
from psylite_desktop.retrieval.risk_encoder import (
    HEADER,
    NETWORK,
    SEALED,
    VOCABULARY,
    RiskEncoder,
    Token,
)
from psylite_desktop.safety.classifier import LEVEL_HEADS, scored_of
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.pieces import pieces, span_of
from psylite_desktop.safety.reader import words_within
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.stacking import inputs_of, stretches, told_apart
from psylite_desktop.safety.word_classes import WordClasses

SHELVED = 8
"""One in so many written texts is kept as a look-alike: their vote weighs nothing today."""
NEIGHBOURS = 12
SHARPNESS = 8.0
"""Power of the cosine in the vote of the look-alikes."""
WEIGHTS = tuple((linear, near) for linear in (1.0, 2.0, 3.0, 4.0, 6.0) for near in (0.0, 1.5))
"""Weights of linear model and look-alikes that are tried beside the encoder's of one."""
LEAST_GAIN = 0.005
ADDED = 0.1
"""How many false alerts the layers may add to each one of the linear model."""

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """The stretches of some texts as words, and what the floor makes of them."""

    words: list[list[Token]]
    rows: list[int]
    """By stretch, which text it is of."""
    linear: list[tuple[float, ...]]


def run_blend(
    examples: Sequence[Example],
    trials: Mapping[str, Trial],
    pretrained: Path,
    out_dir: Path,
    *,
    classes: WordClasses,
    recipe: HeadRecipe,
    log: Log,
) -> dict[str, Any]:
    """Train, measure and write `encoder.onnx` and what belongs to it; returns the figures.

    `trials` are, by language, what the linear model made without the unseen authors. Where
    `pretrained` is a folder that was shipped its network stays as it is and is only weighed anew.
    """
    learnt = [one for one in examples if one.trained and one.source != PSYSUICIDE_SOURCE]
    seen = [one for one in learnt if one.fold != UNSEEN_FOLD]
    judged = [one for one in examples if one.trained and one.fold == UNSEEN_FOLD]
    judged += [one for one in examples if one.source == PSYSUICIDE_SOURCE and one not in judged]
    log(f"encoder: {len(seen)} texts to learn from, {len(judged)} to judge by")
    encoder = _encoder(seen, pretrained, out_dir, classes, recipe, log)
    blends: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    known = [one for one in seen if one.source == "written"][::SHELVED]
    shelf = _unit(encoder.scores([words_of_text(one.plain, one.lang, classes) for one in known])[1])
    for lang in LANGS:
        rows = [one for one in judged if one.lang == lang]
        parts, floor = _cut(rows, trials[lang], classes)
        asked, trust = trials[lang].thresholds, trials[lang].trust
        held = [doubted(one, said, asked, trust) for one, said in zip(rows, floor, strict=True)]
        allowed = {
            sources: {head: ADDED * share for head, share in shares.items()}
            for sources, shares in let_through(held, floor, asked).items()
        }
        # The floor has spoken when the layers do: they are asked for what it did not hear.
        rows = [
            replace(one, rules=joined(one, level_of(said, asked)))
            for one, said in zip(held, floor, strict=True)
        ]
        spoken = [place for place, one in enumerate(known) if one.lang == lang]
        blends[lang], figures[lang] = _weighed(
            rows,
            parts,
            encoder,
            [known[place] for place in spoken],
            shelf[spoken],
            allowed,
        )
        log(f"{lang}: {json.dumps(figures[lang])}")
    _write_look_alikes(known, shelf, out_dir)
    _write_header(out_dir, {"blend": blends, "figures": figures})
    return figures


def _encoder(
    examples: Sequence[Example],
    pretrained: Path,
    out_dir: Path,
    classes: WordClasses,
    recipe: HeadRecipe,
    log: Log,
) -> RiskEncoder:
    """The network as it will ship, in `out_dir`, with nothing to weigh it by yet."""
    import numpy as np

    if (pretrained / CHECKPOINT).exists():
        export(_trained(examples, pretrained, classes, recipe, log), out_dir, {})
    elif pretrained.resolve() != out_dir.resolve():
        out_dir.mkdir(parents=True, exist_ok=True)
        for name in (NETWORK, VOCABULARY, HEADER):
            shutil.copyfile(pretrained / name, out_dir / name)
    _write_look_alikes((), np.zeros((0, 1), dtype=np.float32), out_dir)
    _write_header(out_dir, {})
    return RiskEncoder.load(out_dir)


def _trained(
    examples: Sequence[Example],
    pretrained: Path,
    classes: WordClasses,
    recipe: HeadRecipe,
    log: Log,
) -> RiskNetwork:
    import torch

    network = RiskNetwork(*load_encoder(pretrained))
    # Kept beside the pre-trained one: weighing the layers anew needs no new training.
    begun = [crc32((pretrained / name).read_bytes()) for name in (CHECKPOINT, VOCABULARY)]
    told = [replace(one, rules=0, hinted=False, soft=False, rests=(), id="") for one in examples]
    mark = hashlib.sha256(repr((recipe, begun, told)).encode()).hexdigest()[:16]
    kept = pretrained / f"heads-{mark}.pt"
    if kept.exists():
        network.module.load_state_dict(torch.load(kept, weights_only=True))
        return network
    texts = [words_of_text(one.plain, one.lang, classes) for one in examples]
    fine_tune(network, examples, texts, recipe=recipe, log=log)
    part = kept.with_suffix(".part")
    torch.save(network.module.state_dict(), part)
    part.replace(kept)
    return network


def _unit(vectors: Any) -> Any:
    """Unit vectors [texts, width]."""
    import numpy as np

    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _cut(
    examples: Sequence[Example], trial: Trial, classes: WordClasses
) -> tuple[Parts, list[list[tuple[float, ...]]]]:
    """The stretches for the layers to read, and the scores of each text as the floor reads it."""
    features = RiskFeatures(RISK_BITS, classes)
    found = Parts([], [], [])
    floor: list[list[tuple[float, ...]]] = []
    for row, one in enumerate(examples):
        cut = [part for part in pieces(one.plain, features) if part.lang == one.lang]
        kept = [part for part in trial.learnt.vocabulary.of(cut) if part.buckets]
        heads, heard = trial.learnt.heads, trial.learnt.reader(one.plain, kept)
        scored = scored_of(kept, heads, heard, alone=False)
        for places in stretches([(part.start, part.end) for part in kept]):
            found.rows.append(row)
            span = span_of([kept[place] for place in places])
            found.words.append(words_within(one.plain, kept, span, classes))
            said = trial.stack(inputs_of([scored[place] for place in places]))
            found.linear.append(told_apart(said, one.lang, len(places), len(kept)))
        if one.hinted:
            scored = scored_of(kept, heads, heard, alone=True)
        floor.append(logits_of(trial.stack, scored, one.lang))
    return found, floor


def _near(vectors: Any, shelf: Any, known: Sequence[Example]) -> Any:
    """The share of each level head among the nearest look-alikes, weighed by likeness."""
    import numpy as np

    levels = np.array([one.level for one in known])
    result = np.zeros((len(vectors), len(LEVEL_HEADS)), dtype=np.float32)
    for start in range(0, len(vectors), 512):
        cosines = vectors[start : start + 512] @ shelf.T
        nearest = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        weight = np.take_along_axis(cosines, nearest, axis=1).clip(0) ** SHARPNESS
        for place in range(len(LEVEL_HEADS)):
            share = (weight * (levels[nearest] > place)).sum(1)
            result[start : start + 512, place] = share / np.maximum(weight.sum(1), 1e-9)
    return result


def _weighed(
    judged: Sequence[Example],
    parts: Parts,
    encoder: RiskEncoder,
    known: Sequence[Example],
    shelf: Any,
    allowed: Alerts,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The best weights of the layers with their thresholds, and the figures they give.

    They may add a few false alerts to those of the linear model with its own thresholds, which were
    measured on five times as many texts.
    """
    import numpy as np

    encoded, vectors = encoder.scores(parts.words)
    near = _near(_unit(vectors), shelf, known)
    own = np.array(parts.linear)
    calibrating = [one.source != PSYSUICIDE_SOURCE for one in judged]
    best: tuple[float, dict[str, Any], dict[str, Any]] = (-1.0, {}, {})
    tried = {}
    for with_linear, with_near in WEIGHTS:
        total = encoded[:, : len(LEVEL_HEADS)] + with_linear * own + with_near * near
        scores: list[list[tuple[float, ...]]] = [[] for _ in judged]
        for row, said in zip(parts.rows, total, strict=True):
            scores[row].append(tuple(map(float, said)))
        mine = [place for place, chosen in enumerate(calibrating) if chosen]
        asked = calibrated([judged[p] for p in mine], [scores[p] for p in mine], allowed)
        levels = [level_of(one, asked) for one in scores]
        value = _value([judged[p] for p in mine], [levels[p] for p in mine])
        tried[f"linear {with_linear}, near {with_near}"] = round(value, 4)
        # Look-alikes cost an open table: they must bring more than another draw of texts would.
        if value > best[0] + (LEAST_GAIN if with_near else 0.0):
            weights = {"encoder": 1.0, "linear": with_linear, "near": with_near}
            blend = {"weights": dict.fromkeys(LEVEL_HEADS, weights), "thresholds": asked}
            figures = measured([judged[p] for p in mine], [levels[p] for p in mine])
            figures |= _on_psysuicide(judged, levels)
            best = (value, blend, figures)
    return best[1], {"tried": tried, **best[2]}


def _value(examples: Sequence[Example], levels: Sequence[int]) -> float:
    """What is wanted most: risk noticed, and held as large as it is."""
    written = [
        (one.level, joined(one, said))
        for one, said in zip(examples, levels, strict=True)
        if one.source == "written" and one.level
    ]
    noticed = sum(said >= 1 for _, said in written)
    enough = sum(said >= min(level, 2) for level, said in written)
    return (noticed + enough) / max(1, 2 * len(written))


def _on_psysuicide(examples: Sequence[Example], levels: Sequence[int]) -> dict[str, Any]:
    rows = [
        (one.level > 0, joined(one, said) > 0)
        for one, said in zip(examples, levels, strict=True)
        if one.source == PSYSUICIDE_SOURCE
    ]
    if len(rows) < 100:
        return {}
    return {"psysuicide F1, encoder not trained on it": f1(*map(list, zip(*rows, strict=True)))}


def _write_look_alikes(own: Sequence[Example], vectors: Any, folder: Path) -> None:
    """Signed bytes of the unit vectors, and a line of labels each; no text."""
    import numpy as np

    step = float(np.abs(vectors).max(initial=1e-9)) / 127
    body = np.clip(np.rint(vectors / step), -127, 127).astype(np.int8)
    (folder / "look_alikes.bin").write_bytes(body.tobytes())
    labels = [[one.id, one.lang, one.level, one.kind] for one in own]
    (folder / "look_alikes.json").write_text(
        json.dumps({"width": int(body.shape[1]), "labels": labels}, ensure_ascii=False) + "\n",
        "utf-8",
    )


def _write_header(folder: Path, more: Mapping[str, Any]) -> None:
    """Note beside what is said there already what the other files hash to.

    So a mix of two runs is noticed.
    """
    path = folder / HEADER
    whole = b"".join((folder / name).read_bytes() for name in SEALED)
    header = {**json.loads(path.read_text("utf-8")), **more}
    header["digest"] = hashlib.sha256(whole).hexdigest()
    path.write_text(json.dumps(header, indent=1) + "\n", "utf-8")
