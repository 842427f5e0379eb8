"""The closing service over a fake vault, with the shipped words and without the safety rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from psylite_desktop.content.closing import ClosingTexts
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.closing import ClosingService, Sketcher
from tests.fakes.memory_vault import MemoryVault

ASSETS = Path(__file__).parents[2] / "assets"


@cache
def _sketcher() -> Sketcher:
    return Sketcher(
        texts=ClosingTexts.load(ASSETS),
        situations=GuidedReplies.load(ASSETS),
        moves=Moves.load(ASSETS),
        quoting=Quoting.load(ASSETS),
        is_safe=lambda text: "level" not in text,
    )


def make_closing(vault: MemoryVault, screening: Any, *, language: str = "en") -> ClosingService:
    """`screening` says where the person stands."""
    return ClosingService(
        store=vault.endings,
        conversations=vault.conversations,
        sketcher=_sketcher(),
        level=lambda: screening.state.level,
        language=lambda: language,
        clock=Clock(),
    )
