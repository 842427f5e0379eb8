"""Static token vectors out of token streams: co-occurrence, weights, contrast, identity.

Everything folds into the token vectors, so that a sentence vector is a plain mean of them. `ids`
are arrays of token ids, one a message. Needs the extra `forge`, imported inside functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.curves import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ids = NDArray[np.int32]

Log = Callable[[str], None]
Example = tuple[int, "Ids", "Ids"]
"""Number of a dialogue, a message of it and the next one."""


@dataclass(frozen=True, slots=True)
class EmbedderRecipe:
    """Numbers of a run; `window` in tokens, `tokenizer_characters` of Chinese.

    `identity` is the share of a random direction of its own in each token, so that the same word
    counts beside similar ones; `bridged` is the trust in English words outside the glossary.
    `tuning_twins` weighs the passage in the other language, `tuning_kept` holds tokens where they
    were, `tuning_dropped` is the share of a message's words that are left out.
    """

    dimensions: int = 256
    vocabulary: Mapping[str, int] = field(default_factory=lambda: {"zh": 7500, "en": 11000})
    alphabet: int = 4200
    tokenizer_characters: int = 3_000_000
    window: int = 8
    smoothing: float = 0.75
    sif: float = 1e-3
    held_out_percent: int = 2
    epochs: Mapping[str, float] = field(default_factory=lambda: {"zh": 1.5, "en": 4.0})
    temperature: Mapping[str, float] = field(default_factory=lambda: {"zh": 0.06, "en": 0.1})
    batch: int = 512
    rate: float = 2e-3
    identity: float = 0.3
    bridged: float = 0.4
    tuning_steps: int = 600
    tuning_batch: int = 192
    tuning_rate: float = 3e-3
    tuning_temperature: float = 0.07
    tuning_twins: float = 0.3
    tuning_kept: float = 1e-3
    tuning_dropped: float = 0.15
    seed: int = 20261


def cooccurrence_vectors(ids: Sequence[Ids], size: int, recipe: EmbedderRecipe) -> Floats:
    """PPMI over a symmetric window inside a message, then SVD: (size, dimensions), rows U·√S.

    Levy & Goldberg 2014; contexts are smoothed by the power `smoothing`.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.utils.extmath import randomized_svd

    gap = np.full(recipe.window, -1, dtype=np.int32)
    stream = np.concatenate([part for message in ids for part in (message, gap)]).astype(np.int64)
    counts = np.zeros(size * size, dtype=np.float32)
    for distance in range(1, recipe.window + 1):
        left, right = stream[:-distance], stream[distance:]
        both = (left >= 0) & (right >= 0)
        counts += np.bincount(left[both] * size + right[both], minlength=size * size)
    table = counts.reshape(size, size)
    table = table + table.T
    totals = table.sum(axis=1)
    context = totals**recipe.smoothing
    context /= max(float(context.sum()), 1.0)
    rows, columns = np.nonzero(table >= 2)
    pmi = np.log(table[rows, columns] / (totals[rows] * context[columns]))
    positive = pmi > 0
    matrix = csr_matrix((pmi[positive], (rows[positive], columns[positive])), shape=(size, size))
    left_vectors, strengths, _ = randomized_svd(
        matrix, recipe.dimensions, n_iter=4, random_state=recipe.seed
    )
    result: Floats = (left_vectors * np.sqrt(strengths)).astype(np.float32)
    return result


