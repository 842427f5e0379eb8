"""Rows of a small table, read without LanceDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from psylite_desktop.retrieval.exact import ExactIndex
from psylite_desktop.retrieval.extract import FILE, copy_out, read_rows

VECTORS = np.asarray([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
LANGS = ("zh", "en", "en")
TERMS = ("失眠 夜里", "", "sleep night night")


class Table:
    """What is asked of a LanceDB table; its rows come in any order."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows

    def to_arrow(self) -> Table:
        return self

    def to_pylist(self) -> list[dict[str, Any]]:
        return self._rows


def rows(*places: int) -> list[dict[str, Any]]:
    return [
        {"place": place, "lang": LANGS[place], "vector": VECTORS[place], "terms": TERMS[place]}
        for place in places
    ]


def test_rows_come_back_in_their_places_with_their_terms(tmp_path: Path) -> None:
    copy_out(Table(rows(2, 0, 1)), tmp_path / FILE)
    found = read_rows(tmp_path / FILE)
    plain = ExactIndex(VECTORS, LANGS, [row.split() for row in TERMS])
    assert len(found) == 3
    for lang in ("zh", "en", "fr"):
        some, other = (index.nearest(VECTORS[2], lang=lang, limit=5) for index in (found, plain))
        assert some == other
        words = ["sleep", "night", "失眠"]
        some, other = (index.matching(words, lang=lang, limit=5) for index in (found, plain))
        assert some == other


def test_a_table_of_vectors_alone_has_no_terms(tmp_path: Path) -> None:
    bare = [{name: row[name] for name in ("place", "lang", "vector")} for row in rows(0, 1)]
    copy_out(Table(bare), tmp_path / FILE)
    assert read_rows(tmp_path / FILE).matching(["night"], lang="en", limit=5) == []


def test_a_row_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    copy_out(Table(rows(0, 2)), tmp_path / FILE)
    with pytest.raises(ValueError, match="places"):
        read_rows(tmp_path / FILE)
