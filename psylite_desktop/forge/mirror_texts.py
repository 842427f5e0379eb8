"""Texts for the Mirror's models: labelled entries, and published posts that were labelled here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.services.mirror_cases import Case, parse_case

MINED = "mined.tsv"
MINED_FROM = ("smilechat.jsonl.xz", "counselchat.jsonl.gz")


def read_cases(path: Path) -> list[Case]:
    """The labelled entries of a file. Raises OSError and ValueError."""
    lines = path.read_text("utf-8").splitlines()
    return [parse_case(json.loads(line)) for line in lines if line.strip()]


def read_mined(data_dir: Path, texts_dir: Path) -> Iterator[Case]:
    """Posts of published dialogues, kept as place and labels.

    A place is `dialogue#turn,turn`: what one person says there, in one piece; a habit is
    `kind@start-end`. Raises OSError, and ValueError for a place that is not there.
    """
    wanted: dict[str, list[list[str]]] = {}
    for line in (texts_dir / MINED).read_text("utf-8").splitlines():
        row = line.split("\t")
        wanted.setdefault(row[0].partition("#")[0], []).append(row)
    for name in MINED_FROM:
        for raw in read_raw(data_dir / name):
            for row in wanted.pop(raw["id"], ()):
                yield _mined(row, [message["content"] for message in raw["messages"]])
    if wanted:
        raise ValueError(f"{MINED}: {len(wanted)} dialogues are not in the data: {min(wanted)}")


def is_mined(case: Case) -> bool:
    """Whether it is a published post: its id is a place."""
    return "#" in case.id


def _mined(row: list[str], turns: list[str]) -> Case:
    place, themes, tone, habits = row
    numbers = [int(one) for one in place.partition("#")[2].split(",")]
    text = "".join(turns[number] for number in numbers).strip()
    said = []
    for habit in filter(None, habits.split(",")):
        kind, _, span = habit.partition("@")
        start, _, end = span.partition("-")
        said.append({"kind": kind, "quote": text[int(start) : int(end)]})
    labels = {"themes": [one for one in themes.split(",") if one], "tone": int(tone)}
    return parse_case({"id": place, "text": text, "distortions": said} | labels)
