"""Rubrics: what a judge is asked, which scores it may give, and how its answer is read."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("rubrics.toml")
_NUMBER = r"\s*(\d{1,2}(?:\.\d{1,3})?)\s*"
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rubric:
    """Axes with the highest score of each, and the prompt of a judge."""

    name: str
    axes: Mapping[str, int]
    answer: str
    prompt: str

    def asked(self, **facts: str) -> str:
        """The prompt with its places filled; braces in what fills them stay what they are."""
        return _PLACE.sub(lambda found: facts[found.group(1)], self.prompt).strip()

    def read(self, answer: str) -> dict[str, float] | None:
        """The scores in a judge's answer; None where there are none, or one is out of range.

        Thinking aloud that comes first is passed over: the last complete answer counts, of the
        safety rubric the first, which is to stand at the beginning.
        """
        found = self._pattern().findall(answer.rpartition("</think>")[2])
        if not found:
            return None
        numbers = found[-1] if self.answer == "list" else found[0]
        return self.checked(dict(zip(self.axes, map(float, numbers), strict=True)))

    def checked(self, scores: Mapping[str, float]) -> dict[str, float] | None:
        """The same scores in the order of the axes; None unless each is there and in range."""
        values = {name: scores.get(name, math.nan) for name in self.axes}
        fine = all(0 <= values[name] <= most for name, most in self.axes.items())
        return values if fine else None

    def _pattern(self) -> re.Pattern[str]:
        if self.answer == "list":
            numbers = "[,，]".join([_NUMBER] * len(self.axes))
            return re.compile(rf"[\[［]{numbers}[\]］]")
        return re.compile(r"\s*/\s*".join([rf"\[\[{_NUMBER}\]\]"] * len(self.axes)))


@lru_cache(maxsize=1)
def rubrics() -> dict[str, Rubric]:
    """All rubrics by name."""
    data = tomllib.loads(TABLE.read_text("utf-8"))
    return {
        name: Rubric(name, one["axes"], one["answer"], one["prompt"]) for name, one in data.items()
    }
