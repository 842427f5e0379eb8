"""`python -m psylite_desktop.forge pack|gpu|join|parity|nano|adapt …`: model making without click.

These commands need the standard library, and those that train need torch, numpy and tokenizers:
they run out of a checkout on a machine where nothing of this project is installed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from psylite_desktop.forge.pipeline import recipe_path

ASSETS = Path(__file__).resolve().parents[2] / "assets"
WORK = Path(tempfile.gettempdir()) / "psylite-forge"


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status, 3 for training that can go on with --resume."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] and given[0].startswith("--") and given[0] != "--help":
        given.insert(0, "nano")
    chosen = _parser().parse_args(given)
    try:
        return int(chosen.run(chosen))
    except (OSError, ValueError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m psylite_desktop.forge")
    commands = parser.add_subparsers(
        required=True, metavar="pack|gpu|join|parity|nano|adapt|internlm2"
    )
    nano = commands.add_parser("nano", help="data to GGUF on a CPU, in one go")
    nano.set_defaults(run=_nano)
    nano.add_argument("--preset", default="nano-cpu", help="a recipe in model_store/recipes")
    nano.add_argument("--data", type=Path, required=True, help="folder with the dialogue files")
    nano.add_argument("--out", type=Path, required=True, help="folder for everything that is made")
    nano.add_argument("--minutes", type=float, default=55.0, help="time for training")
    nano.add_argument("--seed", type=int, default=None, help="instead of the recipe's seed")
    pack = commands.add_parser("pack", help="clean the data and pack it for a GPU machine")
    pack.set_defaults(run=_pack)
    pack.add_argument("--preset", default="nano-gpu")
    pack.add_argument("--data", type=Path, required=True)
    pack.add_argument("--out", type=Path, required=True)
    gpu = commands.add_parser("gpu", help="train on a pack in three stages, export in parts")
    gpu.set_defaults(run=_gpu)
    gpu.add_argument("--preset", default="nano-gpu")
    gpu.add_argument("--pack", type=Path, required=True)
    gpu.add_argument("--out", type=Path, required=True, help="folder for what is carried back")
    gpu.add_argument("--work", type=Path, default=WORK, help="folder for rows and checkpoints")
    gpu.add_argument("--minutes", type=float, default=9.0, help="limit of this call")
    gpu.add_argument("--plan-minutes", type=float, help="limit of all calls together")
    gpu.add_argument("--resume", action="store_true", help="go on where a call stopped")
    gpu.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    join = commands.add_parser("join", help="check the parts of a model and join them")
    join.set_defaults(run=_join)
    join.add_argument("folder", type=Path)
    join.add_argument("--out", type=Path, required=True)
    parity = commands.add_parser("parity", help="compare a GGUF file with its checkpoint's answers")
    parity.set_defaults(run=_parity)
    parity.add_argument("gguf", type=Path)
    parity.add_argument("--reference", type=Path, required=True)
    _add_bases(commands)
    return parser


def _add_bases(commands: Any) -> None:
    adapt = commands.add_parser("adapt", help="fine-tune a published model with LoRA, export")
    adapt.set_defaults(run=_adapt)
    adapt.add_argument("--preset", required=True, help="a recipe such as adapt-qwen3-4b")
    adapt.add_argument("--base", type=Path, required=True, help="folder of the base model")
    adapt.add_argument("--data", type=Path, required=True)
    adapt.add_argument("--out", type=Path, required=True)
    adapt.add_argument("--minutes", type=float, default=600.0, help="of training, over all calls")
    adapt.add_argument("--converter", type=Path, help="llama.cpp's convert_hf_to_gguf.py")
    adapt.add_argument("--device", default="", choices=["", "cpu", "cuda"])
    internlm2 = commands.add_parser("internlm2", help="write an InternLM2 folder as a Llama one")
    internlm2.set_defaults(run=_internlm2)
    internlm2.add_argument("source", type=Path)
    internlm2.add_argument("--out", type=Path, required=True)


def _say(line: str) -> None:
    print(line, flush=True)


def _nano(chosen: argparse.Namespace) -> int:
    from psylite_desktop.forge.pipeline import run_nano

    recipe = recipe_path(chosen.preset)
    result = run_nano(recipe, chosen.data, chosen.out, chosen.minutes, chosen.seed, _say)
    print(result.gguf or result.folder)
    return 0


def _pack(chosen: argparse.Namespace) -> int:
    from psylite_desktop.forge.gpu_recipe import read_gpu_recipe
    from psylite_desktop.forge.packing import make_pack

    make_pack(read_gpu_recipe(recipe_path(chosen.preset)), chosen.data, chosen.out, _say)
    return 0


def _gpu(chosen: argparse.Namespace) -> int:
    begun = time.monotonic()
    from dataclasses import replace

    from psylite_desktop.forge.gpu import Limits, run_gpu
    from psylite_desktop.forge.gpu_recipe import read_gpu_recipe

    recipe = read_gpu_recipe(recipe_path(chosen.preset))
    if chosen.no_compile:
        recipe = replace(recipe, run=replace(recipe.run, compile=False))
    report = run_gpu(
        recipe,
        chosen.pack,
        chosen.out,
        chosen.work,
        limits=Limits(chosen.minutes, chosen.plan_minutes or chosen.minutes, begun),
        resume=chosen.resume,
        say=_say,
    )
    return 0 if report["complete"] else 3


def _join(chosen: argparse.Namespace) -> int:
    from psylite_desktop.forge.parts import join_parts

    print(f"{chosen.out}: {join_parts(chosen.folder, chosen.out)} bytes")
    return 0


def _parity(chosen: argparse.Namespace) -> int:
    from psylite_desktop.forge.parity import check_reference

    found = check_reference(chosen.gguf, chosen.reference)
    print(
        f"same top token {found.same_top:.4f} of {found.places}, perplexity"
        f" {found.perplexity_change:+.4%}, tokenizer {found.tokenizer_same} of"
        f" {found.tokenizer_lines} lines"
    )
    right = abs(found.perplexity_change) <= 0.01 and found.tokenizer_same == found.tokenizer_lines
    return 0 if right else 1


def _adapt(chosen: argparse.Namespace) -> int:
    import tomllib

    from psylite_desktop.forge.adapt.recipe import read_adapt_recipe
    from psylite_desktop.forge.adapt.run import Order, run_adapt

    systems = []
    for lang in ("zh", "en"):
        path = ASSETS / "content" / lang / "prompts.toml"
        prompts = tomllib.loads(path.read_text("utf-8"))
        systems.append((lang, prompts["system"]["companion"].strip()))
    order = Order(chosen.minutes, chosen.converter, tuple(systems), chosen.device)
    recipe = read_adapt_recipe(recipe_path(chosen.preset))
    report = run_adapt(recipe, chosen.base, chosen.data, chosen.out, order, _say)
    return 0 if report["complete"] else 3


def _internlm2(chosen: argparse.Namespace) -> int:
    from psylite_desktop.forge.adapt.base_model import convert_folder

    shape = convert_folder(chosen.source, chosen.out, progress=lambda done: _say(f"{done:4.0%}"))
    print(f"{chosen.out}: Llama, {shape.layers} layers, width {shape.width}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
