"""Trains the model of lightness that `safety/lightness.py` reads; needs scikit-learn.

Run: `psylite forge humor --data DIR --out DIR`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.domain.risk import Assessment, RiskState
from psylite_desktop.forge.humor_texts import SETS, Talk, read_talks
from psylite_desktop.forge.linear_fit import BITS, Linear, Row, Table, write_linear
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.lightness import HEADS, LAYOUT, Heard, heard, sigmoid
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.state import advance
from psylite_desktop.services.humor import LOOKED_BACK, Bar, HumorSigns, bar_of, is_welcome

TEXTS = Path(__file__).parent / "texts"
COST = 40.0
SIGN_VALUE = 0.15
FALSE_OFFERS = {"zh": 0.03, "en": 0.04}
"""Share of held-out talks where nothing is welcome that the model may pass, the bars in force.

The bars were written by readers of these sets: elsewhere they hold back less.
"""
LOOSE_OFFERS = 0.005
"""The part of that share which may pass by a bar of words that alone prove nothing."""
SURER = 0.3
"""How much more, in logits, it takes against such a bar at least."""
DOUBTED = 0.05
"""Share of held-out talks where something is welcome that the model may speak against."""


class Bars:
    """What forbids humor before any sign counts, as in services/humor.py."""

    def __init__(self, assets_dir: Path, risk_dir: Path) -> None:
        """Read rules, situations and blocks."""
        self._assessor = Assessor.load(assets_dir, risk_dir)
        self._situations = GuidedReplies.load(assets_dir)
        self._words = HumorSigns.load(assets_dir, risk_dir.parent / "none").words

    def forbid(self, talk: Talk) -> Bar:
        """How firmly a talk forbids anything light, whatever it sounds like."""
        state, found = RiskState(), Assessment()
        for text in talk.texts:
            found = self._assessor.assess(text)
            state = advance(state, found, now=0.0)
        if not is_welcome(replace(found, humor_blocked=False), state, now=0.0):
            return Bar.FIRM
        return max(
            bar_of(text, talk.lang, self._words, self._situations, self._assessor.assess)
            for text in talk.texts[-1 - LOOKED_BACK :]
        )

    def signed(self, talk: Talk) -> bool:
        """Whether a pattern finds a sign."""
        return self._words.sign(talk.texts[-1], talk.lang) is not None


def run_humor(
    data_dir: Path,
    assets_dir: Path,
    risk_dir: Path,
    out_dir: Path,
    *,
    seed: int,
    texts_dir: Path = TEXTS,
    progress: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Train, measure each set by a model that has not seen it, and write both files.

    Returns the figures, which stand in the header too. Raises OSError and ValueError.
    """
    talks = read_talks(data_dir, texts_dir, seed=seed)
    progress(f"read: {dict(Counter(f'{one.source} {one.lang}' for one in talks))}")
    bars = Bars(assets_dir, risk_dir)
    made: dict[str, dict[str, Any]] = {}
    for lang in LANGS:
        mine = [one for one in talks if one.lang == lang]
        made[lang] = _make_language(mine, bars, seed)
        progress(f"{lang}: {json.dumps(made[lang]['figures'])}")
    figures = {lang: one["figures"] for lang, one in made.items()}
    write_linear(out_dir, LAYOUT, made, {"seed": seed, "figures": figures})
    return figures


def _make_language(talks: Sequence[Talk], bars: Bars, seed: int) -> dict[str, Any]:
    read = [heard(one.texts, one.lang, BITS) for one in talks]
    held = [place for place, one in enumerate(talks) if one.source in SETS]
    logits: dict[int, float] = {}
    for name in SETS:
        learnt = [place for place, one in enumerate(talks) if one.source != name]
        heads = _fit(talks, read, learnt, seed)
        logits |= {p: _logit(heads, read[p]) for p in held if talks[p].source == name}
    barred = {place: bars.forbid(talks[place]) for place in held}
    wrong = [place for place in held if not talks[place].welcome]

    def least(bar: Bar, allowed: float) -> float:
        passing = [logits[place] for place in wrong if barred[place] is bar]
        return _offer_from(passing, len(wrong), allowed)

    offer = least(Bar.NONE, FALSE_OFFERS[talks[0].lang] - LOOSE_OFFERS)
    sure = max(offer + SURER, least(Bar.LOOSE, LOOSE_OFFERS))
    doubt = min(offer, _doubt_below([logits[p] for p in held if talks[p].welcome]))
    free = {p for p in held if barred[p] < (Bar.FIRM if logits[p] >= sure else Bar.LOOSE)}
    rows = [(talks[p], logits[p] >= offer, logits[p] < doubt, p in free) for p in held]
    figures = {
        name: _measured([row for row in rows if row[0].source == name], bars) for name in SETS
    }
    bounds = (("offer", offer), ("doubt", doubt), ("sure", sure))
    return {
        "heads": dict(zip(HEADS, _fit(talks, read, range(len(talks)), seed), strict=True)),
        "thresholds": {name: sigmoid(at) for name, at in bounds},
        "figures": figures,
    }


def _fit(
    talks: Sequence[Talk], read: Sequence[Heard], learnt: Sequence[int], seed: int
) -> list[Linear]:
    rows = [Row(read[place].buckets, read[place].signs) for place in learnt]
    table = Table(rows, planes=len(HEADS), cost=COST, sign_value=SIGN_VALUE)
    welcome = [talks[place].welcome for place in learnt]
    return table.fit(welcome, [talks[place].weight for place in learnt], seed)


def _logit(heads: Sequence[Linear], read: Heard) -> float:
    newest, earlier = heads
    words, words_before = read.buckets
    return newest.score(words, read.signs) + earlier.score(words_before)


def _offer_from(wrong: Sequence[float], among: int, allowed: float) -> float:
    """The lowest logit that lets no more than that share of them all pass."""
    import numpy as np

    falling = sorted(wrong, reverse=True)
    spare = min(int(allowed * among), len(falling) - 1)
    return float(np.nextafter(falling[spare], np.inf))


def _doubt_below(welcome: Sequence[float]) -> float:
    import numpy as np

    return float(np.quantile(welcome, DOUBTED))


def _measured(rows: Sequence[tuple[Talk, bool, bool, bool]], bars: Bars) -> dict[str, float]:
    """Shares of one set; by the model alone, by it behind the bars, and with the patterns."""

    def share(welcome: bool, said: Callable[[Talk, bool, bool, bool], bool]) -> float:  # noqa: FBT001
        mine = [row for row in rows if row[0].welcome is welcome]
        return round(sum(said(*row) for row in mine) / max(1, len(mine)), 4)

    figures = {}
    for name, welcome in (("welcome", True), ("false", False)):
        figures[f"{name}, model alone"] = share(welcome, lambda _t, offers, _d, _f: offers)
        figures[f"{name}, model behind the bars"] = share(
            welcome, lambda _t, offers, _d, free: offers and free
        )
        figures[f"{name}, with the patterns"] = share(
            welcome,
            lambda talk, offers, doubts, free: (
                free and (offers or (bars.signed(talk) and not doubts))
            ),
        )
    return figures
