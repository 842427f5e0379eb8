"""The recipe of a run in three stages on one accelerator: what nano-gpu.toml holds."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.recipe import ModelShape, Recipe, read_recipe


@dataclass(frozen=True, slots=True)
class PackRules:
    """What the pack takes; limits in characters, `filters` are names of datasets' filters."""

    limit_bytes: int
    shard_characters: int
    xz_preset: int
    tokenizer_characters: int
    filters: tuple[str, ...]
    reply_characters_zh: int
    reply_characters_en: int
    user_characters_zh: int
    user_characters_en: int


@dataclass(frozen=True, slots=True)
class RunRules:
    """Settings that all stages share; `block` is the length of a row in tokens."""

    block: int
    tokens_per_step: int
    cpu_rows: int
    memory_share: float
    compile: bool
    muon_lr: float
    adam_lr: float
    weight_decay: float
    clip: float
    checkpoint_every_s: float
    validate_every_s: float
    say_every_s: float
    reserve_s: float
    own_repeats: int
    technique_repeats: int
    note_passes: int
    sample_tokens: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage; `share` is of the training time, the rates are factors of the run's peaks."""

    name: str
    share: float
    passes: int
    peak: float
    warmup: float
    final: float
    user_weight: float


@dataclass(frozen=True, slots=True)
class OrpoRules:
    """Settings of the preference stage; `length` in tokens, prompt and reply together."""

    beta: float
    lr: float
    pairs_per_step: int
    length: int


@dataclass(frozen=True, slots=True)
class GpuRecipe:
    """Everything that decides a run, but for the data, the minutes and the machine."""

    name: str
    preset: str
    seed: int
    validation_percent: int
    held_out_pairs_percent: int
    model: ModelShape
    pack: PackRules
    run: RunRules
    stages: tuple[Stage, ...]
    orpo: OrpoRules
    licences: dict[str, str]
    base: Recipe
    sha256: str


def read_gpu_recipe(path: Path) -> GpuRecipe:
    """Read a recipe file, the one that it is `like`, and the one that it is based on.

    Raises OSError if one cannot be read, tomllib.TOMLDecodeError if it is not TOML, and TypeError
    or KeyError if a field is unknown or missing.
    """
    text = path.read_bytes()
    raw: dict[str, Any] = tomllib.loads(text.decode("utf-8"))
    if "like" in raw:
        other = path.with_name(f"{raw.pop('like')}.toml").read_bytes()
        raw = _laid_over(tomllib.loads(other.decode("utf-8")), raw)
        text += other
    base_path = path.with_name(f"{raw['base']}.toml")
    rules = dict(raw["pack"])
    rules["filters"] = tuple(rules["filters"])
    return GpuRecipe(
        name=raw["name"],
        preset=raw["preset"],
        seed=raw["seed"],
        validation_percent=raw["validation_percent"],
        held_out_pairs_percent=raw["held_out_pairs_percent"],
        model=ModelShape(**raw["model"]),
        pack=PackRules(**rules),
        run=RunRules(**raw["run"]),
        stages=tuple(Stage(**stage) for stage in raw["stages"]),
        orpo=OrpoRules(**raw["orpo"]),
        licences=raw["licences"],
        base=read_recipe(base_path),
        sha256=hashlib.sha256(text + base_path.read_bytes()).hexdigest(),
    )


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Values of `above` where it has any, of `below` elsewhere; tables are laid over likewise."""
    return below | {
        key: _laid_over(below[key], value) if isinstance(value, dict) else value
        for key, value in above.items()
    }
