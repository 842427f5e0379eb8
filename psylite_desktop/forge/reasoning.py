"""Thoughts before replies: general questions with reasoning, and reasons put into dialogues.

As in PsyLite: general answers carry the thinking that came with them, and of a counseling dialogue
only the last reply gets reasons, written by a larger model that saw question, reply and history.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.datasets import Dialogue, Turn, read_raw

OPEN, CLOSE = "<think>", "</think>"
_THOUGHT = re.compile(rf"\s*{OPEN}(.*?){CLOSE}\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A dialogue whose last reply has reasons; "" where it has none."""

    dialogue: Dialogue
    reasons: str = ""


def with_reasons(reply: str, reasons: str) -> str:
    """A reply as a model that thinks aloud writes it; without reasons, the reply alone."""
    return f"{OPEN}\n{reasons.strip()}\n{CLOSE}\n\n{reply}" if reasons.strip() else reply


def split_reasons(text: str) -> tuple[str, str]:
    """Reasons and reply of a text that may begin with a thought."""
    found = _THOUGHT.fullmatch(text)
    return (found[1].strip(), found[2].strip()) if found else ("", text.strip())


def read_reasons(path: Path) -> dict[str, tuple[int, str]]:
    """Turns and reasons by dialogue id, from lines {"id", "turns", "reasoning"} (`forge reasons`).

    Raises OSError, and ValueError naming the first bad line.
    """
    found = {}
    for number, raw in enumerate(read_raw(path), start=1):
        identity, turns, text = raw.get("id"), raw.get("turns"), raw.get("reasoning")
        right = isinstance(identity, str) and isinstance(turns, int) and isinstance(text, str)
        if not right or not str(text).strip():
            raise ValueError(f'{path.name} line {number}: needs "id", "turns" and "reasoning"')
        found[str(identity)] = (int(str(turns)), _safe(str(text)))
    return found


def inject(dialogues: Iterable[Dialogue], reasons: dict[str, tuple[int, str]]) -> list[Reasoned]:
    """Dialogues with the reasons that were found for them; the others stay as they are.

    Reasons for another reply than the last one (the dialogue was cut since) are left out.
    """
    found = []
    for dialogue in dialogues:
        turns, text = reasons.get(dialogue.id, (0, ""))
        found.append(Reasoned(dialogue, text if turns == len(dialogue.turns) else ""))
    return found


def read_general(
    path: Path, lang: str, *, least_score: float, left_out: Sequence[str], most_characters: int
) -> tuple[list[Reasoned], dict[str, Any]]:
    """General questions with reasoning, and the counts of what was left out.

    Rows of both published forms: {"instruction", "input", "output" with a thought} and {"input",
    "reasoning_content", "content"}, with "repo_name" and "score". `left_out` are words in a
    repo_name, of fields that are not general. Raises OSError.
    """
    counts: Counter[str] = Counter()
    kept: list[Reasoned] = []
    words = [word.lower() for word in left_out]
    for number, raw in enumerate(read_raw(path)):
        counts["read"] += 1
        asked, reasons, reply = _general_parts(raw)
        if any(word in str(raw.get("repo_name", "")).lower() for word in words):
            counts["field"] += 1
        elif float(raw.get("score") or 0.0) < least_score:
            counts["score"] += 1
        elif not asked or not reply or not reasons:
            counts["incomplete"] += 1
        elif len(asked) + len(reasons) + len(reply) > most_characters:
            counts["too_long"] += 1
        else:
            identity = str(raw.get("id") or f"{path.name.partition('.')[0]}-{number}")
            turns = (Turn(_safe(asked), _safe(reply)),)
            kept.append(Reasoned(Dialogue(identity, lang, "general", turns), _safe(reasons)))
    return kept, {"kept": len(kept), **counts}


def _general_parts(raw: dict[str, Any]) -> tuple[str, str, str]:
    if "reasoning_content" in raw:
        texts = (raw.get("input"), raw["reasoning_content"], raw.get("content"))
        asked, reasons, reply = (str(text or "").strip() for text in texts)
        return asked, reasons, reply
    before = [str(raw.get(key) or "").strip() for key in ("instruction", "input")]
    reasons, reply = split_reasons(str(raw.get("output") or ""))
    return "\n".join(text for text in before if text), reasons, reply


def _safe(text: str) -> str:
    """Text that cannot be mistaken for a special token or a mark of a thought."""
    for mark in ("<|", "|>", OPEN, CLOSE):
        text = text.replace(mark, "")
    return text.strip()
