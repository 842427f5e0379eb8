"""Trains the Mirror's linear models that `services/mirror_model.py` reads; needs NumPy.

Run: `psylite forge mirror --data DIR --out DIR [--also FILE]`. Learns from the labelled entries of
texts/mirror, from the published posts that are labelled there, and from the files given; the
figures are cross-validated on the files, or on all of them where none is given.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.domain.mirror import Theme
from psylite_desktop.forge.linear_fit import quantised
from psylite_desktop.forge.mirror_fit import BITS, Linear, Mix, Row, Table
from psylite_desktop.forge.mirror_texts import is_mined, read_cases, read_mined
from psylite_desktop.forge.mirror_vectors import WordVectors, write_words
from psylite_desktop.safety.linear import LANGS, features
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_cases import Case
from psylite_desktop.services.mirror_model import FORMAT, HEADER, HEADS, MAGIC, WEIGHTS
from psylite_desktop.services.mirror_reading import (
    signs_of,
    theme_scores,
    tone_scores,
)

TEXTS = Path(__file__).parent / "texts" / "mirror"
FOLDS = 5
THEME_PRIOR = (1.6, -1.6)
"""Weight of a theme's own sign, and the constant, before anything is learnt."""
LOOSE = 12.0
POSTED = 0.3
"""What a post counts for the tone: to a counselor people write sadder than into a journal."""
GAINS = (0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0)
"""What a shrunken tone may be stretched by."""
DOC = Mix()


