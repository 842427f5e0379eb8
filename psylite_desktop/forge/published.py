"""Published dialogues and preferences as people download them, in the one shape that is read here.

A dialogue becomes `{"id", "lang", "messages": [{"role", "content"}]}`, a preference `{"id",
"prompt", "chosen", "rejected"}`. What cannot be used is counted, what is broken is named.

Forms: SMILE (github qiuhuachuan/smile), CPsyCounD (github CAS-SIAT-XinHai/CPsyCoun: a folder of
texts, or one JSON file), PsyQA (github thu-coai/PsyQA), ESConv (github
thu-coai/Emotional-Support-Conversation), PKU-SafeRLHF (Hugging Face PKU-Alignment). Reasoning data
are read by `reasoning.read_general`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psylite_desktop.forge.datasets import read_raw

USER, ASSISTANT = "user", "assistant"
_ROLES = {
    "client": USER,
    "seeker": USER,
    "usr": USER,
    "来访者": USER,
    "求助者": USER,
    "counselor": ASSISTANT,
    "supporter": ASSISTANT,
    "sys": ASSISTANT,
    "心理咨询师": ASSISTANT,
    "咨询师": ASSISTANT,
    "支持者": ASSISTANT,
}
_SPOKEN = re.compile(rf"^({'|'.join(key for key in _ROLES if not key.isascii())})[:：]\s*", re.M)


@dataclass(slots=True)
class Counts:
    """What was read, and why some of it was left out."""

    read: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


class BrokenFormError(ValueError):
    """A file is not of the form it should have; the message names the file, the row and why."""


def smile(source: Path, counts: Counts) -> Iterator[dict[str, Any]]:
    """A folder of JSON files, each a list of {"role": client or counselor, "content"}."""
    for path in _files(source, "*.json"):
        yield from _dialogue(f"smile-{path.stem}", "zh", _turns(_json(path), path), counts)


def cpsycound(source: Path, counts: Counts) -> Iterator[dict[str, Any]]:
    """A folder of texts ("来访者：… 心理咨询师：…"), or JSON rows with history and output."""
    if source.is_dir():
        for path in _files(source, "*.txt"):
            parts = _SPOKEN.split(path.read_text("utf-8"))[1:]
            spoken = [
                (_ROLES[who], said) for who, said in zip(parts[::2], parts[1::2], strict=True)
            ]
            yield from _dialogue(f"cpsycound-{path.stem}", "zh", spoken, counts)
        return
    for number, row in enumerate(_rows(source)):
        told = row.get("history") or []
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in told):
            raise BrokenFormError(f"{source.name} row {number + 1}: history is no list of pairs")
        asked = "\n".join(str(row[key]) for key in ("instruction", "input") if row.get(key))
        pairs = [*told, [asked, row.get("output")]]
        spoken = [
            (role, said)
            for pair in pairs
            for role, said in zip((USER, ASSISTANT), pair, strict=True)
        ]
        yield from _dialogue(f"cpsycound-{number}", "zh", spoken, counts)


def psyqa(source: Path, counts: Counts) -> Iterator[dict[str, Any]]:
    """Rows with question, description and answers: a dialogue of one turn an answer."""
    for number, row in enumerate(_rows(source)):
        question, more = str(row.get("question") or ""), str(row.get("description") or "")
        answers = row.get("answers")
        if not isinstance(answers, list):
            raise BrokenFormError(f"{source.name} row {number + 1}: answers is no list")
        asked = question if more in question else f"{question}\n{more}" if question else more
        for place, answer in enumerate(answers):
            said = answer.get("answer_text") if isinstance(answer, dict) else answer
            identity = f"psyqa-{row.get('questionID', number)}-{place}"
            yield from _dialogue(identity, "zh", [(USER, asked), (ASSISTANT, said)], counts)


def esconv(source: Path, counts: Counts) -> Iterator[dict[str, Any]]:
    """Rows with dialog: a list of {"speaker": seeker or supporter, "content"}."""
    for number, row in enumerate(_rows(source)):
        spoken = _turns(row.get("dialog"), source, number + 1)
        yield from _dialogue(f"esconv-{number}", "en", spoken, counts)


def safe_rlhf(source: Path, counts: Counts) -> Iterator[dict[str, Any]]:
    """JSON lines with prompt, two responses and which is better and safer; both must agree."""
    for number, row in enumerate(_rows(source)):
        counts.read += 1
        replies = [str(row.get(f"response_{one}") or "").strip() for one in (0, 1)]
        better, safer = row.get("better_response_id"), row.get("safer_response_id")
        if (
            not isinstance(better, int)
            or better not in (0, 1)
            or not row.get("prompt")
            or not all(replies)
        ):
            counts.left_out["incomplete"] += 1
        elif safer not in (None, better):
            counts.left_out["better_is_not_safer"] += 1
        elif row.get(f"is_response_{better}_safe") is False:
            counts.left_out["both_unsafe"] += 1
        else:
            counts.kept += 1
            chosen, rejected = replies[better], replies[1 - better]
            told = {"prompt": str(row["prompt"]), "chosen": chosen, "rejected": rejected}
            yield {"id": f"safe-rlhf-{number}", **told}


FORMS: Mapping[str, Callable[[Path, Counts], Iterator[dict[str, Any]]]] = {
    "smile": smile,
    "cpsycound": cpsycound,
    "psyqa": psyqa,
    "esconv": esconv,
    "safe-rlhf": safe_rlhf,
}


def convert(form: str, source: Path, target: Path) -> Counts:
    """Write `source` in our shape (.jsonl, or .jsonl.gz) in one step; returns the counts.

    Raises OSError, and BrokenFormError for what is not of that form.
    """
    counts = Counts()
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        opened = gzip.open if target.suffix == ".gz" else open
        with opened(part, "wt", encoding="utf-8") as handle:
            for row in FORMS[form](source, counts):
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _dialogue(
    identity: str, lang: str, spoken: Sequence[tuple[str, Any]], counts: Counts
) -> Iterator[dict[str, Any]]:
    """One dialogue that begins with the person and ends with a reply, if there is one."""
    counts.read += 1
    messages: list[dict[str, str]] = []
    for role, said in spoken:
        text = str(said or "").strip()
        if not text or (not messages and role != USER):
            continue
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"] += f"\n{text}"
        else:
            messages.append({"role": role, "content": text})
    if messages and messages[-1]["role"] == USER:
        messages.pop()
    if messages:
        counts.kept += 1
        yield {"id": identity, "lang": lang, "messages": messages}
    else:
        counts.left_out["no_reply"] += 1


def _turns(said: Any, path: Path, row: int = 1) -> list[tuple[str, Any]]:
    if not isinstance(said, list):
        raise BrokenFormError(f"{path.name} row {row}: no list of messages")
    found = []
    for one in said:
        role = one.get("role", one.get("speaker")) if isinstance(one, dict) else None
        if not isinstance(role, str) or role not in _ROLES:
            raise BrokenFormError(f"{path.name} row {row}: unknown speaker {role!r}")
        found.append((_ROLES[role], one.get("content", one.get("text"))))
    return found


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder, in the order of their numbers."""
    found = sorted(folder.glob(pattern), key=lambda path: (len(path.stem), path.stem))
    if not found:
        raise BrokenFormError(f"{folder.name}: no {pattern} in it")
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON list, or of JSON lines (also .gz and .xz)."""
    rows = _json(path) if path.suffix == ".json" else _lines(path)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenFormError(f"{path.name}: no list of objects")
    yield from rows


def _lines(path: Path) -> list[Any]:
    try:
        return list(read_raw(path))
    except ValueError as error:
        raise BrokenFormError(f"{path.name}: {error}") from None


def _json(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise BrokenFormError(f"{path.name}: not UTF-8") from None
    try:
        return json.loads(text)
    except ValueError:
        try:  # some are JSON lines under another name
            return [json.loads(line) for line in text.split("\n") if line.strip()]
        except ValueError as error:
            raise BrokenFormError(f"{path.name}: {error}") from None
