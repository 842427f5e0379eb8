"""`python -m psylite_desktop.forge --preset nano-cpu --data DIR --out DIR --minutes N`."""

from __future__ import annotations

import argparse
from pathlib import Path

from psylite_desktop.forge.pipeline import recipe_path, run_nano


def main(arguments: list[str] | None = None) -> int:
    """Run a preset from the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m psylite_desktop.forge")
    parser.add_argument("--preset", default="nano-cpu", help="a recipe in model_store/recipes")
    parser.add_argument("--data", type=Path, required=True, help="folder with the dialogue files")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for everything that is made"
    )
    parser.add_argument("--minutes", type=float, default=55.0, help="time for training")
    parser.add_argument("--seed", type=int, default=None, help="instead of the recipe's seed")
    chosen = parser.parse_args(arguments)
    result = run_nano(
        recipe_path(chosen.preset),
        chosen.data,
        chosen.out,
        chosen.minutes,
        chosen.seed,
        lambda line: print(line, flush=True),
    )
    print(result.gguf or result.folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
