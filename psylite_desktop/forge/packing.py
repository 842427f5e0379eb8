"""Making the pack of a GPU run: cleaning, removing duplicates, mixing, tokenizer and manifest."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from psylite_desktop.forge.corpus import load_seeds
from psylite_desktop.forge.datasets import (
    REPLY_FILTERS,
    CleaningReport,
    Dialogue,
    Turn,
    fingerprint,
    has_risk,
    liking,
    read_raw,
    sentences,
    short_answer,
    tidy,
)
from psylite_desktop.forge.gpu_recipe import GpuRecipe
from psylite_desktop.forge.pairs import load_pairs
from psylite_desktop.forge.recipe import Cleaning, DataFile
from psylite_desktop.forge.shards import (
    FORMAT,
    MANIFEST,
    TOKENIZER,
    PackedDialogue,
    PackError,
    dump,
    entry_of,
    line_of,
    write_dialogues,
    write_lines,
)

ASSETS = Path(__file__).resolve().parents[2] / "assets"


def make_pack(
    recipe: GpuRecipe,
    data_dir: Path,
    out_dir: Path,
    say: Callable[[str], None],
    assets: Path = ASSETS,
) -> dict[str, Any]:
    """Write the pack into `out_dir` and return its manifest; the same input gives the same bytes.

    Files that are not in `data_dir` are left out and named in the manifest. Raises OSError, and
    PackError if the pack is over the recipe's limit.
    """
    from psylite_desktop.forge.tokenizer import train_tokenizer

    out_dir.mkdir(parents=True, exist_ok=True)
    for old in [*out_dir.glob("*.jsonl*"), *out_dir.glob("*.json")]:
        old.unlink()
    published, files, sources = _pack_published(recipe, data_dir, out_dir, say)
    own = own_dialogues(recipe, assets)
    lines = [dump(line_of(packed)) for packed in own]
    files.append(write_lines(out_dir / "own.jsonl", lines, 0) | {"kind": "own"})
    lines = [dump(dataclasses.asdict(pair)) for pair in load_pairs()]
    files.append(write_lines(out_dir / "pairs.jsonl", lines, 0) | {"kind": "pairs"})
    for name in ("own.jsonl", "pairs.jsonl"):
        sources.append({"name": name, "licence": recipe.licences[name], "found": True})
    texts = tokenizer_texts(recipe, published, own)
    train_tokenizer(texts, recipe.model.vocabulary, out_dir / TOKENIZER)
    files.append(entry_of(out_dir / TOKENIZER) | {"kind": "tokenizer"})
    manifest = {
        "format": FORMAT,
        "preset": recipe.preset,
        "seed": recipe.seed,
        "recipe_sha256": recipe.sha256,
        "bytes": sum(entry["bytes"] for entry in files),
        "counts": _counts(published, own, len(lines)),
        "sources": sources,
        "files": files,
    }
    (out_dir / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    say(f"packed {manifest['bytes'] / 1e6:.1f} MB, {manifest['counts']}")
    if manifest["bytes"] > recipe.pack.limit_bytes:
        raise PackError(f"the pack is {manifest['bytes']} bytes, over {recipe.pack.limit_bytes}")
    return manifest


def _pack_published(
    recipe: GpuRecipe, data_dir: Path, out_dir: Path, say: Callable[[str], None]
) -> tuple[list[PackedDialogue], list[dict[str, Any]], list[dict[str, Any]]]:
    """Clean and write the published files; return dialogues, manifest entries and sources."""
    seen: set[str] = set()
    published: list[PackedDialogue] = []
    files: list[dict[str, Any]] = []
    sources: list[dict[str, Any]] = []
    rules = recipe.pack
    for source in recipe.base.data.files:
        path = data_dir / source.name
        about = {"name": source.name, "licence": recipe.licences.get(source.name, "unknown")}
        if not path.exists():
            sources.append(about | {"found": False})
            continue
        kept, report = clean_file(path, source, recipe, seen)
        say(f"{source.name}: kept {report.kept} of {report.read} dialogues")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        sources.append(about | {"found": True, "sha256": digest} | report.as_dict())
        stem = source.name.partition(".")[0]
        files += write_dialogues(out_dir, stem, kept, rules.shard_characters, rules.xz_preset)
        published += kept
    return published, files, sources


def clean_file(
    path: Path, source: DataFile, recipe: GpuRecipe, seen: set[str]
) -> tuple[list[PackedDialogue], CleaningReport]:
    """Clean one file; `seen` holds fingerprints across files and is added to. Raises OSError."""
    report = CleaningReport()
    kept: list[PackedDialogue] = []
    for raw in read_raw(path):
        report.read += 1
        if any(has_risk(message["content"], recipe.base.cleaning) for message in raw["messages"]):
            report.taken_out["dialogue_risk"] += 1
            continue
        packed = _packed(raw, source, recipe, report)
        if packed is None:
            report.taken_out["dialogue_empty"] += 1
            continue
        mark = fingerprint(packed.dialogue)
        if mark in seen:
            report.taken_out["dialogue_duplicate"] += 1
            continue
        seen.add(mark)
        report.kept += 1
        report.turns_kept += len(packed.dialogue.turns)
        kept.append(packed)
        kept += _short_twin(packed, recipe.base.cleaning)
    return kept, report


def _packed(
    raw: dict[str, Any], source: DataFile, recipe: GpuRecipe, report: CleaningReport
) -> PackedDialogue | None:
    """One dialogue up to the first turn that fails; None if nothing is left."""
    strict = recipe.base.cleaning
    loose = _loosened(strict, recipe)
    turns: list[Turn] = []
    good, still_good = 0, source.kind not in ("small_talk", "answers")
    for turn in _raw_turns(raw, source, recipe):
        if failed := failing(turn, source.lang, loose, recipe.pack.filters):
            report.taken_out[f"turn_{failed}"] += 1
            break
        turns.append(turn)
        if still_good and (failed := failing(turn, source.lang, strict)):
            report.taken_out[f"fine_tuning_{failed}"] += 1
            still_good = False
        good += still_good
    if not turns:
        return None
    weight = liking(turns[: max(good, 1)], source, strict)
    dialogue = Dialogue(str(raw["id"]), source.lang, source.kind, tuple(turns), weight)
    return PackedDialogue(dialogue, good)


def _raw_turns(raw: dict[str, Any], source: DataFile, recipe: GpuRecipe) -> Iterator[Turn]:
    """Tidied pairs of a message and its answer, as long as the roles alternate."""
    rules = recipe.base.cleaning
    messages = raw["messages"]
    start = 1 if messages and messages[0]["role"] == "assistant" else 0
    for asked, answered in zip(messages[start::2], messages[start + 1 :: 2], strict=False):
        if asked["role"] != "user" or answered["role"] != "assistant":
            return
        reply = tidy(answered["content"], rules.rewrite + rules.rewrite_reply)
        if source.kind == "answers":
            reply = beginning(reply, recipe.pack.reply_characters_en)
        yield Turn(tidy(asked["content"], rules.rewrite), reply)


def failing(turn: Turn, lang: str, rules: Cleaning, names: tuple[str, ...] = ()) -> str:
    """Name of the first filter that the turn fails, "" if none; all filters, or those named."""
    limit = rules.user_characters_zh if lang == "zh" else rules.user_characters_en
    if not turn.user or len(turn.user) > limit:
        return "user_length"
    for name, bad in REPLY_FILTERS:
        if (not names or name in names) and bad(turn.reply, lang, rules):
            return name
    return ""


def beginning(text: str, limit: int) -> str:
    """The first whole sentences of a text within `limit` characters; "" if not even one is."""
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > limit:
            break
        kept = longer
    return kept


def _loosened(strict: Cleaning, recipe: GpuRecipe) -> Cleaning:
    """The cleaning rules with the pack's longer limits."""
    rules = recipe.pack
    return dataclasses.replace(
        strict,
        reply_characters_zh=rules.reply_characters_zh,
        reply_characters_en=rules.reply_characters_en,
        user_characters_zh=rules.user_characters_zh,
        user_characters_en=rules.user_characters_en,
    )


