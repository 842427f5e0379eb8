"""One LanceDB table a corpus, built once and read-only afterwards.

A table lives in `<store>/<corpus>-<version>/`, where the version is a hash of the corpus files
and the embedder: when either changes, another folder is built and the old one removed. Building
happens in a folder of its own that is renamed at the end, so a crash leaves nothing half-made. A
list of files with their hashes shows damage when the folder is opened; then it is built again.
It holds places and vectors of shipped passages, no text at all; queries are never stored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from psylite_desktop.retrieval.corpora import Corpus
from psylite_desktop.retrieval.embedder import Embedder, Floats
from psylite_desktop.retrieval.exact import passage_vectors

LAYOUT = "3"
"""Raise when the columns or the folder's shape change."""
TABLE = "passages"
MANIFEST = "manifest.json"
_BUILDING = ".building-"


class LanceIndex:
    """An open table of one corpus."""

    def __init__(self, table: Any) -> None:
        """`table` is an open LanceDB table with the columns of `build`."""
        self._table = table

    def nearest(self, vector: Floats, *, lang: str, limit: int) -> list[tuple[int, float]]:
        """See `VectorIndex.nearest`. `lang` must be a plain tag such as zh."""
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

    def close(self) -> None:
        """Let go of the table."""
        self._table = None


def open_index(corpus: Corpus, embedder: Embedder, store_dir: Path) -> tuple[LanceIndex, bool]:
    """Open the corpus's table, building it where it is missing, stale or damaged.

    Returns the index and whether it was built now. Raises OSError, ImportError or an error of
    LanceDB; the caller then searches with NumPy.
    """
    folder = store_dir / f"{corpus.name}-{version_of(corpus, embedder)}"
    built = False
    if not is_whole(folder):
        _discard(folder)
        build(corpus, embedder, folder)
        built = True
    table = _connect(folder).open_table(TABLE)
    if table.count_rows() != len(corpus.passages):
        raise OSError("row count differs")
    _remove_others(corpus.name, keep=folder)
    return LanceIndex(table), built


def version_of(corpus: Corpus, embedder: Embedder) -> str:
    """Sixteen hexadecimal digits over layout, corpus and embedder."""
    mark = f"{LAYOUT} {corpus.digest} {embedder.digest}"
    return hashlib.sha256(mark.encode()).hexdigest()[:16]


def build(corpus: Corpus, embedder: Embedder, folder: Path) -> None:
    """Build a table and move it to `folder`, which must not exist, in one step."""
    building = folder.with_name(f"{_BUILDING}{os.getpid()}-{folder.name}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    vectors = passage_vectors(corpus, embedder)
    rows = [
        {
            "place": place,
            "lang": passage.lang,
            "vector": vector,
        }
        for place, (passage, vector) in enumerate(zip(corpus.passages, vectors, strict=True))
    ]
    _connect(building).create_table(TABLE, data=rows)
    (building / MANIFEST).write_text(json.dumps(_hashes(building)), encoding="utf-8")
    try:
        building.rename(folder)
    except OSError:
        # Another process was faster; its folder is as good if it is whole.
        shutil.rmtree(building, ignore_errors=True)
        if not is_whole(folder):
            raise


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
    """Remove older versions of a corpus and what a crash left behind."""
    with contextlib.suppress(OSError):
        for path in keep.parent.iterdir():
            stale = path.name.startswith(f"{name}-") and path != keep
            left_behind = path.name.startswith(_BUILDING) and f"-{name}-" in path.name
            if stale or left_behind:
                shutil.rmtree(path, ignore_errors=True)
