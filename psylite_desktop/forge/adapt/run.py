"""The whole way of an adapted model: mixing, training, merging, GGUF files, report."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.adapt.base_model import Base, open_base, write_folder
from psylite_desktop.forge.adapt.documents import ChatWriter, encode, pack
from psylite_desktop.forge.adapt.export import convert_with, write_base_gguf
from psylite_desktop.forge.adapt.lora import Merged, adapter_state, add_adapters, save_adapter
from psylite_desktop.forge.adapt.mix import mix
from psylite_desktop.forge.adapt.place import Alone, find_place
from psylite_desktop.forge.adapt.recipe import AdaptRecipe
from psylite_desktop.forge.adapt.vocabulary import UnknownVocabularyError, read_vocabulary
from psylite_desktop.forge.orpo import encode_pairs
from psylite_desktop.forge.pairs import load_pairs, split_pairs

if TYPE_CHECKING:
    from psylite_desktop.forge.adapt.trainer import Trainer

OWNER, ROWS, REPORT, ADAPTER, MERGED = "owner.json", "rows.npz", "report.json", "adapter", "merged"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run: minutes of training over all calls, and how to convert.

    `converter` is llama.cpp's convert_hf_to_gguf.py, for vocabularies that our writer does not
    know; `systems` are the app's system prompts by language; `device` is "", "cpu" or "cuda".
    """

    minutes: float
    converter: Path | None = None
    systems: tuple[tuple[str, str], ...] = ()
    device: str = ""


def run_adapt(
    recipe: AdaptRecipe,
    base_dir: Path,
    data_dir: Path,
    out_dir: Path,
    order: Order,
    say: Say = print,
) -> dict[str, Any]:
    """Adapt the base in `base_dir`; return what report.json holds.

    A run that was cut off or stopped goes on from what lies in `out_dir`: report["complete"] says
    whether it got to the end. `out_dir` gets the adapter, the merged model and the GGUF files.
    Raises OSError; ValueError if folder and recipe do not fit or training diverged.
    """
    base = open_base(base_dir)
    if base.shape.architecture != recipe.base.architecture:
        raise ValueError(
            f"{base_dir.name} is a {base.shape.architecture} model, the recipe is for"
            f" {recipe.base.architecture}"
        )
    place = find_place(order.device)
    talk = say if place.rank == 0 else lambda _line: None
    vocabulary = read_vocabulary(base_dir, base.shape.vocabulary)
    writer = ChatWriter(vocabulary, base.shape.architecture, recipe.name)
    with place.first_before_others():
        _enter(out_dir, base_dir, recipe)
        rows, held_out, counts = _rows(recipe, data_dir, out_dir, writer, dict(order.systems), talk)
    report: dict[str, Any] = {
        "name": recipe.name,
        "preset": recipe.preset,
        "recipe_sha256": recipe.sha256,
        "base": {"folder": base_dir.name, **asdict(base.shape)},
        "licence": recipe.base.licence,
        "device": place.describe(),
        "processes": place.world,
        "data": counts,
    }
    trained = _train(recipe, base, place, out_dir, (rows, held_out, writer), order.minutes, talk)
    report |= trained
    if place.rank == 0 and report["complete"]:
        report |= finish(recipe, base, out_dir, order.converter, talk)
    if place.rank == 0:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (out_dir / REPORT).write_text(text, "utf-8")
    return report


def _enter(out_dir: Path, base_dir: Path, recipe: AdaptRecipe) -> None:
    """Refuse a folder in which something else was begun."""
    out_dir.mkdir(parents=True, exist_ok=True)
    mine = json.dumps([recipe.sha256, base_dir.name])
    owner = out_dir / OWNER
    if owner.exists() and owner.read_text("utf-8") != mine:
        raise ValueError(f"{out_dir.name} holds a run of another recipe or base")
    owner.write_text(mine, "utf-8")


