"""The later layers as the engine process asks them, with an encoder that notes what it reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.domain.risk import Level
from psylite_desktop.host.ear import Ear
from psylite_desktop.retrieval.risk_encoder import Reading, Token
from psylite_desktop.safety.classifier import HEADS, LEVEL_HEADS, RiskClassifier
from psylite_desktop.safety.cloaks import Uncloaker
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.opinion import Blend
from psylite_desktop.safety.reader import BREAK

ROOT = Path(__file__).parents[3]
WEIGHTS = {name: {"encoder": 1.0, "linear": 0.0, "near": 0.0} for name in LEVEL_HEADS}
BLEND = Blend(WEIGHTS, {"watch": 1.0, "crisis": 2.0, "emergency": 3.0})


class Noting:
    """Says a crisis of every stretch in which a word stands."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read_so_far: list[list[str]] = []

    def read(self, texts: Sequence[Sequence[Token]]) -> list[Reading]:
        heard = [[word for word, _, _ in text] for text in texts]
        self.read_so_far += heard
        quiet = dict.fromkeys(HEADS, -9.0) | {"other": -9.0}
        loud = quiet | dict.fromkeys(LEVEL_HEADS, 2.5)
        vector = np.zeros(2, dtype=np.float32)
        return [Reading(loud if self.word in text else quiet, vector) for text in heard]


@pytest.fixture(scope="module")
def classifier() -> RiskClassifier:
    return RiskClassifier.load(ROOT / "model_store" / "risk")


def ear(classifier: RiskClassifier, encoder: Noting) -> Ear:
    uncloaker = Uncloaker.from_file(ROOT / "assets" / "safety" / "normalise.toml")
    return Ear(uncloaker, classifier, encoder, None, dict.fromkeys(LANGS, BLEND))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We had soup. The lantern went out. Then we walked home.", "lantern"),
        ("今天吃了面。灯笼灭了。我们走回家。", "笼"),
        ("We had soup。灯笼灭了。Then we walked home.", "笼"),
    ],
)
def test_every_stretch_is_read_and_the_gravest_speaks(
    classifier: RiskClassifier, text: str, word: str
) -> None:
    encoder = Noting(word)
    found = ear(classifier, encoder).listen(text)
    assert found is not None
    assert found.level is Level.CRISIS
    assert word in text[found.start : found.end].lower()
    assert all(set(words) - {BREAK} for words in encoder.read_so_far), "none is read as nothing"
    assert len(encoder.read_so_far) >= 3
    assert ear(classifier, Noting("nowhere")).listen(text) is None


def test_a_long_text_is_heard_to_its_end(classifier: RiskClassifier) -> None:
    calm = "We had soup and took a walk. "
    text = calm * 150 + "The lantern went out."
    found = ear(classifier, Noting("lantern")).listen(text)
    assert found is not None
    assert text[found.start : found.end].endswith("The lantern went out.")


@pytest.mark.parametrize("text", ["", "。。。", "?!", "😀"])
def test_where_nothing_is_said_nothing_is_heard(classifier: RiskClassifier, text: str) -> None:
    assert ear(classifier, Noting("")).listen(text) is None
