"""Asking a language model until its answer is fit, and keeping what was made so that work goes on.

For texts that are made many at a time through any GGUF file: what does not pass a check is asked
for again, then given up, counted and named.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.ports import Sampling, TextModel, Turn
from psylite_desktop.forge.datasets import read_raw

T = TypeVar("T")


class UnfitError(ValueError):
    """An answer that fails a check; the message is the check's name."""


class GivenUpError(ValueError):
    """No answer passed. `stage` and `reason` say where and why the last one failed."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(f"{stage}: {reason}")
        self.stage, self.reason = stage, reason


class StoppedError(Exception):
    """The person stopped the work."""


class Asker:
    """Asks a model; `counts` tells how often each check failed, by "stage reason"."""

    def __init__(
        self,
        model: TextModel,
        *,
        seed: int,
        tries: int = 3,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._model, self._tries, self._seed = model, tries, seed
        self._cancelled = cancelled
        self.counts: Counter[str] = Counter()

    def ask(
        self, stage: str, turns: Sequence[Turn], sampling: Sampling, fit: Callable[[str], T]
    ) -> T:
        """The first answer that `fit` can read; it raises UnfitError for one that it cannot.

        Raises GivenUpError, StoppedError, and EngineError unless it is that the question is too
        long.
        """
        reason = ""
        for attempt in range(self._tries):
            text = self._answer(stage, turns, replace(sampling, seed=self._seed + attempt))
            self.counts[f"{stage} asked"] += 1
            try:
                return fit(text)
            except UnfitError as error:
                reason = str(error)
                self.counts[f"{stage} {reason}"] += 1
        raise GivenUpError(stage, reason)

    def _answer(self, stage: str, turns: Sequence[Turn], sampling: Sampling) -> str:
        try:
            steps = list(self._model.generate(turns, sampling, self._cancelled))
        except EngineError as error:
            if error.code != "engine_context_full":
                raise
            self.counts[f"{stage} too_long_to_ask"] += 1
            raise GivenUpError(stage, "too_long_to_ask") from None
        if self._cancelled():
            raise StoppedError
        return "".join(step.text for step in steps).strip()


@dataclass(frozen=True, slots=True)
class _Files:
    made: Path
    rejected: Path
    report: Path


class MadeRows:
    """A JSON lines file that grows a row at a time; work that is begun again skips what is there.

    Beside FILE: FILE with `.rejected.jsonl` (id, stage, reason) and with `.report.json`.
    """

    def __init__(self, target: Path) -> None:
        """Read which ids are done. Raises OSError."""
        stem = target.name.removesuffix(".jsonl")
        self._files = _Files(
            target,
            target.with_name(f"{stem}.rejected.jsonl"),
            target.with_name(f"{stem}.report.json"),
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        self.made, self.rejected = (
            {str(row["id"]) for row in _whole_rows(path)}
            for path in (self._files.made, self._files.rejected)
        )

    def has(self, identity: str) -> bool:
        """It was made or rejected before."""
        return identity in self.made or identity in self.rejected

    def add(self, row: dict[str, Any]) -> None:
        """Keep a row; it is on the disk when this returns. Raises OSError."""
        self._append(self._files.made, row)
        self.made.add(str(row["id"]))

    def reject(self, identity: str, error: GivenUpError) -> None:
        """Keep that nothing came of it, and why. Raises OSError."""
        row = {"id": identity, "stage": error.stage, "reason": error.reason}
        self._append(self._files.rejected, row)
        self.rejected.add(identity)

    def report(self, about: dict[str, Any], counts: Counter[str]) -> dict[str, Any]:
        """Write and return what there is: rows by outcome, checks that failed over all calls."""
        path = self._files.report
        before = json.loads(path.read_text("utf-8")).get("asked", {}) if path.exists() else {}
        reasons = Counter(
            f"{row['stage']} {row['reason']}" for row in _whole_rows(self._files.rejected)
        )
        found = {
            **about,
            "made": len(self.made),
            "rejected": len(self.rejected),
            "rejected_by": dict(reasons.most_common()),
            "asked": dict((Counter(before) + counts).most_common()),
        }
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
        return found

    @staticmethod
    def _append(path: Path, row: dict[str, Any]) -> None:
        with path.open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(row, ensure_ascii=False) + "\n")


def _whole_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file; a last one that was cut off is taken away."""
    if not path.exists():
        return []
    data = path.read_bytes()
    end = data.rfind(b"\n") + 1
    if end < len(data):
        with path.open("r+b") as handle:
            handle.truncate(end)
    return list(read_raw(path))


def right_language(text: str, lang: str) -> bool:
    """Most of the letters of a text are of that language."""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    latin = sum(char.isascii() and char.isalpha() for char in text)
    # A Chinese character says about as much as three Latin letters.
    return chinese * 3 > latin if lang == "zh" else latin > chinese * 3 and chinese <= 2


def language_of(text: str) -> str:
    """The language of a text, zh or en."""
    return "zh" if right_language(text, "zh") else "en"
