"""Short articles by id, for whoever leads to one without a search."""

from __future__ import annotations

import threading
from pathlib import Path

from psylite_desktop.domain.passage import Passage
from psylite_desktop.retrieval.corpora import read_corpus

CORPUS = "articles"


class Articles:
    """The article library; read when it is first asked for, and kept. Safe from any thread."""

    def __init__(self, assets_dir: Path) -> None:
        self._assets = assets_dir
        self._found: dict[tuple[str, str], Passage] | None = None
        self._lock = threading.Lock()

    def find(self, article_id: str, lang: str) -> Passage | None:
        """One article; None where there is none. Raises InputError the first time."""
        with self._lock:
            if self._found is None:
                passages = read_corpus(self._assets, CORPUS).passages
                self._found = {(one.id, one.lang): one for one in passages}
            return self._found.get((article_id, lang))
