"""What an adapted model learns from: files read, cleaned, given reasons, mixed by ratio, split."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.adapt.recipe import AdaptRecipe
from psylite_desktop.forge.corpus import load_seeds
from psylite_desktop.forge.datasets import Dialogue, is_validation, read_dialogues
from psylite_desktop.forge.reasoning import Reasoned, inject, read_general, read_reasons
from psylite_desktop.forge.recipe import DataFile

GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Mixed:
    """Dialogues to learn from, in no order, and those held out; `counts` says what was read."""

    kept: list[Reasoned]
    held_out: list[Reasoned]
    counts: dict[str, Any]


def mix(recipe: AdaptRecipe, data_dir: Path, say: Callable[[str], None]) -> Mixed:
    """Read the recipe's files out of `data_dir` and mix them; absent ones are named and left out.

    Raises OSError, and ValueError if a file is damaged or nothing at all was found.
    """
    rules = recipe.mix
    counts: dict[str, Any] = {}
    counseling = read_counseling(recipe, data_dir, counts, say)
    general: list[Reasoned] = []
    for source in rules.files:
        if source.kind == GENERAL and _is_there(data_dir, source, counts, say):
            found, counts[source.name] = _general(recipe, data_dir / source.name, source.lang)
            general += found
            say(f"{source.name}: {_short(counts[source.name])}")
    own = [Reasoned(one) for one in load_seeds()]
    path = data_dir / rules.reasoning
    reasons = read_reasons(path) if rules.reasoning and path.exists() else {}
    chance = random.Random(f"{recipe.seed}-mix")
    chosen = {one: found for one, found in reasons.items() if chance.random() < rules.reasoned}
    talked = inject(counseling, chosen)
    counts["reasons"] = sum(bool(one.reasons) for one in talked)
    share = recipe.validation_percent
    held_out = [one for one in talked if is_validation(one.dialogue.id, share)]
    talked = [one for one in talked if not is_validation(one.dialogue.id, share)]
    general = draw_general(general, len(talked), rules.general, rules.counseling, chance)
    kept = general + talked + own * rules.own_repeats
    if not kept:
        raise ValueError(f"no dialogues in {data_dir.name}")
    chance.shuffle(kept)
    counts["mixed"] = {
        "general": len(general),
        "counseling": len(talked),
        "own": len(own) * rules.own_repeats,
        "held_out": len(held_out),
    }
    say(f"mixed: {counts['mixed']}")
    return Mixed(kept, held_out, counts)


def read_counseling(
    recipe: AdaptRecipe, data_dir: Path, counts: dict[str, Any], say: Callable[[str], None]
) -> list[Dialogue]:
    """The recipe's counseling dialogues, cleaned; puts its counts into `counts`. Raises OSError."""
    found = []
    seen: set[str] = set()
    for source in recipe.mix.files:
        if source.kind != GENERAL and _is_there(data_dir, source, counts, say):
            dialogues, report = read_dialogues(data_dir, source, recipe.cleaning, seen)
            counts[source.name] = report.as_dict()
            found += dialogues
            say(f"{source.name}: {_short(counts[source.name])}")
    return found


def _is_there(
    data_dir: Path, source: DataFile, counts: dict[str, Any], say: Callable[[str], None]
) -> bool:
    if (data_dir / source.name).exists():
        return True
    counts[source.name] = "not found"
    say(f"{source.name}: not found")
    return False


def draw_general(
    general: list[Reasoned], counseling: int, parts: int, to: int, chance: random.Random
) -> list[Reasoned]:
    """As many general dialogues, drawn at random, as `parts` to `to` counseling ones make."""
    wanted = counseling * parts // max(to, 1) if counseling else len(general)
    return chance.sample(general, min(wanted, len(general)))


def _general(recipe: AdaptRecipe, path: Path, lang: str) -> tuple[list[Reasoned], dict[str, Any]]:
    rules = recipe.general
    return read_general(
        path,
        lang,
        least_score=rules.least_score,
        left_out=rules.left_out,
        most_characters=rules.most_characters,
    )


def _short(counts: Any) -> str:
    return f"kept {counts['kept']} of {counts['read']}"