def run_mirror(
    texts_dir: Path,
    data_dir: Path | None,
    also: Iterable[Path],
    assets_dir: Path,
    embedder_dir: Path,
    out_dir: Path,
    *,
    seed: int,
    progress: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Train, measure, and write the model's four files; returns the figures.

    Published posts are left out without `data_dir`. `embedder_dir` has the words' vectors.

    Raises OSError for unreadable files and ValueError for a bad line or a language without texts.
    """
    own = [case for path in sorted(texts_dir.glob("*.jsonl")) for case in read_cases(path)]
    if data_dir is not None:
        own += read_mined(data_dir, texts_dir)
    judged = [case for path in also for case in read_cases(path)]
    for lang in LANGS:
        if not any(case.lang == lang for case in (*own, *judged)):
            raise ValueError(f"no texts in {lang}")
    service = MirrorService(assets_dir)
    vectors = {lang: WordVectors.load(embedder_dir, lang) for lang in LANGS}
    made: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for lang in LANGS:
        mine = [case for case in own if case.lang == lang]
        theirs = [case for case in judged if case.lang == lang]
        made[lang] = _make_language(service, vectors[lang], lang, mine, theirs, seed)
        figures[lang] = made[lang]["figures"]
        progress(f"{lang}: {json.dumps(figures[lang])}")
    write_model(out_dir, made, {"seed": seed, "figures": figures})
    directions = {lang: [made[lang]["heads"][name].words for name in HEADS] for lang in LANGS}
    write_words(out_dir, HEADS, vectors, directions)
    return figures


def write_model(folder: Path, made: dict[str, Any], about: dict[str, Any]) -> None:
    """Quantise the heads to signed bytes and write both files; raises OSError."""
    languages: dict[str, Any] = {}
    planes = [MAGIC]
    for lang in LANGS:
        heads = {}
        for name in HEADS:
            head: Linear = made[lang]["heads"][name]
            plane, scale = quantised(head.weights)
            planes.append(plane)
            heads[name] = [round(scale, 8), round(head.bias, 4), head.signs]
        languages[lang] = {"heads": heads, "thresholds": made[lang]["thresholds"]}
    weights = b"".join(planes)
    header = {"format": FORMAT, "bits": BITS, "crc32": crc32(weights), **about}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(weights)
    (folder / HEADER).write_text(
        json.dumps(header | {"languages": languages}, indent=1) + "\n", "utf-8"
    )


def _make_language(
    service: MirrorService,
    vectors: WordVectors,
    lang: str,
    mine: Sequence[Case],
    theirs: Sequence[Case],
    seed: int,
) -> dict[str, Any]:
    cases = [*mine, *theirs]
    judged = list(range(len(mine), len(cases))) if theirs else list(range(len(cases)))
    folds = _folds(len(cases), seed)
    rows = _rows(service, vectors, lang, cases)
    table = Table(rows, DOC)
    heads: dict[str, Linear] = {}
    thresholds: dict[str, float] = {}
    figures: dict[str, Any] = {"entries": len(cases), "judged": len(judged)}
    figures |= _fit_themes(table, rows, cases, judged, folds, heads, thresholds)
    figures |= _fit_tone(table, cases, judged, folds, heads, thresholds)
    return {"heads": heads, "thresholds": thresholds, "figures": figures}


def _near(said: Any, tone: Any) -> float:
    """How good a tone is: within one step, and a little for the very step."""
    import numpy as np

    off = np.abs(np.clip(np.round(said), -2, 2) - tone)
    return float((off <= 1).mean() + 0.3 * (off == 0).mean())


def _folds(count: int, seed: int) -> list[int]:
    folds = [place % FOLDS for place in range(count)]
    random.Random(seed).shuffle(folds)
    return folds


def _rows(
    service: MirrorService, vectors: WordVectors, lang: str, cases: Sequence[Case]
) -> list[Row]:
    words, mask = service.words(lang), (1 << BITS) - 1
    rows: list[Row] = []
    for case in cases:
        entry = service.read(case.text)
        themes, tone = theme_scores(entry, words), tone_scores(entry, words, lang)
        buckets = frozenset(features(entry.plain.text, lang, mask))
        rows.append(Row(buckets, signs_of(entry, themes, tone), vectors.of(entry.plain.text)))
    return rows


def _fit_themes(
    table: Table,
    rows: Sequence[Row],
    cases: Sequence[Case],
    judged: Sequence[int],
    folds: Sequence[int],
    heads: dict[str, Linear],
    thresholds: dict[str, float],
) -> dict[str, Any]:
    import numpy as np

    everything = list(range(len(cases)))
    weight, constant = THEME_PRIOR
    scores = np.zeros((len(cases), len(Theme)))
    truth = np.array([[theme in case.themes for theme in Theme] for case in cases])
    for column, theme in enumerate(Theme):
        sign = f"theme.{theme.value}"
        prior = np.array([weight * row.signs.get(sign, 0.0) + constant for row in rows])
        for fold in range(FOLDS):
            learnt = [place for place in everything if folds[place] != fold]
            held = [place for place in everything if folds[place] == fold]
            share = table.fit_yes(learnt, truth[learnt, column], prior[learnt])
            scores[held, column] = prior[held] + table.scores(held, share)
        share = table.fit_yes(everything, truth[:, column], prior)
        head = table.linear(share, bias=constant)
        head.signs[sign] = round(head.signs.get(sign, 0.0) + weight, 4)
        heads[theme.value] = head
    # To a counselor people name one trouble, into a journal they put a day: entries decide.
    entries = [place for place in everything if not is_mined(cases[place])]
    asked = _theme_thresholds(scores[entries], truth[entries])
    # Whoever writes entries to be learnt from shows more themes in each than people do: how much
    # is said at all follows the entries that were written to judge.
    asked = asked + _shift(scores[judged] - asked, truth[judged])
    for column, theme in enumerate(Theme):
        thresholds[theme.value] = round(float(asked[column]), 4)
    said = _at_most_four(scores - asked)[judged]
    there = truth[judged]
    return {
        "theme F1": _f1(said, there),
        "themes": {
            theme.value: [
                int((said[:, column] & there[:, column]).sum()),
                int(said[:, column].sum()),
                int(there[:, column].sum()),
            ]
            for column, theme in enumerate(Theme)
        },
    }


def _at_most_four(above: Any) -> Any:
    import numpy as np

    fourth = np.sort(above, axis=1)[:, -4][:, None]
    return (above >= 0) & (above >= fourth)


def _f1(said: Any, there: Any) -> float:
    total = said.sum() + there.sum()
    return round(float(2 * (said & there).sum() / total), 4) if total else 0.0


def _theme_thresholds(scores: Any, truth: Any) -> Any:
    """One threshold for all, then each moved a little where that helps the whole."""
    import numpy as np

    grid = np.arange(-2.5, 2.5, 0.1)
    start = max(grid, key=lambda one: _f1(_at_most_four(scores - one), truth))
    asked = np.full(scores.shape[1], start)
    for column in range(scores.shape[1]):
        best = _f1(_at_most_four(scores - asked), truth)
        for step in (-0.6, -0.3, 0.3, 0.6):
            tried = asked.copy()
            tried[column] = start + step
            value = _f1(_at_most_four(scores - tried), truth)
            if value > best + 0.001:
                best, asked = value, tried
    return asked


def _shift(above: Any, truth: Any) -> float:
    """By how much to move all thresholds, so that as many themes are said as are there."""
    import numpy as np

    there = int(truth.sum())
    grid = np.arange(-0.5, 1.51, 0.05)
    return float(min(grid, key=lambda one: abs(int(_at_most_four(above - one).sum()) - there)))


def _fit_tone(
    table: Table,
    cases: Sequence[Case],
    judged: Sequence[int],
    folds: Sequence[int],
    heads: dict[str, Linear],
    thresholds: dict[str, float],
) -> dict[str, Any]:
    import numpy as np

    everything = list(range(len(cases)))
    posted = np.array([is_mined(case) for case in cases])
    counts = np.where(posted, POSTED, 1.0)
    tone = np.array([float(case.tone) for case in cases])
    said = np.zeros(len(cases))
    for fold in range(FOLDS):
        learnt = [place for place in everything if folds[place] != fold]
        held = [place for place in everything if folds[place] == fold]
        fit = table.fit_number(learnt, tone[learnt], LOOSE, counts[learnt])
        said[held] = table.scores(held, fit)
    gain = max(GAINS, key=lambda one: _near((said * one)[~posted], tone[~posted]))
    said *= gain
    fit = table.fit_number(everything, tone, LOOSE, counts) * gain
    heads["tone"] = table.linear(fit)
    thresholds["tone"] = 0.0
    off = np.abs(np.clip(np.round(said), -2, 2) - tone)[judged]
    return {
        "tone within 1": round(float((off <= 1).mean()), 4),
        "tone exact": round(float((off == 0).mean()), 4),
    }
