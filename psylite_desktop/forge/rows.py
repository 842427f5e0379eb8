"""From a pack to rows of tokens, on the machine that trains: cutting, notes, packing."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.corpus import IGNORED, make_note
from psylite_desktop.forge.datasets import Turn, is_validation
from psylite_desktop.forge.gpu_recipe import GpuRecipe
from psylite_desktop.forge.shards import Pack, PackedDialogue

if TYPE_CHECKING:
    from psylite_desktop.forge.tokenizer import Encoder

OPEN_ROWS = 48
AT_ONCE = 4000  # dialogues whose texts are cut into tokens together

Document = tuple[list[int], list[int]]
"""Token ids and parts (see corpus.encode_dialogue) of equal length."""


def build_rows(
    recipe: GpuRecipe, pack: Pack, encoder: Encoder, work: Path, say: Callable[[str], None]
) -> None:
    """Write pretrain, sft-<pass> and validation rows into `work`, skipping what exists."""
    share = recipe.validation_percent
    kept = [p for p in pack.dialogues if not is_validation(_base_id(p), share)]
    held_out = [p for p in pack.dialogues if is_validation(_base_id(p), share)]
    # A note for a turn differs from pass to pass, so fine-tuning has rows for each pass.
    plans: list[tuple[str, Callable[[], list[PackedDialogue]], bool]] = [
        ("pretrain", lambda: [*kept, *pack.own], False),
        ("validation", lambda: good_parts(held_out), True),
    ]
    plans += [
        (f"sft-{number}", lambda number=number: sft_mix(recipe, kept, pack.own, number), True)  # type: ignore[misc]
        for number in range(recipe.run.note_passes)
    ]
    for name, choose, noted in plans:
        if (work / f"{name}.json").exists():
            continue
        chance = random.Random(f"{recipe.seed}-{name}")
        documents = encode(choose(), encoder, recipe, chance, noted=noted)
        rows = save_rows(work, name, documents, recipe.run.block, encoder.end_of_document, chance)
        say(f"rows of {name}: {rows}")


def _base_id(packed: PackedDialogue) -> str:
    """The id that decides where a dialogue belongs; its short twin must not part from it."""
    return packed.dialogue.id.partition("#")[0]


def good_parts(dialogues: Iterable[PackedDialogue]) -> list[PackedDialogue]:
    """The dialogues that may be fine-tuned on, cut to their good turns."""
    return [
        PackedDialogue(packed.dialogue.cut(packed.good_turns), packed.good_turns)
        for packed in dialogues
        if packed.good_turns
    ]


def sft_mix(
    recipe: GpuRecipe, kept: list[PackedDialogue], own: list[PackedDialogue], number: int
) -> list[PackedDialogue]:
    """What one pass of fine-tuning reads: less liked dialogues only now and then, ours often."""
    chance = random.Random(f"{recipe.seed}-mix-{number}")
    drawn = [p for p in good_parts(kept) if chance.random() < p.dialogue.weight]
    repeats = {"seed": recipe.run.own_repeats, "technique": recipe.run.technique_repeats}
    ours = [p for p in own for _ in range(repeats.get(p.dialogue.kind, 1))]
    return drawn + ours


def encode(
    dialogues: Sequence[PackedDialogue],
    encoder: Encoder,
    recipe: GpuRecipe,
    chance: random.Random,
    *,
    noted: bool,
) -> Iterator[Document]:
    """Documents of at most a row each; a longer dialogue goes on in the next document."""
    rules = recipe.base.grounding
    for start in range(0, len(dialogues), AT_ONCE):
        turns: list[tuple[Turn, str]] = []
        sizes = []
        for packed in dialogues[start : start + AT_ONCE]:
            sizes.append(len(packed.dialogue.turns))
            for turn in packed.dialogue.turns:
                with_note = noted and chance.random() < rules.share
                turns.append((turn, make_note(turn.reply, rules, chance) if with_note else ""))
        texts = [text for turn, note in turns for text in (turn.user, note, turn.reply)]
        cut = encoder.many(texts)
        triples = iter(zip(cut[::3], cut[1::3], cut[2::3], strict=True))
        for size in sizes:
            encoded = [encoder.turn_of(u, n or None, r) for u, n, r in _take(triples, size)]
            yield from windows(encoded, recipe.run.block, encoder.end_of_document)


def _take(items: Iterator[Any], count: int) -> list[Any]:
    return [next(items) for _ in range(count)]


def windows(turns: Sequence[Document], limit: int, end: int) -> Iterator[Document]:
    """Join turns into documents of at most `limit` + 1 tokens, each closed by `end`.

    A turn that alone is longer stands alone and is cut.
    """
    ids: list[int] = []
    parts: list[int] = []
    for turn_ids, turn_parts in turns:
        if ids and len(ids) + len(turn_ids) > limit:
            yield [*ids, end], [*parts, 0]
            ids, parts = [], []
        ids, parts = ids + turn_ids[:limit], parts + turn_parts[:limit]
    if ids:
        yield [*ids, end], [*parts, 0]


def plan_rows(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Which documents share a row of `size` tokens: first fit into the open rows."""
    closed: list[list[int]] = []
    open_rows: list[tuple[int, list[int]]] = []
    for number, length in enumerate(lengths):
        place = next((i for i, (used, _) in enumerate(open_rows) if used + length <= size), None)
        if place is None:
            open_rows.append((length, [number]))
        else:
            used, members = open_rows[place]
            members.append(number)
            open_rows[place] = (used + length, members)
        if len(open_rows) > OPEN_ROWS:
            fullest = max(range(len(open_rows)), key=lambda i: open_rows[i][0])
            closed.append(open_rows.pop(fullest)[1])
    return closed + [members for _, members in open_rows]


def save_rows(
    work: Path,
    name: str,
    documents: Iterable[Document],
    block: int,
    pad: int,
    chance: random.Random,
) -> dict[str, int]:
    """Pack documents into rows of `block` + 1, shuffled, and save them; return the counts.

    Files: <name>-ids.npy uint16, <name>-parts.npy int8, <name>.json with the counts, last.
    """
    import numpy as np

    held = [
        (np.asarray(ids, dtype=np.uint16), np.asarray(parts, dtype=np.int8))
        for ids, parts in documents
    ]
    rows = plan_rows([len(ids) for ids, _ in held], block + 1)
    chance.shuffle(rows)
    ids = np.full((len(rows), block + 1), pad, dtype=np.uint16)
    parts = np.full((len(rows), block + 1), IGNORED, dtype=np.int8)
    for number, members in enumerate(rows):
        place = 0
        for member in members:
            found_ids, found_parts = held[member]
            end = place + len(found_ids)
            ids[number, place:end], parts[number, place:end] = found_ids, found_parts
            place = end
    np.save(work / f"{name}-ids.npy", ids)
    np.save(work / f"{name}-parts.npy", parts)
    counts = {
        "rows": len(rows),
        "tokens": int((parts >= 0).sum()),
        "replies": int((parts == 2).sum()),
    }
    (work / f"{name}.json").write_text(json.dumps(counts), "utf-8")
    return counts


def load_saved(work: Path, name: str) -> tuple[Any, Any]:
    """The ids and parts that `save_rows` wrote, as arrays; raises OSError."""
    import numpy as np

    return np.load(work / f"{name}-ids.npy"), np.load(work / f"{name}-parts.npy")