def _short_twin(packed: PackedDialogue, rules: Cleaning) -> list[PackedDialogue]:
    """Of a long answer also the short beginning, if that is good enough to fine-tune on."""
    dialogue = packed.dialogue
    if dialogue.kind != "answers":
        return []
    turn = dialogue.turns[0]
    short = Turn(turn.user, short_answer(turn.reply, rules) or "")
    if failing(short, dialogue.lang, rules):
        return []
    twin = dataclasses.replace(dialogue, id=f"{dialogue.id}#short", turns=(short,))
    return [PackedDialogue(twin, 1)]


def own_dialogues(recipe: GpuRecipe, assets: Path = ASSETS) -> list[PackedDialogue]:
    """Our own dialogues, and what the technique passages say to what people may ask them with."""
    own = [PackedDialogue(seed, len(seed.turns)) for seed in load_seeds()]
    for lang in ("zh", "en"):
        for path in sorted((assets / "corpora" / "techniques" / lang).glob("*.toml")):
            for passage in tomllib.loads(path.read_text("utf-8"))["passage"]:
                for number, asked in enumerate(passage.get("asks", ())):
                    if has_risk(asked + passage["say"], recipe.base.cleaning):
                        continue
                    name = f"technique-{lang}-{passage['id']}-{number}"
                    turns = (Turn(asked, passage["say"]),)
                    own.append(PackedDialogue(Dialogue(name, lang, "technique", turns), 1))
    return own


def tokenizer_texts(
    recipe: GpuRecipe, published: list[PackedDialogue], own: list[PackedDialogue]
) -> list[str]:
    """Texts to train the tokenizer on: our own, then a draw of the rest up to the recipe's size."""
    drawn = list(published)
    random.Random(f"{recipe.seed}-tokenizer").shuffle(drawn)
    texts: list[str] = []
    size = 0
    for packed in [*own, *drawn]:
        for turn in packed.dialogue.turns:
            texts += [turn.user, turn.reply]
            size += len(turn.user) + len(turn.reply)
        if size > recipe.pack.tokenizer_characters:
            break
    return texts


def _counts(
    published: list[PackedDialogue], own: list[PackedDialogue], pairs: int
) -> dict[str, int]:
    everything = [*published, *own]
    return {
        "dialogues": len(published),
        "turns": sum(len(packed.dialogue.turns) for packed in published),
        "good_turns": sum(packed.good_turns for packed in published),
        "own_dialogues": len(own),
        "pairs": pairs,
        "characters": sum(
            len(turn.user) + len(turn.reply)
            for packed in everything
            for turn in packed.dialogue.turns
        ),
    }
