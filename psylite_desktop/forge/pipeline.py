"""The whole way of a small conversation model: data, tokenizer, training, GGUF, checks, samples."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.corpus import build_blocks, clean_all, load_clean, tokenizer_texts
from psylite_desktop.forge.recipe import Recipe, read_recipe

if TYPE_CHECKING:
    from psylite_desktop.forge.tokenizer import Encoder

RECIPES = Path(__file__).resolve().parents[2] / "model_store" / "recipes"
OPENINGS = Path(__file__).parent / "texts" / "openings.json"
STAGES = ("warm", "late", "validation")


@dataclasses.dataclass(frozen=True, slots=True)
class NanoResult:
    """Files and figures of a finished run; `figures` is what report.json holds."""

    gguf: Path | None
    folder: Path
    figures: dict[str, Any]


def recipe_path(preset: str) -> Path:
    """The file of a preset such as "nano-cpu"; raises FileNotFoundError if there is none."""
    path = RECIPES / f"{preset}.toml"
    if not path.exists():
        raise FileNotFoundError(f"no recipe {preset!r} in {RECIPES.name}")
    return path


def run_nano(
    recipe: Recipe | Path,
    data_dir: Path,
    out_dir: Path,
    minutes: float,
    seed: int | None = None,
    progress: Callable[[str], None] = print,
) -> NanoResult:
    """Make a nano model in `out_dir`; a run that was cut off is continued from what is there.

    `minutes` is the time for training alone. Steps whose files exist are skipped. Without
    llama-cpp-python the run ends with the float16 GGUF file, unchecked and not quantised.
    Raises OSError for unreadable data and ValueError if the training diverged.
    """
    plan = read_recipe(recipe) if isinstance(recipe, Path) else recipe
    if seed is not None:
        plan = dataclasses.replace(plan, seed=seed)
    out_dir.mkdir(parents=True, exist_ok=True)
    encoder = prepare(plan, data_dir, out_dir, progress)
    from psylite_desktop.forge.train import train

    result = train(plan, out_dir, minutes=minutes, seed=plan.seed, say=progress)
    figures: dict[str, Any] = {
        "preset": plan.preset,
        "seed": plan.seed,
        "minutes": minutes,
        "cleaning": json.loads((out_dir / "cleaning.json").read_text("utf-8")),
        "training": dataclasses.asdict(result),
    }
    path, more = finish(plan, out_dir, encoder, progress)
    figures |= more
    (out_dir / "report.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    return NanoResult(path, out_dir, figures)


def prepare(
    plan: Recipe, data_dir: Path, out_dir: Path, progress: Callable[[str], None]
) -> Encoder:
    """Clean the data, train the tokenizer and pack the blocks, skipping what exists."""
    from psylite_desktop.forge.tokenizer import Encoder, train_tokenizer

    if not (out_dir / "clean.jsonl").exists():
        clean_all(data_dir, plan, out_dir, progress)
    tokenizer = out_dir / "tokenizer.json"
    if not tokenizer.exists():
        train_tokenizer(tokenizer_texts(plan, out_dir), plan.model.vocabulary, tokenizer)
        progress("tokenizer trained")
    encoder = Encoder(tokenizer)
    for stage in STAGES:
        if not (out_dir / f"{stage}.npz").exists():
            progress(f"packed {stage}: {build_blocks(plan, out_dir, encoder, stage)}")
    return encoder


def finish(
    plan: Recipe, out_dir: Path, encoder: Encoder, progress: Callable[[str], None]
) -> tuple[Path | None, dict[str, Any]]:
    """Export, quantise, compare and talk; returns the q8_0 file and the figures."""
    from psylite_desktop.forge.gguf_export import write_gguf

    full = out_dir / f"{plan.name}-f16.gguf"
    size = write_gguf(out_dir / "model.pt", encoder.path, full, name=plan.name)
    figures: dict[str, Any] = {"bytes": {"f16": size}}
    if importlib.util.find_spec("llama_cpp") is None:
        progress("llama-cpp-python is not installed: not quantised, not checked")
        return None, figures
    from psylite_desktop.engine.quantization import quantize
    from psylite_desktop.forge.parity import check_parity

    rows = full_rows(out_dir)
    lines = [turn.user for d in load_clean(out_dir)[:200] for turn in d.turns[:1]]
    figures["parity"] = {}
    for kind in ("q8_0", "q4_k_m"):
        path = out_dir / f"{plan.name}-{kind}.gguf"
        figures["bytes"][kind] = quantize(full, path, kind)
        parity = check_parity(out_dir / "model.pt", path, encoder.tokenizer, rows, lines)
        figures["parity"][kind] = dataclasses.asdict(parity)
        progress(f"{kind}: same top token {parity.same_top:.4f}, {parity.perplexity_change:+.4%}")
    best = out_dir / f"{plan.name}-q8_0.gguf"
    figures["samples"] = talk(best, encoder, seed=plan.seed)
    return best, figures


def full_rows(out_dir: Path, count: int = 6) -> Any:
    """Up to `count` validation rows as ids [rows, length], cut to a length that none pads."""
    import numpy as np

    with np.load(out_dir / "validation.npz") as stored:
        ids, parts = stored["ids"], stored["parts"]
    order = np.argsort((parts < 0).sum(axis=1), kind="stable")[:count]
    length = int((parts[order] >= 0).sum(axis=1).min())
    return ids[order, : min(length, ids.shape[1] - 1)].astype(np.int64)


def talk(gguf_path: Path, encoder: Encoder, *, seed: int, tokens: int = 90) -> list[dict[str, str]]:
    """One reply to each opening of openings.json, sampled as the program does, unedited."""
    from psylite_desktop.engine.quantization import open_wrapper

    model = open_wrapper(gguf_path)
    found = []
    for number, opening in enumerate(json.loads(OPENINGS.read_text("utf-8"))):
        prompt = encoder.prompt(opening["user"], opening.get("note"))
        reply: list[int] = []
        # sampling: temperature 0.7, top-p 0.9, repetition penalty 1.1
        model.reset()
        model.set_seed(seed + number)
        for token in model.generate(prompt, temp=0.7, top_p=0.9, top_k=40, repeat_penalty=1.1):
            if token in (encoder.end, encoder.end_of_document) or len(reply) >= tokens:
                break
            reply.append(token)
        found.append({**opening, "reply": encoder.decode(reply)})
    return found
