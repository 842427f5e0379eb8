"""One command on a machine with a GPU: rows, three stages, export, report, all within minutes."""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.gguf_export import write_gguf
from psylite_desktop.forge.gpu_recipe import GpuRecipe
from psylite_desktop.forge.nano import count_parameters
from psylite_desktop.forge.orpo import encode_pairs, judge
from psylite_desktop.forge.pairs import split_pairs
from psylite_desktop.forge.parity import write_reference
from psylite_desktop.forge.parts import split_file
from psylite_desktop.forge.rows import build_rows, load_saved
from psylite_desktop.forge.sampling import sample_replies
from psylite_desktop.forge.shards import Pack, PackError, entry_of, read_pack

if TYPE_CHECKING:
    from psylite_desktop.forge.stages import Trainer
    from psylite_desktop.forge.tokenizer import Encoder

OPENINGS = Path(__file__).parent / "texts" / "openings.json"
REPORT = "report.json"
REFERENCE = "reference.json"
REFERENCE_ROWS, REFERENCE_TOKENS = 6, 192
PAIR_STAGE = "orpo"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Minutes of this call, minutes over all calls that the schedules span, and its start."""

    minutes: float
    plan_minutes: float
    begun: float

    def deadline(self, reserve_s: float) -> float:
        """When training must stop (monotonic), so that the export still fits."""
        return self.begun + max(self.minutes * 60.0 - reserve_s, 1.0)

    def plan_s(self, reserve_s: float, now: float) -> float:
        """Seconds of training in all, later calls' preparation and export taken off."""
        here = max(self.deadline(reserve_s) - now, 1.0)
        more = max(self.plan_minutes - self.minutes, 0.0) * 60.0
        calls = math.ceil(more / (self.minutes * 60.0))
        return here + max(more - calls * (reserve_s + now - self.begun), 0.0)


def run_gpu(
    recipe: GpuRecipe,
    pack_dir: Path,
    out_dir: Path,
    work: Path,
    *,
    limits: Limits,
    resume: bool = False,
    say: Say = print,
) -> dict[str, Any]:
    """Train, export and report; return what report.json holds.

    `work` keeps rows and checkpoints; `out_dir` gets the model in parts, the report and the
    reference for `forge parity`. A call that runs out of minutes exports the model as it is, says
    so in the report (`complete` false) and can be continued with `resume`. Raises PackError,
    OSError, and ValueError if the training diverged.
    """
    import torch

    from psylite_desktop.forge.tokenizer import Encoder

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pack = read_pack(pack_dir)
    _enter(work, pack_dir, recipe, resume=resume)
    encoder = Encoder(pack.tokenizer)
    build_rows(recipe, pack, encoder, work, say)
    trainer = _start(recipe, encoder, work, device, limits, resume=resume, say=say)
    pairs = Pairs(recipe, pack, encoder, device)
    complete = run_stages(recipe, trainer, pairs, limits.deadline(recipe.run.reserve_s))
    trainer.save()
    report: dict[str, Any] = {
        "preset": recipe.preset,
        "recipe_sha256": recipe.sha256,
        "seed": recipe.seed,
        "complete": complete,
        "device": _named(device),
        "torch": torch.__version__,
        "shape": asdict(trainer.shape),
        "parameters": count_parameters(trainer.shape),
        "plan_s": round(trainer.plan_s, 1),
        "pack": pack.manifest["counts"],
    }

    def write(more: dict[str, Any]) -> None:
        report.update(more, minutes=round((time.monotonic() - limits.begun) / 60.0, 2))
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (out_dir / REPORT).write_text(text, "utf-8")

    # The model comes first: whatever cuts the call off after that, it is there.
    write(export(recipe, trainer, encoder, pairs, out_dir, say))
    write(look_at(recipe, trainer, encoder, out_dir))
    say(f"done in {report['minutes']} min" + ("" if complete else ", not complete: use --resume"))
    return report


def _start(
    recipe: GpuRecipe,
    encoder: Encoder,
    work: Path,
    device: Any,
    limits: Limits,
    *,
    resume: bool,
    say: Say,
) -> Trainer:
    """A trainer at the start of the plan, or where a checkpoint left it."""
    from psylite_desktop.forge.stages import Trainer

    shape = replace(recipe.model, vocabulary=encoder.tokenizer.get_vocab_size())
    trainer = Trainer(recipe, shape, work, device, recipe.seed, say)
    going_on = resume and trainer.resume()
    now = time.monotonic()
    if not going_on:
        trainer.plan_s = limits.plan_s(recipe.run.reserve_s, now)
    say(
        f"{_named(device)}: {count_parameters(shape) / 1e6:.1f}M parameters, prepared in"
        f" {now - limits.begun:.0f} s, {'going on' if going_on else 'starting'},"
        f" {trainer.plan_s / 60:.1f} min of training planned"
    )
    return trainer


def _named(device: Any) -> str:
    import torch

    return torch.cuda.get_device_name() if device.type == "cuda" else "CPU"


class Pairs:
    """The pairs on the device: those to learn from and those to judge by."""

    def __init__(self, recipe: GpuRecipe, pack: Pack, encoder: Encoder, device: Any) -> None:
        import torch

        kept, held_out = split_pairs(pack.pairs, recipe.held_out_pairs_percent)
        self.left_out: list[str] = []
        sides = []
        for pairs in (kept, held_out):
            ids, parts, left_out = encode_pairs(pairs, encoder, recipe.orpo.length)
            sides.append((torch.from_numpy(ids).to(device), torch.from_numpy(parts).to(device)))
            self.left_out += left_out
        self.kept, self.held_out = sides

    def judge(self, model: Any) -> dict[str, dict[str, Any]]:
        """How the model ranks the held-out pairs, and those that it learns from."""
        return {
            "held_out": asdict(judge(model, *self.held_out)),
            "learnt_from": asdict(judge(model, *self.kept)),
        }