def _rows(
    recipe: AdaptRecipe,
    data_dir: Path,
    out_dir: Path,
    writer: ChatWriter,
    systems: dict[str, str],
    say: Say,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Packed rows to learn from and held out, as tensors, and the counts; kept for later calls."""
    import numpy as np
    import torch

    path, counts_path = out_dir / ROWS, out_dir / "data.json"
    if not counts_path.exists():
        mixed = mix(recipe, data_dir, say)
        arrays: dict[str, Any] = {}
        counts = mixed.counts
        for name, found in (("kept", mixed.kept), ("held_out", mixed.held_out)):
            documents = encode(
                found,
                writer,
                systems=systems,
                system_share=recipe.mix.system_share,
                limit=recipe.sft.block,
                chance=random.Random(f"{recipe.seed}-{name}"),
            )
            packed = pack(documents, recipe.sft.block, writer.end_of_document)
            arrays |= {f"{name}_{key}": value for key, value in packed.items()}
            counts[f"rows_{name}"] = {
                "dialogues": len(documents),
                "too_long": len(found) - len(documents),
                "rows": int(packed["ids"].shape[0]),
                "reply_tokens": int((packed["parts"] == 2).sum()),
            }
            say(f"rows {name}: {counts[f'rows_{name}']}")
        np.savez_compressed(path, **arrays)
        counts_path.write_text(json.dumps(counts, ensure_ascii=False, indent=1), "utf-8")
    sides = []
    with np.load(path) as stored:
        for name in ("kept", "held_out"):
            keys = ("ids", "parts", "documents")
            sides.append({key: torch.from_numpy(stored[f"{name}_{key}"]) for key in keys})
    return sides[0], sides[1], json.loads(counts_path.read_text("utf-8"))


def load_for_training(recipe: AdaptRecipe, base: Base, place: Alone, say: Say) -> tuple[Any, Any]:
    """The base with fresh adapters, and what is trained; in four bits where that is possible."""
    from psylite_desktop.forge.adapt import four_bits
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder

    model = build_decoder(base.shape, checkpointing=recipe.base.checkpointing)
    small = recipe.base.four_bit and place.device.type == "cuda" and four_bits.available()
    # With several processes each holds a whole base in main memory until it is sharded.
    device = place.device if small or place.world == 1 else "cpu"
    if small:
        placer = four_bits.four_bit_placer(place.device, place.dtype)
        load_decoder(model, base.weights, dtype=place.dtype, device=device, place=placer)
    else:
        load_decoder(model, base.weights, dtype=place.dtype, device=device)
    trained = add_adapters(model, recipe.lora)
    count = sum(parameter.numel() for parameter in trained)
    form = "four bits" if small else str(place.dtype).removeprefix("torch.")
    say(f"{place.describe()}: base in {form}, {count / 1e6:.2f}M adapter parameters")
    return model, trained


def _train(
    recipe: AdaptRecipe,
    base: Base,
    place: Alone,
    out_dir: Path,
    given: tuple[dict[str, Any], dict[str, Any], ChatWriter],
    minutes: float,
    say: Say,
) -> dict[str, Any]:
    """Both stages, as far as they get; the adapter is written at the end. Returns figures."""
    from psylite_desktop.forge.adapt.trainer import Trainer

    rows, held_out, writer = given
    model, trained = load_for_training(recipe, base, place, say)
    trainer = Trainer(model, trained, out_dir, place, seed=recipe.seed, say=say)
    if trainer.resume():
        say("going on from the checkpoint")
    complete = _texts(recipe, trainer, rows, held_out, minutes)
    complete = complete and _pairs(recipe, trainer, writer, minutes)
    trainer.save()
    state = adapter_state(trainer.model)
    if place.rank == 0:
        save_adapter(state, recipe.lora, out_dir / ADAPTER, base_name=base.folder.name)
    stages = {name: asdict(found) for name, found in trainer.states.items()}
    return {"complete": complete, "stages": stages, "notes": trainer.notes}


def _texts(
    recipe: AdaptRecipe,
    trainer: Trainer,
    rows: dict[str, Any],
    held_out: dict[str, Any],
    minutes: float,
) -> bool:
    """Fine-tuning on replies; False if it was stopped."""
    from psylite_desktop.forge.adapt.trainer import Plan

    rules, notes = recipe.sft, trainer.notes
    plan = Plan(
        name="sft",
        items=rows["ids"].shape[0],
        epochs=rules.epochs,
        per_step=rules.accumulate,
        lr=rules.lr,
        warmup=rules.warmup,
        clip=rules.clip,
        limit_s=minutes * 60.0 * rules.time_share,
    )
    if "reply_loss_before" not in notes:
        notes["reply_loss_before"] = trainer.mean_loss(held_out)
    if not trainer.run(plan, rules.betas, rules.weight_decay, trainer.text_loss(rows)):
        return False
    if "reply_loss_after" not in notes:
        notes["reply_loss_after"] = trainer.mean_loss(held_out)
        losses = (notes["reply_loss_before"], notes["reply_loss_after"])
        if None not in losses:
            trainer.say(f"replies held out: {losses[0]:.3f} before, {losses[1]:.3f} after")
    return True


def _pairs(recipe: AdaptRecipe, trainer: Trainer, writer: ChatWriter, minutes: float) -> bool:
    """Preference on our own pairs; False if it was stopped."""
    import torch

    from psylite_desktop.forge.adapt.trainer import Plan

    rules, notes = recipe.orpo, trainer.notes
    if rules.epochs <= 0:
        return True
    sides = []
    for pairs in split_pairs(load_pairs(), recipe.held_out_pairs_percent):
        ids, parts, _ = encode_pairs(pairs, writer, rules.length)
        sides.append((torch.from_numpy(ids), torch.from_numpy(parts)))
    kept, unseen = sides
    plan = Plan(
        name="orpo",
        items=kept[0].shape[0] // 2,
        epochs=rules.epochs,
        per_step=rules.accumulate,
        lr=rules.lr,
        warmup=rules.warmup,
        clip=recipe.sft.clip,
        limit_s=minutes * 60.0 * (1.0 - recipe.sft.time_share),
    )
    if "pairs_before" not in notes:
        notes["pairs_before"] = asdict(trainer.judge(*unseen))
    loss = trainer.pair_loss(*kept, rules.beta)
    if not trainer.run(plan, recipe.sft.betas, recipe.sft.weight_decay, loss):
        return False
    if "pairs_after" not in notes:
        notes["pairs_after"] = asdict(trainer.judge(*unseen))
        before, after = notes["pairs_before"], notes["pairs_after"]
        trainer.say(
            f"pairs held out: accuracy {before['accuracy']:.2f} to {after['accuracy']:.2f},"
            f" margin {before['margin']:+.3f} to {after['margin']:+.3f}"
        )
    return True


def tenths(what: str, say: Say) -> Callable[[float], None]:
    """Says every tenth of a work once, but not its end."""
    told = 0

    def progress(done: float) -> None:
        nonlocal told
        if told < int(done * 10) < 10:
            told = int(done * 10)
            say(f"{what} {told * 10} %")

    return progress


def finish(
    recipe: AdaptRecipe, base: Base, out_dir: Path, converter: Path | None, say: Say
) -> dict[str, Any]:
    """Merge in bfloat16, write GGUF, quantise; returns sizes. Raises OSError, ValueError."""
    merged = out_dir / MERGED
    adapted = Merged(base.weights, out_dir / ADAPTER)
    write_folder(base, adapted, merged, progress=tenths("merging", say))
    say(f"merged into {merged.name}")
    full = out_dir / f"{recipe.name}-f16.gguf"
    if converter is not None:
        sizes = {"f16": convert_with(converter, merged, full)}
    else:
        whole = open_base(merged)
        try:
            vocabulary = read_vocabulary(merged, whole.shape.vocabulary)
            licence = recipe.base.licence
            size = write_base_gguf(
                whole.shape,
                whole.weights,
                vocabulary,
                full,
                name=recipe.name,
                licence=licence,
                progress=tenths(full.name, say),
            )
        except UnknownVocabularyError as error:
            raise ValueError(f"{error}: use llama.cpp's convert_hf_to_gguf.py") from None
        sizes = {"f16": size}
    say(f"{full.name}: {sizes['f16'] / 1e6:.1f} MB")
    if importlib.util.find_spec("llama_cpp") is None:
        say("llama-cpp-python is not installed: not quantised")
        return {"bytes": sizes}
    from psylite_desktop.engine.quantization import quantize

    for kind in recipe.quantise:
        path = out_dir / f"{recipe.name}-{kind}.gguf"
        sizes[kind] = quantize(full, path, kind)
        say(f"{path.name}: {sizes[kind] / 1e6:.1f} MB")
    return {"bytes": sizes}
