"""Recipes: the numbers, word lists and file names that a training run is made from.

A recipe is a TOML file in model_store/recipes. Reading one needs the standard library only.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ModelShape:
    """Sizes of the network; `width` and `feed_forward` must be multiples of 256."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    feed_forward: int
    context: int
    rope_base: float = 10000.0
    norm_eps: float = 1e-5


@dataclass(frozen=True, slots=True)
class Training:
    """Training settings; shares are of the time budget, which drives the schedule."""

    threads: int
    tokens_per_step: int
    warm_blocks: int
    late_blocks: int
    late_from: float
    warmup: float
    muon_lr: float
    adam_lr: float
    final_lr: float
    weight_decay: float
    clip: float
    user_weight: float
    validate_every_s: float
    checkpoint_every_s: float


@dataclass(frozen=True, slots=True)
class Grounding:
    """How notes are made out of replies; the four kinds are shares that sum to 1."""

    share: float
    first_sentence: float
    exact: float
    dropped: float
    truncated: float
    shuffled: float


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file of dialogues; `kind` is support, counseling, answers or small_talk."""

    name: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True)
class DataChoice:
    """Which dialogues are read and how often."""

    dialogue_tokens: int
    seed_repeats: int
    english_small_talk: float
    tokenizer_characters: int
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Limits (in characters) and word lists of the cleaning filters."""

    reply_characters_zh: int
    reply_characters_en: int
    good_characters_zh: int
    good_characters_en: int
    user_characters_zh: int
    user_characters_en: int
    minimum_characters: int
    risk_zh: tuple[str, ...]
    risk_en: tuple[str, ...]
    slogans: tuple[str, ...]
    preachy: tuple[str, ...]
    diagnoses: tuple[str, ...]
    machine_talk: tuple[str, ...]
    human_claims: tuple[str, ...]
    contact: tuple[str, ...]
    rewrite: tuple[tuple[str, str], ...]
    rewrite_reply: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a run, but for the data folder and the minutes."""

    name: str
    preset: str
    seed: int
    validation_percent: int
    model: ModelShape
    training: Training
    grounding: Grounding
    data: DataChoice
    cleaning: Cleaning


def read_recipe(path: Path) -> Recipe:
    """Read a recipe file.

    Raises OSError if it cannot be read, tomllib.TOMLDecodeError if it is not TOML, and
    TypeError or KeyError if a field is unknown or missing.
    """
    with path.open("rb") as handle:
        return recipe_of(tomllib.load(handle))


def recipe_of(raw: dict[str, Any]) -> Recipe:
    """Build a recipe from parsed TOML; raises TypeError or KeyError on a wrong field."""
    data = dict(raw["data"])
    files = tuple(DataFile(**item) for item in data.pop("files"))
    cleaning: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in raw["cleaning"].items()
    }
    for key in ("rewrite", "rewrite_reply"):
        cleaning[key] = tuple((pair[0], pair[1]) for pair in cleaning[key])
    return Recipe(
        name=raw["name"],
        preset=raw["preset"],
        seed=raw["seed"],
        validation_percent=raw["validation_percent"],
        model=ModelShape(**raw["model"]),
        training=Training(**raw["training"]),
        grounding=Grounding(**raw["grounding"]),
        data=DataChoice(files=files, **data),
        cleaning=Cleaning(**cleaning),
    )
