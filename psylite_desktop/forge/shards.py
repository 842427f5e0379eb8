"""The pack: all that a run trains on, as compressed texts with a manifest that is checked."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.datasets import Dialogue, Turn
from psylite_desktop.forge.pairs import Pair

MANIFEST = "manifest.json"
TOKENIZER = "tokenizer.json"
FORMAT = 1


class PackError(ValueError):
    """A pack that is incomplete, damaged or of another format."""


@dataclass(frozen=True, slots=True)
class PackedDialogue:
    """A dialogue and how many of its first turns are good enough to fine-tune on (maybe none)."""

    dialogue: Dialogue
    good_turns: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read: published dialogues, our own, and pairs."""

    manifest: dict[str, Any]
    tokenizer: Path
    dialogues: list[PackedDialogue]
    own: list[PackedDialogue]
    pairs: list[Pair]


def write_dialogues(
    folder: Path, stem: str, dialogues: Iterable[PackedDialogue], characters: int, preset: int
) -> list[dict[str, Any]]:
    """Write numbered .jsonl.xz shards of about `characters` each; return their manifest entries."""
    entries: list[dict[str, Any]] = []
    lines: list[str] = []
    size = 0

    def close() -> None:
        nonlocal lines, size
        name = f"{stem}-{len(entries):02d}.jsonl.xz"
        entries.append(write_lines(folder / name, lines, preset) | {"kind": "dialogues"})
        lines, size = [], 0

    for packed in dialogues:
        lines.append(dump(line_of(packed)))
        size += len(lines[-1])
        if size >= characters:
            close()
    if lines:
        close()
    return entries


def dump(value: Any) -> str:
    """JSON without spaces, keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_lines(path: Path, lines: list[str], preset: int) -> dict[str, Any]:
    """Write lines, compressed if the name ends in .xz; return the manifest's entry."""
    data = "".join(f"{line}\n" for line in lines).encode("utf-8")
    if path.suffix == ".xz":
        data = lzma.compress(data, preset=preset)
    path.write_bytes(data)
    return entry_of(path) | {"lines": len(lines)}


def entry_of(path: Path) -> dict[str, Any]:
    """Name, size and checksum of a file."""
    data = path.read_bytes()
    return {
        "name": path.name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def read_pack(folder: Path) -> Pack:
    """Read a pack and check every file; raises PackError, and OSError if it cannot be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except ValueError as error:
        raise PackError(f"{MANIFEST} is damaged") from error
    if manifest.get("format") != FORMAT:
        raise PackError(f"the pack is of format {manifest.get('format')!r}, expected {FORMAT}")
    for entry in manifest["files"]:
        path = folder / entry["name"]
        if not path.is_file():
            raise PackError(f"{entry['name']} is missing")
        if entry_of(path)["sha256"] != entry["sha256"]:
            raise PackError(f"{entry['name']} is damaged")
    dialogues: list[PackedDialogue] = []
    own: list[PackedDialogue] = []
    pairs: list[Pair] = []
    for entry in manifest["files"]:
        path = folder / entry["name"]
        if entry["kind"] == "pairs":
            pairs += [Pair(**raw) for raw in _objects(path)]
        elif entry["kind"] in ("dialogues", "own"):
            target = dialogues if entry["kind"] == "dialogues" else own
            target += [_dialogue_of(raw) for raw in _objects(path)]
    return Pack(manifest, folder / TOKENIZER, dialogues, own, pairs)


def _objects(path: Path) -> Iterator[Any]:
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    yield from (json.loads(line) for line in text.split("\n") if line)


def line_of(packed: PackedDialogue) -> dict[str, Any]:
    """A packed dialogue in a form that json can write."""
    dialogue = packed.dialogue
    return {
        "id": dialogue.id,
        "lang": dialogue.lang,
        "kind": dialogue.kind,
        "good": packed.good_turns,
        "weight": round(dialogue.weight, 3),
        "turns": [[turn.user, turn.reply] for turn in dialogue.turns],
    }


def _dialogue_of(raw: dict[str, Any]) -> PackedDialogue:
    turns = tuple(Turn(user, reply) for user, reply in raw["turns"])
    dialogue = Dialogue(raw["id"], raw["lang"], raw["kind"], turns, raw["weight"])
    return PackedDialogue(dialogue, raw["good"])
