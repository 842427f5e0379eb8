"""From cleaned dialogues to arrays of tokens: notes, prompt format, packing into blocks."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.datasets import (
    Dialogue,
    Turn,
    is_validation,
    read_dialogues,
    read_raw,
    sentences,
)
from psylite_desktop.forge.recipe import Grounding, Recipe

if TYPE_CHECKING:
    from psylite_desktop.forge.tokenizer import Encoder

TEXTS = Path(__file__).parent / "texts"
SHORTEST_NOTE = 6  # characters
IGNORED = -1  # never a token id: positions without loss in the weights, padding in targets


def clean_all(
    data_dir: Path, recipe: Recipe, out_dir: Path, say: Callable[[str], None]
) -> dict[str, Any]:
    """Clean every file of the recipe into out_dir/clean.jsonl; return the counts by file.

    Files that are not in `data_dir` are left out and named in the counts. Raises OSError.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    counts: dict[str, Any] = {}
    with (out_dir / "clean.jsonl").open("w", encoding="utf-8") as handle:
        for source in recipe.data.files:
            if not (data_dir / source.name).exists():
                counts[source.name] = "not found"
                continue
            dialogues, report = read_dialogues(data_dir, source, recipe.cleaning, seen)
            counts[source.name] = report.as_dict()
            say(f"cleaned {source.name}: kept {report.kept} of {report.read}")
            for dialogue in dialogues:
                handle.write(json.dumps(dataclasses.asdict(dialogue), ensure_ascii=False) + "\n")
    (out_dir / "cleaning.json").write_text(
        json.dumps(counts, ensure_ascii=False, indent=1), "utf-8"
    )
    return counts


def load_clean(out_dir: Path) -> list[Dialogue]:
    """Read out_dir/clean.jsonl back; raises OSError."""
    return [
        Dialogue(
            raw["id"],
            raw["lang"],
            raw["kind"],
            tuple(Turn(**turn) for turn in raw["turns"]),
            raw["weight"],
        )
        for raw in read_raw(out_dir / "clean.jsonl")
    ]


def load_seeds(folder: Path = TEXTS) -> list[Dialogue]:
    """Our own short dialogues, zh and en; an absent file counts as empty."""
    found: list[Dialogue] = []
    paths = [
        (lang, folder / name)
        for lang in ("zh", "en")
        for name in (f"seed_{lang}.jsonl", f"dialogues/{lang}.jsonl")
    ]
    for lang, path in paths:
        if not path.exists():
            continue
        for raw in read_raw(path):
            texts = [message["content"] for message in raw["messages"]]
            turns = tuple(Turn(u, r) for u, r in zip(texts[::2], texts[1::2], strict=True))
            found.append(Dialogue(raw["id"], lang, "seed", turns))
    return found


def make_note(reply: str, rules: Grounding, chance: random.Random) -> str:
    """One sentence of the reply, word for word or damaged, as the grounding of that reply."""
    parts = sentences(reply)
    # "I see." grounds nothing, unless the reply has no more than that.
    parts = [part for part in parts if len(part) >= SHORTEST_NOTE] or parts
    note = parts[0] if chance.random() < rules.first_sentence else chance.choice(parts)
    kind = chance.random()
    if kind < rules.exact:
        return note
    if kind < rules.exact + rules.dropped:
        words = re.findall(r"[A-Za-z']+|\s+|[^A-Za-z\s]{1,2}", note)
        kept = [word for word in words if word.isspace() or chance.random() > 0.15]
        return re.sub(r"\s+", " ", "".join(kept)).strip() or note
    if kind < rules.exact + rules.dropped + rules.truncated:
        cut = note[: max(4, int(len(note) * chance.uniform(0.5, 0.9)))]
        return cut.rsplit(" ", 1)[0] if " " in cut else cut
    clauses = [c.strip() for c in re.split(r"[，,；;]", note.rstrip("。？！.?!")) if c.strip()]
    chance.shuffle(clauses)
    return ("，" if re.search(r"[\u4e00-\u9fff]", note) else ", ").join(clauses) or note


def encode_dialogue(
    dialogue: Dialogue,
    encoder: Encoder,
    rules: Grounding,
    limit: int,
    chance: random.Random,
) -> tuple[list[int], list[int]]:
    """Token ids and parts of one dialogue, cut after the last whole turn within `limit`.

    Parts, one per id: 0 scaffolding and notes, 1 the person's words, 2 the reply and its end.
    Both lists are empty if not even the first turn fits.
    """
    ids: list[int] = []
    parts: list[int] = []
    for turn in dialogue.turns:
        note = make_note(turn.reply, rules, chance) if chance.random() < rules.share else None
        turn_ids, turn_parts = encoder.turn(turn.user, note, turn.reply)
        if len(ids) + len(turn_ids) + 1 > limit:
            break
        ids += turn_ids
        parts += turn_parts
    if ids:
        ids.append(encoder.end_of_document)
        parts.append(0)
    return ids, parts


