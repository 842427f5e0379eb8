"""The rows of a small table, copied out of LanceDB when the table is built and sealed with it.

LanceDB with its libraries takes some 150 MB of memory for as long as the process lives, and a
search over a few hundred rows takes NumPy a millisecond. So LanceDB builds and keeps every table,
answers for the large ones, and is not even imported where all rows fit in a file beside the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from psylite_desktop.retrieval.exact import ExactIndex

FILE = "rows.npz"
SMALL = 1_000
"""Rows up to which a table is read into memory: about 5 ms for a search."""


def copy_out(table: Any, target: Path) -> None:
    """Write the rows of an open LanceDB table, in the order of their places. Raises OSError."""
    rows = sorted(table.to_arrow().to_pylist(), key=lambda row: int(row["place"]))
    terms = "\n".join(row.get("terms", "") for row in rows)
    np.savez(
        target,
        place=np.asarray([row["place"] for row in rows], dtype=np.int32),
        lang=np.asarray([row["lang"] for row in rows]),
        vector=np.asarray([row["vector"] for row in rows], dtype=np.float32),
        terms=np.frombuffer(terms.encode("utf-8"), dtype=np.uint8),
    )


def read_rows(source: Path) -> ExactIndex:
    """The index over the rows of a file. Raises OSError, KeyError, ValueError."""
    with np.load(source, allow_pickle=False) as rows:
        langs = [str(lang) for lang in rows["lang"]]
        if list(rows["place"]) != list(range(len(langs))):
            raise ValueError("places are missing")
        terms = rows["terms"].tobytes().decode("utf-8").split("\n") if langs else []
        return ExactIndex(rows["vector"], langs, [row.split() for row in terms])
