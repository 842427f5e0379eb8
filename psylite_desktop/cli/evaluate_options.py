"""Options that the commands of `psylite evaluate` share."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(exists=True, path_type=Path)

out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Write report.md, report.json and what belongs to them into this folder.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
anyway_option = click.option(
    "--load-anyway", is_flag=True, help="Load a model even if it does not fit the memory."
)
judge_option = click.option(
    "--judge", default=None, help="A GGUF file or a catalogue id that scores the replies."
)
scores_option = click.option(
    "--scores",
    "score_files",
    multiple=True,
    type=FILE,
    help="Read filled-in files for judges instead of making replies; may be given again.",
)
model_option = click.option(
    "--model",
    default=None,
    help="A GGUF file or a catalogue id that replies; without it: replies written beforehand.",
)
