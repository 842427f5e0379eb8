"""Preference pairs of our own: two replies to one message, of which the first is the better."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.forge.datasets import is_validation, read_raw

TEXTS = Path(__file__).parent / "texts" / "pairs"
KINDS = ("style", "safety", "honesty")
FAULTS = (
    "advice_list",
    "slogan",
    "diagnosis",
    "invented_fact",
    "human_claim",
    "method",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """`fault` names what is wrong with the rejected reply; both are of nearly one length."""

    id: str
    lang: str
    kind: str
    fault: str
    user: str
    chosen: str
    rejected: str


def load_pairs(folder: Path = TEXTS) -> list[Pair]:
    """All pairs of zh.jsonl and en.jsonl; an absent file counts as empty. Raises TypeError."""
    found: list[Pair] = []
    for lang in ("zh", "en"):
        path = folder / f"{lang}.jsonl"
        if path.exists():
            found += [Pair(lang=lang, **raw) for raw in read_raw(path)]
    return found


def length_ratio(pair: Pair) -> float:
    """Length of the rejected reply over that of the chosen one, in characters."""
    return len(pair.rejected) / len(pair.chosen)


def split_pairs(pairs: list[Pair], percent: int) -> tuple[list[Pair], list[Pair]]:
    """Pairs to learn from and pairs to judge by, decided by their ids alone."""
    kept = [pair for pair in pairs if not is_validation(pair.id, percent)]
    return kept, [pair for pair in pairs if is_validation(pair.id, percent)]
