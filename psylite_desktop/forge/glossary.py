"""Carries English words into the Chinese vector space along a glossary of meanings.

The published English dialogues hardly know student and working life. Words of the glossary take
the vector of their Chinese meaning; the others are turned into the same space by the rotation
that fits the glossary best (orthogonal Procrustes, Smith et al. 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.static_vectors import EmbedderRecipe, sif_weights, unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ANCHOR_COUNT = 15
"""An English word fits the rotation only if it was seen this often."""


def read_glossary(path: Path) -> dict[str, str]:
    """Chinese meanings by English word; a word on several lines has all of them.

    Lines read `english words = Chinese words`; `#` starts a comment line. Raises OSError, and
    ValueError with the number of a line without `=`.
    """
    meanings: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        english, sign, chinese = line.partition("=")
        if not sign:
            message = f"line {number}: no ="
            raise ValueError(message)
        for word in english.split():
            meanings[word] = f"{meanings.get(word, '')} {chinese.strip()}".strip()
    return meanings


def bridge(
    chinese: Floats,
    english: Floats,
    glossary: Mapping[str, str],
    recipe: EmbedderRecipe,
    *,
    tokenizer: Any,
    seen: Any,
) -> Floats:
    """English rows in the Chinese space, weighted by how rare the word is; others zero.

    `seen` counts each token in the English dialogues.
    """
    import numpy as np

    unknown = tokenizer.token_to_id("[UNK]")
    words = sorted(word for word in glossary if tokenizer.token_to_id(word) is not None)
    places = np.array([tokenizer.token_to_id(word) for word in words])
    meanings = np.zeros((len(words), chinese.shape[1]), dtype=np.float32)
    for row, word in enumerate(words):
        tokens = [i for i in tokenizer.encode(glossary[word]).ids if i != unknown]
        meanings[row] = chinese[tokens].sum(axis=0)
    meanings = unit(meanings)
    own = unit(english)
    anchors = (seen[places] >= ANCHOR_COUNT) & (np.abs(meanings).sum(axis=1) > 0)
    left, _, right = np.linalg.svd(own[places[anchors]].T @ meanings[anchors])
    result = recipe.bridged * (own @ (left @ right)).astype(np.float32)
    result[places] = meanings
    weighted: Floats = result * sif_weights(seen, recipe)[:, None]
    return weighted