def pack(
    documents: Iterable[tuple[list[int], list[int]]], length: int, pad: int
) -> tuple[list[list[int]], list[list[int]]]:
    """Pack whole documents into rows of `length` + 1 (inputs and shifted targets overlap).

    First fit into the open rows; a document longer than a row starts a row and is cut.
    """
    closed: list[tuple[list[int], list[int]]] = []
    still_open: list[tuple[list[int], list[int]]] = []
    for whole_ids, whole_parts in documents:
        ids, parts = whole_ids[: length + 1], whole_parts[: length + 1]
        row = next((r for r in still_open if len(r[0]) + len(ids) <= length + 1), None)
        if row is None:
            still_open.append((list(ids), list(parts)))
        else:
            row[0].extend(ids)
            row[1].extend(parts)
        if len(still_open) > 48:
            fullest = max(range(len(still_open)), key=lambda i: len(still_open[i][0]))
            closed.append(still_open.pop(fullest))
    closed += still_open
    rows, marks = [], []
    for ids, parts in closed:
        gap = length + 1 - len(ids)
        rows.append(ids + [pad] * gap)
        marks.append(parts + [IGNORED] * gap)
    return rows, marks


def weighted_order(
    dialogues: Sequence[Dialogue], chance: random.Random, power: float = 1.0
) -> list[Dialogue]:
    """A random order in which heavier dialogues tend to stand earlier.

    Source: Efraimidis and Spirakis 2006, weighted random sampling.
    """
    keys = [chance.random() ** (1.0 / max(d.weight, 1e-3) ** power) for d in dialogues]
    order = sorted(range(len(dialogues)), key=lambda i: -keys[i])
    return [dialogues[i] for i in order]


def build_blocks(recipe: Recipe, out_dir: Path, encoder: Encoder, stage: str) -> dict[str, int]:
    """Write the packed blocks of a stage to out_dir/<stage>.npz; return rows and tokens.

    Stages: "warm" (everything, short blocks), "late" (support and our own, long blocks),
    "validation" (the held-out share, long blocks, few turns with notes as in training).
    Arrays: `ids` uint16 and `parts` int8, both [rows, block length + 1].
    """
    import numpy as np

    chance = random.Random(f"{recipe.seed}-{stage}")
    everything = load_clean(out_dir)
    held_out = [d for d in everything if is_validation(d.id, recipe.validation_percent)]
    training = [d for d in everything if not is_validation(d.id, recipe.validation_percent)]
    share = recipe.data.english_small_talk
    length = recipe.training.late_blocks
    if stage == "warm":
        length = recipe.training.warm_blocks
        talk = [d for d in training if d.kind != "small_talk" or chance.random() < share]
        chosen = weighted_order(talk, chance, power=0.5)
    elif stage == "late":
        support = [d for d in training if d.kind != "small_talk"]
        own = load_seeds() * recipe.data.seed_repeats
        body = weighted_order(support, chance, power=2.0)
        # Our own dialogues are spread over what is read first: a short run must meet them too.
        front = body[: max(len(own) * 3, 1)] + own
        chance.shuffle(front)
        chosen = front + body[max(len(own) * 3, 1) :]
    else:
        chosen = [d for d in held_out if d.kind != "small_talk"]
    limit = min(recipe.data.dialogue_tokens, length)
    documents = [encode_dialogue(d, encoder, recipe.grounding, limit, chance) for d in chosen]
    rows, marks = pack([doc for doc in documents if doc[0]], length, encoder.end_of_document)
    ids, parts = np.asarray(rows, dtype=np.uint16), np.asarray(marks, dtype=np.int8)
    np.savez_compressed(out_dir / f"{stage}.npz", ids=ids, parts=parts)
    return {
        "rows": len(rows),
        "tokens": int((parts >= 0).sum()),
        "replies": int((parts == 2).sum()),
    }


def tokenizer_texts(recipe: Recipe, out_dir: Path) -> list[str]:
    """Texts to train the tokenizer on: our own, then a draw of the rest up to the recipe's size."""
    chance = random.Random(f"{recipe.seed}-tokenizer")
    everything = load_clean(out_dir)
    share = recipe.data.english_small_talk
    drawn = [d for d in everything if d.kind != "small_talk" or chance.random() < share]
    chance.shuffle(drawn)
    texts: list[str] = []
    size = 0
    for dialogue in [*load_seeds(), *drawn]:
        for turn in dialogue.turns:
            texts += [turn.user, turn.reply]
            size += len(turn.user) + len(turn.reply)
        if size > recipe.data.tokenizer_characters:
            break
    return texts
