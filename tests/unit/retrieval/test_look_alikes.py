from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.retrieval.look_alikes import LABELS, VECTORS, LookAlikes

ENTRIES = [["zh-1", "zh", 2, "suicide"], ["zh-2", "zh", 0, "none"], ["en-1", "en", 3, "abuse"]]


def write(folder: Path) -> Path:
    body = np.array([[127, 0], [0, 127], [127, 0]], dtype=np.int8)
    (folder / VECTORS).write_bytes(body.tobytes())
    (folder / LABELS).write_text(json.dumps({"width": 2, "labels": ENTRIES}), "utf-8")
    return folder


@pytest.mark.parametrize("native", [False, True], ids=["numpy", "lancedb"])
def test_the_nearest_of_the_same_language_vote(tmp_path: Path, *, native: bool) -> None:
    store = tmp_path / "store" if native else None
    shelf = LookAlikes.load(write(tmp_path), digest="d", store_dir=store)
    vote = shelf.vote(np.array([1.0, 0.0], dtype=np.float32), "zh")
    assert vote.shares == pytest.approx((1.0, 1.0, 0.0), abs=1e-3)
    assert vote.nearest == ("zh-1",)
    calm = shelf.vote(np.array([0.0, 1.0], dtype=np.float32), "zh")
    assert calm.shares == pytest.approx((0.0, 0.0, 0.0), abs=1e-3)
    shelf.close()


def test_labels_and_vectors_that_do_not_fit_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / VECTORS).write_bytes(b"12345")
    with pytest.raises(EngineError, match="listen_failed"):
        LookAlikes.load(tmp_path, digest="d", store_dir=None)
