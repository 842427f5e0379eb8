"""Texts for the linear risk model: labelled utterances, PsySUICIDE, and presumed ordinary turns."""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.domain.risk import Level
from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.safety.assess import Assessor

ORDINARY_WEIGHT = 0.3
WRITTEN_WEIGHT = 2.0
# User turns drawn from each file of dialogues.
ORDINARY = {"smilechat.jsonl.xz": 8000, "cpsycound.jsonl.gz": 3000, "english_chat.jsonl.gz": 8000}
_NONE = "与自杀/自伤/攻击行为无关"
_INJURY = {"自伤行为", "自伤意图"}
_ACT = {"自杀未遂", "自杀准备行为", "自杀计划"}
_NEAR = re.compile("今晚|明天|今天|现在|刚刚?|这次|准备|已经|遗书|刀|药|绳|楼|跳|炭|瓶")


@dataclass(frozen=True, slots=True)
class Example:
    """One text as the model learns it; `trained` is False for what only judges.

    `rules` is the level that the rules give it, `cleared` that they heard a denial.
    """

    plain: str
    lang: str
    level: int
    kind: str
    source: str
    group: str
    weight: float = 1.0
    trained: bool = True
    rules: int = 0
    cleared: bool = False


def language(text: str) -> str:
    """The language of a text: Chinese as soon as a third of its letters are."""
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    letters = sum(char.isascii() and char.isalpha() for char in text)
    return "zh" if han * 3 >= letters else "en"


def read_examples(data_dir: Path, texts_dir: Path, assets_dir: Path, *, seed: int) -> list[Example]:
    """Read everything there is, assessed by the rules; raises OSError and ValueError."""
    assessor = Assessor.load(assets_dir)
    examples = [
        _assessed(assessor, text, fields)
        for source in (
            _written(texts_dir),
            _self_checks(assets_dir.parent / "tests" / "unit" / "safety"),
            _psysuicide(data_dir / "psysuicide_valid.json"),
        )
        for text, fields in source
    ]
    for name, count in ORDINARY.items():
        found = (
            _assessed(assessor, text, fields)
            for text, fields in _ordinary(data_dir / name, count, seed)
        )
        examples += [one for one in found if one.rules == Level.NONE]
    return [one for one in examples if one.plain.strip()]


def _assessed(assessor: Assessor, text: str, fields: dict[str, Any]) -> Example:
    found = assessor.assess(text)
    plain = assessor.plain(text)
    return Example(plain, language(plain), rules=int(found.level), cleared=found.cleared, **fields)


def _written(texts_dir: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(texts_dir.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            try:
                said = json.loads(line)
            except json.JSONDecodeError:  # a line that is still being written
                continue
            yield (
                said["text"],
                {
                    "level": int(said["level"]),
                    "kind": said["kind"],
                    "source": "written",
                    "group": said["author"],
                    "weight": WRITTEN_WEIGHT,
                },
            )


def _self_checks(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rule writers' own cases: they name the least level and no kind."""
    for path in sorted(folder.glob("self_check_*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            for text in case["texts"]:
                fields = {"level": int(case["level"]), "kind": "", "source": "self_check"}
                yield text, fields | {"group": f"self-{crc32(text.encode()) % 10}"}


def _psysuicide(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in json.loads(path.read_text("utf-8")):
        labels = set(one["labels"])
        level, trained = _fine_level(labels, one["text"])
        kind = "none" if level == 0 else "self_harm" if labels <= _INJURY else "suicide"
        yield (
            one["text"],
            {
                "level": level,
                "kind": kind,
                "source": "psysuicide",
                "group": f"psy-{one['idx'] % 10}",
                "trained": trained,
            },
        )


def _fine_level(labels: set[str], text: str) -> tuple[int, bool]:
    """Our level for PsySUICIDE's fine labels, and whether it is clear enough to learn from."""
    if labels == {_NONE}:
        return 0, True
    if labels & _ACT:
        return (3 if _NEAR.search(text) else 2), True
    if labels & ({"主动自杀意图"} | _INJURY):
        return 2, True
    if "被动自杀意图" in labels:
        return 1, True
    return 1, False  # exploration and aggression: ambiguous, they only judge


def _ordinary(path: Path, count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """User turns of a dialogue file, one a dialogue at first, drawn by the seed."""
    turns: list[tuple[str, str]] = []
    for raw in read_raw(path):
        said = [one["content"] for one in raw["messages"] if one["role"] == "user"]
        turns += [(raw["id"], text) for text in said if 4 <= len(text) <= 400]
    drawn = random.Random(seed).sample(turns, min(count, len(turns)))
    for group, text in drawn:
        yield (
            text,
            {
                "level": 0,
                "kind": "none",
                "source": "ordinary",
                "group": group,
                "weight": ORDINARY_WEIGHT,
            },
        )
