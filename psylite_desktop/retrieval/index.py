"""One LanceDB table for a set of vectors, built once and read-only afterwards.

A table lives in `<store>/<name>-<version>/`, where the version is a hash of what the vectors come
from (corpus files and embedder): when it changes, another folder is built and the old one removed.
Building
happens in a folder of its own that is renamed at the end, so a crash leaves nothing half-made. A
list of files with their hashes shows damage when the folder is opened; then it is built again.
It holds places, vectors and search terms of shipped passages; queries are never stored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.retrieval.corpora import Corpus
from psylite_desktop.retrieval.embedder import Embedder, Floats
from psylite_desktop.retrieval.exact import PassageSearch, corpus_terms, passage_vectors
from psylite_desktop.retrieval.extract import FILE, SMALL, copy_out, read_rows

LAYOUT = "5"
"""Raise when the columns or the folder's shape change."""
TABLE = "passages"
TERMS = "terms"
MANIFEST = "manifest.json"
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a table is built from.

    `mark` differs where the content does; `langs` is the language of each row; `vectors` gives
    (rows, dimensions) and is called only to build.
    """

    name: str
    mark: str
    langs: tuple[str, ...]
    vectors: Callable[[], Floats]
    terms: tuple[str, ...] = ()
    """The search terms of each row, separated by spaces; none for vectors alone."""

    @classmethod
    def of_corpus(
        cls,
        corpus: Corpus,
        embedder: Embedder,
        build_with: Callable[[], Embedder] | None = None,
    ) -> Shelf:
        """The passages of a corpus in their order.

        `build_with` gives the embedder for the vectors, where that is loaded only to build.
        """
        return cls(
            corpus.name,
            f"{corpus.digest} {embedder.digest}",
            tuple(passage.lang for passage in corpus.passages),
            lambda: passage_vectors(corpus, build_with() if build_with else embedder),
            tuple(" ".join(row) for row in corpus_terms(corpus)),
        )

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits over layout and content."""
        return hashlib.sha256(f"{LAYOUT} {self.mark}".encode()).hexdigest()[:16]


class LanceIndex:
    """An open table."""

    def __init__(self, table: Any) -> None:
        """`table` is an open LanceDB table with the columns of `build`."""
        self._table = table

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `PassageSearch.nearest`. `lang` must be a plain tag such as zh."""
        if not lang.isalpha():
            return []
        rows = (
            self._table.search(vector)
            .distance_type("cosine")
            .where(f"lang = '{lang}'", prefilter=True)
            .select(["place", "_distance"])
            .limit(limit)
            .to_list()
        )
        return [(int(row["place"]), 1.0 - float(row["_distance"])) for row in rows]

    def matching(self, words: Sequence[str], *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `PassageSearch.matching`."""
        if not lang.isalpha() or not words:
            return []
        rows = (
            self._table.search(" ".join(dict.fromkeys(words)), query_type="fts", fts_columns=TERMS)
            .where(f"lang = '{lang}'", prefilter=True)
            .select(["place", "_score"])
            .limit(limit)
            .to_list()
        )
        return [(int(row["place"]), float(row["_score"])) for row in rows]

    def close(self) -> None:
        """Let go of the table."""
        self._table = None


def open_stored(shelf: Shelf, store_dir: Path, *, small: int = SMALL) -> tuple[PassageSearch, bool]:
    """The rows of a table of at most `small` rows in memory, else the open table.

    LanceDB is imported to build a table and to search a large one. Returns the index and whether
    it was built now; raises as `open_index`.
    """
    folder = store_dir / f"{shelf.name}-{shelf.version}"
    if len(shelf.langs) > small:
        return open_index(shelf, store_dir)
    built = False
    if is_whole(folder):
        _remove_others(shelf.name, keep=folder)
    else:
        index, built = open_index(shelf, store_dir)
        index.close()
    rows = read_rows(folder / FILE)
    if len(rows) != len(shelf.langs):
        raise OSError("row count differs")
    return rows, built


def open_index(shelf: Shelf, store_dir: Path) -> tuple[LanceIndex, bool]:
    """Open a table, building it where it is missing, stale or damaged.

    Returns the index and whether it was built now. Raises OSError, ImportError or an error of
    LanceDB; the caller then searches with NumPy.
    """
    folder = store_dir / f"{shelf.name}-{shelf.version}"
    built = False
    if not is_whole(folder):
        _discard(folder)
        build(shelf, folder)
        built = True
    table = _connect(folder).open_table(TABLE)
    if table.count_rows() != len(shelf.langs):
        raise OSError("row count differs")
    _remove_others(shelf.name, keep=folder)
    return LanceIndex(table), built


def build(shelf: Shelf, folder: Path) -> None:
    """Build a table and move it to `folder`, which must not exist, in one step."""
    building = folder.with_name(f"{_BUILDING}{os.getpid()}-{folder.name}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    rows = [
        {"place": place, "lang": lang, "vector": vector}
        for place, (lang, vector) in enumerate(zip(shelf.langs, shelf.vectors(), strict=True))
    ]
    if shelf.terms:
        rows = [{**row, TERMS: terms} for row, terms in zip(rows, shelf.terms, strict=True)]
    table = _connect(building).create_table(TABLE, data=rows)
    if shelf.terms:
        _index_terms(table)
    if len(rows) <= SMALL:
        copy_out(table, building / FILE)
    (building / MANIFEST).write_text(json.dumps(_hashes(building)), encoding="utf-8")
    try:
        building.rename(folder)
    except OSError:
        # Another process was faster; its folder is as good if it is whole.
        shutil.rmtree(building, ignore_errors=True)
        if not is_whole(folder):
            raise


def _index_terms(table: Any) -> None:
    """Full-text search over terms that are cut already: nothing may be cut, stemmed or left out."""
    from lancedb.index import FTS

    config = FTS(
        base_tokenizer="whitespace",
        lower_case=False,
        stem=False,
        remove_stop_words=False,
        ascii_folding=False,
        max_token_length=None,
    )
    table.create_index(TERMS, config=config)


def is_whole(folder: Path) -> bool:
    """True if the folder holds exactly the files that were built, byte for byte."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return bool(listed == _hashes(folder))
    except (OSError, ValueError):
        return False


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def _connect(folder: Path) -> Any:
    import lancedb

    return lancedb.connect(str(folder))


def _discard(folder: Path) -> None:
    """Remove a damaged folder; renamed first, so that it is never found half-removed."""
    if folder.exists():
        doomed = folder.with_name(f"{_BUILDING}{os.getpid()}-old-{folder.name}")
        shutil.rmtree(doomed, ignore_errors=True)
        folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def _remove_others(name: str, *, keep: Path) -> None:
    """Remove older versions of a table and what a crash left behind."""
    with contextlib.suppress(OSError):
        for path in keep.parent.iterdir():
            stale = path.name.startswith(f"{name}-") and path != keep
            left_behind = path.name.startswith(_BUILDING) and f"-{name}-" in path.name
            if stale or left_behind:
                shutil.rmtree(path, ignore_errors=True)
