"""The labelled utterances: enough of them, by many hands, and no two nearly alike."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from psylite_desktop.domain.risk import Kind, Request, Who
from psylite_desktop.forge.risk import TEXTS
from psylite_desktop.forge.risk_texts import ASKED, ASKED_CORPUS, MINED, ask_mark
from psylite_desktop.retrieval.corpora import read_corpus

ROWS = [
    json.loads(line)
    for path in sorted(Path(TEXTS).glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
AUTHORS = json.loads((TEXTS / "authors.json").read_text("utf-8"))
LIKENESS = 0.4
ASSETS = Path(__file__).parents[2] / "assets"


def grams(text: str) -> frozenset[str]:
    """Character 5-grams of the letters of a text."""
    letters = re.sub(r"\W", "", text.lower())
    return frozenset(letters[at : at + 5] for at in range(max(1, len(letters) - 4)))


def test_there_are_enough_in_both_languages() -> None:
    count = Counter(row["id"][:2] for row in ROWS)
    assert count["zh"] >= 4000
    assert count["en"] >= 3000
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_about_half_are_hard_negatives_and_every_kind_and_level_is_there() -> None:
    for lang in ("zh", "en"):
        rows = [row for row in ROWS if row["id"].startswith(lang)]
        calm = sum(row["level"] == 0 for row in rows) / len(rows)
        assert 0.4 < calm < 0.6
        seen = Counter((row["kind"], row["level"]) for row in rows)
        for kind in Kind:
            if kind is not Kind.NONE:
                assert all(seen[kind.value, level] >= 10 for level in (1, 2, 3)), kind


@pytest.mark.parametrize("name", ["kind", "who", "request"])
def test_labels_are_known(name: str) -> None:
    allowed = {"kind": Kind, "who": Who, "request": Request}[name]
    assert {row[name] for row in ROWS} <= {one.value for one in allowed}
    assert all((row["level"] == 0) == (row["kind"] == "none") for row in ROWS)


def test_many_hands_with_a_brief_each() -> None:
    assert len(AUTHORS) >= 20
    assert all(len(brief) > 10 for brief in AUTHORS.values())
    named = {row["author"] for row in ROWS}
    assert set(AUTHORS) <= named
    # The first two files of a language were written before briefs were kept.
    first = re.compile("(?:zh|en)-[ab]-")
    assert {author for author in named if not first.match(author)} == set(AUTHORS)


def test_no_two_of_a_kind_are_nearly_alike() -> None:
    sets = [grams(row["text"]) for row in ROWS]
    common = Counter(gram for mine in sets for gram in mine)
    seen: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    alike = []
    for row, mine, at in zip(ROWS, sets, range(len(sets)), strict=True):
        # Two sets that are so alike share one of the rarest grams of each, of which these are
        # enough: with the common ones, every text would be compared with every other.
        rare = sorted(mine, key=lambda gram: (common[gram], gram))
        rare = rare[: len(mine) - math.ceil(LIKENESS * len(mine)) + 1]
        index = seen[row["id"][:2], row["kind"]]
        for other in {other for gram in rare for other in index.get(gram, ())}:
            both = len(mine & sets[other])
            if both / (len(mine) + len(sets[other]) - both) > LIKENESS:
                alike.append((ROWS[other]["id"], row["id"]))
        for gram in rare:
            index[gram].append(at)
    assert alike == []


def test_mined_turns_are_places_and_labels_only() -> None:
    lines = (TEXTS / MINED).read_text("utf-8").splitlines()
    assert len(lines) >= 3000
    form = re.compile(r"smile-\d+#\d+\t[0-3]\t(\w+)\t(self|other)")
    for line in lines:
        found = form.fullmatch(line)
        assert found, line
        assert found[1] in {kind.value for kind in Kind}


CALM = Path(TEXTS).parent / "calm"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_calm_messages_are_many_and_none_is_judged(lang: str) -> None:
    rows = [json.loads(line) for line in (CALM / f"{lang}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) >= 500
    assert len({row["text"] for row in rows}) == len(rows)
    judged = Path(__file__).parents[1] / "data" / "quiet" / f"{lang}.jsonl"
    told = {json.loads(line)["text"] for line in judged.read_text("utf-8").splitlines()}
    assert not told & {row["text"] for row in rows}


def test_labels_of_asks_belong_to_asks() -> None:
    corpus = read_corpus(ASSETS, ASKED_CORPUS)
    marks = {ask_mark(text) for asks in corpus.asks for text in asks}
    for line in (TEXTS / ASKED).read_text("utf-8").splitlines():
        mark, level, kind, who, request = line.split("\t")
        assert mark in marks, line
        assert level in {"1", "2", "3"}
        assert kind in {one.value for one in Kind}
        assert who in {one.value for one in Who}
        assert request in {one.value for one in Request}