def run_stages(recipe: GpuRecipe, trainer: Trainer, pairs: Pairs, deadline: float) -> bool:
    """Go through the stages that are not done; True if all are done at the end."""
    names = {
        "pretrain": ["pretrain"],
        "sft": [f"sft-{number}" for number in range(recipe.run.note_passes)],
    }
    for stage in recipe.stages:
        if trainer.states[stage.name].done:
            continue
        if stage.name != PAIR_STAGE:
            done = trainer.run_text_stage(stage, names[stage.name], deadline)
        else:
            trainer.notes.setdefault("pairs_before", pairs.judge(trainer.model))
            done = trainer.run_pair_stage(stage, *pairs.kept, deadline)
        if not done:
            return False
        whole, replies = trainer.validate()
        trainer.notes[f"validation_after_{stage.name}"] = [whole, replies]
        trainer.say(f"after {stage.name}: validation {whole:.3f} replies {replies:.3f}")
        trainer.save()
    return True


def export(
    recipe: GpuRecipe,
    trainer: Trainer,
    encoder: Encoder,
    pairs: Pairs,
    out_dir: Path,
    say: Say,
) -> dict[str, Any]:
    """Judge and write the model in parts; return figures. Raises ValueError if it diverged."""
    import torch

    whole, replies = trainer.validate()
    if math.isnan(whole):
        raise ValueError("training diverged")
    after = pairs.judge(trainer.model)
    unseen = after["held_out"]
    say(f"pairs held out: accuracy {unseen['accuracy']:.2f}, margin {unseen['margin']:+.3f}")
    out_dir.mkdir(parents=True, exist_ok=True)
    model_path = trainer.work / "model.pt"
    torch.save({"model": trainer.model.state_dict(), "shape": asdict(trainer.shape)}, model_path)
    gguf = trainer.work / f"{recipe.name}.gguf"
    size = write_gguf(model_path, encoder.path, gguf, name=recipe.name, kind="q8_0")
    written = split_file(gguf, out_dir)
    say(f"{gguf.name}: {size / 1e6:.1f} MB in {len(written) - 1} parts")
    judged = {"before": trainer.notes.get("pairs_before"), "after": after}
    return {
        "stages": {name: asdict(state) for name, state in trainer.states.items()},
        "validation": {"all": whole, "replies": replies},
        "notes": trainer.notes,
        "pairs": judged | {"too_long": pairs.left_out},
        "gguf": entry_of(gguf),
    }


def look_at(recipe: GpuRecipe, trainer: Trainer, encoder: Encoder, out_dir: Path) -> dict[str, Any]:
    """Write the reference for `forge parity`, reply to our openings, compare with unigrams."""
    openings = json.loads(OPENINGS.read_text("utf-8"))
    lines = [opening["user"] for opening in openings]
    _write_reference(trainer, encoder, lines, out_dir / REFERENCE)
    samples = sample_replies(
        trainer.model,
        encoder,
        openings,
        seed=recipe.seed,
        device=trainer.device,
        context=trainer.shape.context,
        tokens=recipe.run.sample_tokens,
    )
    return {"unigram": _unigram(trainer), "samples": samples}


def _write_reference(trainer: Trainer, encoder: Encoder, lines: list[str], path: Path) -> None:
    import torch

    ids, parts = load_saved(trainer.work, "validation")
    fullest = (parts < 0).sum(axis=1).argsort(kind="stable")[:REFERENCE_ROWS]
    rows = ids[fullest, :REFERENCE_TOKENS].astype("int64")
    with torch.no_grad():
        hidden = trainer.model(torch.from_numpy(rows).to(trainer.device))
        logits = trainer.model.logits(hidden).float().cpu().numpy()
    write_reference(logits, rows, encoder, lines, path)


def _unigram(trainer: Trainer) -> list[float]:
    """Losses of a model that knows only how frequent tokens are: all words, and replies only."""
    from psylite_desktop.forge.losses import unigram_loss

    ids, parts = load_saved(trainer.work, "pretrain")
    check, marks = load_saved(trainer.work, "validation")
    vocabulary = trainer.shape.vocabulary
    ids, parts, check, marks = ids[:, 1:], parts[:, 1:], check[:, 1:], marks[:, 1:]
    return [
        unigram_loss(ids[parts >= least], check[marks >= least], vocabulary) for least in (1, 2)
    ]


def _enter(work: Path, pack_dir: Path, recipe: GpuRecipe, *, resume: bool) -> None:
    """Make the work folder; what an other pack or recipe left there is taken away."""
    owner = work / "owner.json"
    mine = json.dumps([entry_of(pack_dir / "manifest.json")["sha256"], recipe.sha256])
    theirs = owner.read_text("utf-8") if owner.exists() else ""
    if work.exists() and any(work.iterdir()) and not theirs:
        raise PackError(f"{work} holds other things; name an empty folder with --work")
    if theirs and theirs != mine:
        if resume:
            raise PackError("the work folder belongs to another pack or recipe: drop --resume")
        shutil.rmtree(work)
    work.mkdir(parents=True, exist_ok=True)
    owner.write_text(mine, "utf-8")
    if not resume:
        (work / "checkpoint.pt").unlink(missing_ok=True)
