"""Recipes for adapting a published model: PsyLite's two stages with its numbers, per base."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.adapt.lora import LoraSettings, settings_of
from psylite_desktop.forge.recipe import Cleaning, DataFile, read_recipe


@dataclass(frozen=True, slots=True)
class BaseRules:
    """Which base the recipe is for; `folder` is its published name, for people to find it."""

    folder: str
    architecture: str
    licence: str
    four_bit: bool
    checkpointing: bool


@dataclass(frozen=True, slots=True)
class TextStage:
    """Fine-tuning on replies; a step is made of `accumulate` rows of `block` tokens."""

    lr: float
    epochs: float
    block: int
    accumulate: int
    warmup: float
    clip: float
    betas: tuple[float, float]
    weight_decay: float
    time_share: float


@dataclass(frozen=True, slots=True)
class PairStage:
    """ORPO on pairs, `accumulate` a step; `length` in tokens, prompt and reply together."""

    beta: float
    lr: float
    epochs: float
    length: int
    accumulate: int
    warmup: float


@dataclass(frozen=True, slots=True)
class MixRules:
    """What is read: `general` to `counseling` is the ratio of dialogues of the two kinds.

    `system_share` of the counseling dialogues begin with the app's own system prompt.
    `reasoning` names a file of reasons by dialogue id, put before the last reply of `reasoned` of
    those that have one.
    """

    general: int
    counseling: int
    own_repeats: int
    system_share: float
    reasoned: float
    reasoning: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class GeneralRules:
    """Which rows of a file of general questions with reasoning are kept."""

    least_score: float
    left_out: tuple[str, ...]
    most_characters: int


@dataclass(frozen=True, slots=True)
class AdaptRecipe:
    """Everything that decides a run, but for the folders, the time and the machine."""

    name: str
    preset: str
    seed: int
    validation_percent: int
    held_out_pairs_percent: int
    base: BaseRules
    lora: LoraSettings
    sft: TextStage
    orpo: PairStage
    mix: MixRules
    general: GeneralRules
    quantise: tuple[str, ...]
    cleaning: Cleaning
    sha256: str


def read_adapt_recipe(path: Path) -> AdaptRecipe:
    """Read a recipe, the one that it is `like`, and the one whose word lists it uses (`words`).

    Raises OSError if one cannot be read, tomllib.TOMLDecodeError if it is not TOML, and TypeError
    or KeyError if a field is unknown or missing.
    """
    text = path.read_bytes()
    raw: dict[str, Any] = tomllib.loads(text.decode("utf-8"))
    if "like" in raw:
        other = path.with_name(f"{raw.pop('like')}.toml").read_bytes()
        raw = _laid_over(tomllib.loads(other.decode("utf-8")), raw)
        text += other
    words = path.with_name(f"{raw.pop('words')}.toml")
    mix = dict(raw["mix"])
    files = tuple(DataFile(**one) for one in mix.pop("files"))
    general = dict(raw["general"])
    return AdaptRecipe(
        name=raw["name"],
        preset=raw["preset"],
        seed=raw["seed"],
        validation_percent=raw["validation_percent"],
        held_out_pairs_percent=raw["held_out_pairs_percent"],
        base=BaseRules(**raw["base"]),
        lora=settings_of(raw["lora"]),
        sft=TextStage(**(raw["sft"] | {"betas": tuple(raw["sft"]["betas"])})),
        orpo=PairStage(**raw["orpo"]),
        mix=MixRules(files=files, **mix),
        general=GeneralRules(**(general | {"left_out": tuple(general["left_out"])})),
        quantise=tuple(raw["quantise"]),
        cleaning=read_recipe(words).cleaning,
        sha256=hashlib.sha256(text + words.read_bytes()).hexdigest(),
    )


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Values of `above` where it has any, of `below` elsewhere; tables are laid over likewise."""
    return below | {
        key: _laid_over(below[key], value) if isinstance(value, dict) and key in below else value
        for key, value in above.items()
    }
