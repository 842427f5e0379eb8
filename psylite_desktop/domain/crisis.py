"""The crisis card: what stands on it, whatever surface shows it (window or terminal)."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.risk import Kind, Level, Who


@dataclass(frozen=True, slots=True)
class CrisisCard:
    """One card, complete and in one language; made without engine and without vault.

    `sentence` is one warm human sentence about what was said; `lines` holds the region's help
    lines, the first shown largest, the second as "if busy"; `emergency` is the emergency number
    entry. `message` is a text to a trusted person that can be edited and copied. `grounding` and
    `steps` are short instructions, one action each.
    """

    level: Level
    kind: Kind
    who: Who
    lang: str
    sentence: str
    lines: tuple[Hotline, ...]
    emergency: Hotline | None
    steps: tuple[str, ...]
    message: str
    grounding: tuple[str, ...]
