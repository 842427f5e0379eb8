"""The threshold of recall, against the shipped embedder."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.retrieval.embedder import StaticEmbedder
from psylite_desktop.services.recall import LEAST_LIKE

EMBEDDER = StaticEmbedder.load(Path(__file__).parents[3] / "model_store" / "embedder")
NOTES = {
    "zh": ("我六月要考研究生", "跟姐姐聊天对我有帮助", "我上夜班", "我养了一只猫", "我住在宿舍"),
    "en": (
        "I have an exam in June",
        "Talking to my sister helps me",
        "I work nights",
        "I have a cat",
        "I live in a dorm",
    ),
}
FITS = [
    ("zh", "考试快到了，我很紧张", 0),
    ("zh", "今天跟我姐打了个电话", 1),
    ("zh", "最近倒班倒得很累", 2),
    ("zh", "我的猫生病了", 3),
    ("zh", "室友太吵了", 4),
    ("en", "The exam is close and I'm so nervous", 0),
    ("en", "I called my sister today", 1),
    ("en", "The shifts are wearing me out", 2),
    ("en", "My cat is ill", 3),
    ("en", "My roommate is too loud", 4),
]
FITS_NONE = [
    ("zh", "今天心情不好"),
    ("zh", "我和男朋友吵架了"),
    ("zh", "我不知道说什么"),
    ("zh", "老板今天骂我"),
    ("zh", "谢谢你"),
    ("en", "I feel bad today"),
    ("en", "I had a fight with my boyfriend"),
    ("en", "I don't know what to say"),
    ("en", "My boss shouted at me"),
    ("en", "Thanks"),
]


def _likeness(lang: str, text: str) -> list[float]:
    notes = EMBEDDER.embed(list(NOTES[lang]))
    return [float(score) for score in notes @ EMBEDDER.embed([text])[0]]


def test_most_of_what_fits_is_found() -> None:
    """It may stay silent where something fits; it must not name the wrong note."""
    found = 0
    for lang, text, note in FITS:
        scores = _likeness(lang, text)
        if max(scores) >= LEAST_LIKE:
            assert scores.index(max(scores)) == note, text
            found += 1
    assert found >= len(FITS) * 0.6


@pytest.mark.parametrize(("lang", "text"), FITS_NONE)
def test_what_does_not_lies_below(lang: str, text: str) -> None:
    assert max(_likeness(lang, text)) < LEAST_LIKE
