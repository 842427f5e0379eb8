"""Moments: small things that people tell in the middle of a talk, and what can be said to them.

A promise not kept, two plates set out again: they occur whatever a talk is about. A moment is
taken as told where patterns hear it and search finds it near; each has a few sentences that fit
wherever it is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import MomentItem, MomentsFile
from psylite_desktop.content.words import Words

CORPUS = "moments"
HEARD_MOST = 600
"""Characters of a message that are listened to: a long letter tells many things at once."""
_GAP = re.compile(r"\{~(\d+)\}")
_WITHIN = r"[^。!?\\n]{0,\1}"


@dataclass(frozen=True)
class Moment:
    """One moment: `title` names it, `says` are answers; a `glad` one suits light talk."""

    item: MomentItem

    @property
    def id(self) -> str:
        """Its name in both languages."""
        return self.item.id

    @property
    def title(self) -> str:
        """What was heard, in a few words."""
        return self.item.title

    @property
    def says(self) -> tuple[str, ...]:
        """Answers, any of which fits."""
        return self.item.say

    @property
    def glad(self) -> bool:
        """Whether it suits light talk."""
        return self.item.glad

    @property
    def asked(self) -> bool:
        """Whether it also answers somebody who asks what to do."""
        return self.item.asked

    def is_in(self, folded: str) -> bool:
        """Whether its patterns hear it in a folded text; without any, nothing does."""
        return self._words is not None and self._words.search(folded) is not None

    @cached_property
    def _words(self) -> Words | None:
        """Compiled when it first comes near: few of them ever do in one sitting."""
        if not self.item.found:
            return None
        never = _joined(self.item.never) if self.item.never else None
        return Words(_joined(self.item.found), never)


class Moments:
    """All moments of one language, by their ids."""

    def __init__(self, moments: Mapping[str, Moment]) -> None:
        """Use `load`."""
        self._moments = dict(moments)

    @classmethod
    def load(cls, assets_dir: Path, lang: str) -> Moments:
        """Read corpora/moments/LANG. Raises InputError("content_invalid")."""
        found: dict[str, Moment] = {}
        for path in sorted((assets_dir / "corpora" / CORPUS / lang).glob("*.toml")):
            for item in read_toml(path, MomentsFile).passage:
                if item.id in found:
                    raise invalid(path, where=item.id, reason="id twice")
                found[item.id] = Moment(item)
        return cls(found)

    @property
    def all(self) -> tuple[Moment, ...]:
        """In the order of the files."""
        return tuple(self._moments.values())

    def told(self, text: str, near: Sequence[str]) -> list[Moment]:
        """Moments of the ids in `near` that a message tells by its words too, in that order.

        Neither sign alone is enough (model_store/embedder/README.md has figures). A glad one must
        be nearest of all: a glad answer to something sad hurts more than one that passes a joy by.
        """
        folded = fold(text[:HEARD_MOST])
        moments = [self._moments[name] for name in near if name in self._moments]
        return [
            one
            for place, one in enumerate(moments)
            if (place == 0 or not one.glad) and one.is_in(folded)
        ]


def fold(text: str) -> str:
    """NFKC, lower case, plain apostrophes: what patterns are written for."""
    return unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")


def _joined(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern of many; `{~12}` is a gap of up to 12 characters within a sentence."""
    return re.compile("|".join(_GAP.sub(_WITHIN, pattern) for pattern in patterns))
