"""The labelled utterances: enough of them, by many hands, and no two nearly alike."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
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


def nearly_alike(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The ids of any two of a language and kind that share more than `LIKENESS` of their grams.

    Two sets that are so alike share one of the rarest grams of each, of which a part is enough:
    with the common ones, every text would be compared with every other. Where that gram stands
    tells how many they can share at most (prefix and positional filters of set joins).
    """
    sets = [grams(row["text"]) for row in rows]
    common = Counter(gram for mine in sets for gram in mine)
    rank = {gram: at for at, gram in enumerate(sorted(common, key=lambda one: (common[one], one)))}
    ranked = [sorted(map(rank.__getitem__, mine)) for mine in sets]
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in sorted(range(len(rows)), key=lambda at: len(ranked[at])):
        kinds[rows[at]["id"][:2], rows[at]["kind"]].append(at)
    shared = LIKENESS / (1 + LIKENESS)
    alike = []
    for members in kinds.values():
        seen: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for at in members:
            size = len(ranked[at])
            near = {
                other
                for place, gram in enumerate(ranked[at][: size - math.ceil(LIKENESS * size) + 1])
                for other, left, long in seen.get(gram, ())
                if long >= LIKENESS * size and min(size - place, left) >= shared * (size + long)
            }
            for other in near:
                both = len(sets[at] & sets[other])
                if both / (size + len(sets[other]) - both) > LIKENESS:
                    alike.append((rows[other]["id"], rows[at]["id"]))
            # What comes later is as long or longer: then fewer of these are enough.
            kept = size - math.ceil(2 * shared * size) + 1
            for place, gram in enumerate(ranked[at][:kept]):
                seen[gram].append((at, size - place, size))
    return alike


def test_what_is_nearly_alike_is_found() -> None:
    rows = [
        {"id": "en-1", "kind": "none", "text": "i walked the dog along the river in the evening"},
        {"id": "en-2", "kind": "none", "text": "i walked the cat along the river in the evening"},
        {"id": "en-3", "kind": "abuse", "text": "i walked the dog along the river in the evening"},
        {"id": "zh-1", "kind": "none", "text": "i walked the dog along the river in the evening"},
        {
            "id": "en-4",
            "kind": "none",
            "text": "the river was high, and in the evening we walked on",
        },
    ]
    assert nearly_alike(rows) == [("en-1", "en-2")]


def test_no_two_of_a_kind_are_nearly_alike() -> None:
    assert nearly_alike(ROWS) == []


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
