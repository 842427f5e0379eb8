"""How people ask for something light, Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import HumorFile

LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True)
class _Wish:
    never: re.Pattern[str]
    asked: re.Pattern[str]
    query: str


class HumorWords:
    """Recognises a wish for something light."""

    def __init__(self, wishes: Mapping[str, _Wish]) -> None:
        """`wishes` is keyed by language."""
        self._wishes = dict(wishes)

    @classmethod
    def load(cls, assets_dir: Path) -> HumorWords:
        """Read content/{zh,en}/humor.toml. Raises InputError("content_invalid")."""
        wishes = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "humor.toml"
            wish = read_toml(path, HumorFile).wish
            try:
                never, asked = ("|".join(part) for part in (wish.never, wish.asked))
                wishes[lang] = _Wish(re.compile(never), re.compile(asked), wish.query)
            except re.error as error:
                raise invalid(path, where="wish", reason=str(error)) from None
        return cls(wishes)

    def asks(self, text: str, lang: str) -> bool:
        """Whether the text asks for something light."""
        lowered = text.lower().replace("\u2019", "'")
        wish = self._wishes[lang]
        return wish.never.search(lowered) is None and wish.asked.search(lowered) is not None

    def query(self, lang: str) -> str:
        """What to search with where the person's own words name no topic."""
        return self._wishes[lang].query