def weigh(vectors: Floats, ids: Sequence[Ids], seen: Any, recipe: EmbedderRecipe) -> Floats:
    """Unit rows times a/(a+p), without the first principal direction of the messages.

    SIF, Arora et al. 2017. `seen` counts each token.
    """
    import numpy as np

    weighted = unit(vectors) * sif_weights(seen, recipe)[:, None]
    sample = ids[:: max(1, len(ids) // 20000)]
    means = np.stack([weighted[message].mean(axis=0) for message in sample if len(message)])
    _, _, directions = np.linalg.svd(means, full_matrices=False)
    common = directions[0]
    result: Floats = weighted - np.outer(weighted @ common, common).astype(np.float32)
    return result


def sif_weights(seen: Any, recipe: EmbedderRecipe) -> Floats:
    """Weight of each token: near 1 for rare ones, near 0 for the commonest."""
    import numpy as np

    share = seen / max(int(seen.sum()), 1)
    weights: Floats = (recipe.sif / (recipe.sif + share)).astype(np.float32)
    return weights


def unit(vectors: Floats) -> Floats:
    """Rows of length one; zero rows stay."""
    import numpy as np

    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Floats = vectors / np.maximum(norms, 1e-9)
    return result


def scale_of(vectors: Floats, ids: Sequence[Ids]) -> float:
    """Mean length of a message vector, to bring tables to one scale."""
    import numpy as np

    sample = [message for message in ids[:: max(1, len(ids) // 5000)] if len(message)]
    return float(np.mean([np.linalg.norm(vectors[message].mean(axis=0)) for message in sample]))


def with_identity(vectors: Floats, recipe: EmbedderRecipe) -> Floats:
    """Add to each row a random direction of its own, `identity` times as long as the row."""
    import numpy as np

    random = np.random.default_rng(recipe.seed)
    own = random.normal(size=vectors.shape) / np.sqrt(vectors.shape[1])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Floats = (vectors + recipe.identity * lengths * own).astype(np.float32)
    return result


def contrast(
    vectors: Floats, examples: Sequence[Example], recipe: EmbedderRecipe, *, lang: str, log: Log
) -> tuple[Floats, dict[str, float], Record]:
    """Train the rows so that a message is nearer to its neighbour than to others'.

    In-batch negatives, Henderson et al. 2017. Dialogues are held out by number; returns the rows,
    how often the neighbour is the nearest among 512, before and after, and the loss on the way.
    """
    import numpy as np
    import torch

    every = 100 // recipe.held_out_percent
    held = [pair for pair in examples if pair[0] % every == 0][:: 7 if lang == "zh" else 2]
    train = [pair for pair in examples if pair[0] % every]
    start = vectors / scale_of(vectors, [pair[1] for pair in held])
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(start), freeze=False, mode="mean")

    def embed(messages: Iterable[Ids]) -> Any:
        parts = list(messages)
        offsets = np.cumsum([0, *map(len, parts[:-1])])
        flat = torch.from_numpy(np.concatenate(parts).astype(np.int64))
        return torch.nn.functional.normalize(bag(flat, torch.from_numpy(offsets)), dim=1)

    def accuracy() -> float:
        with torch.no_grad():
            right = [
                (embed(p[1] for p in part) @ embed(p[2] for p in part).T).argmax(1)
                == torch.arange(len(part))
                for part in (held[s : s + 512] for s in range(0, len(held) - 511, 512))
            ]
        return round(float(torch.cat(right).float().mean()), 4) if right else 0.0

    before = accuracy()
    random = np.random.default_rng(recipe.seed)
    record = Record("steps")
    steps = int(recipe.epochs[lang] * len(train) / recipe.batch)
    optimiser = torch.optim.Adam(bag.parameters(), lr=recipe.rate)
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = recipe.rate * (1 - step / steps)
        part = [train[i] for i in random.integers(0, len(train), recipe.batch)]
        likeness = embed(p[1] for p in part) @ embed(p[2] for p in part).T
        # Two messages of one dialogue are no negatives of each other.
        number = torch.tensor([p[0] for p in part])
        same = (number[:, None] == number[None, :]) & ~torch.eye(len(part), dtype=torch.bool)
        scores = (likeness / recipe.temperature[lang]).masked_fill(same, -1e4)
        target = torch.arange(len(part))
        loss = torch.nn.functional.cross_entropy(scores, target)
        loss = loss + torch.nn.functional.cross_entropy(scores.T, target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 40 == 0:
            record.add("loss", step, float(loss.detach()) / 2)
        if step % 200 == 0:
            log(f"{lang}: contrast {step}/{steps}, loss {float(loss.detach()) / 2:.3f}")
    trained: Floats = bag.weight.detach().numpy().copy()
    return trained, {"pairs": len(train), "before": before, "after": accuracy()}, record
