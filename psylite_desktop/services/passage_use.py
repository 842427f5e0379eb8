"""What a turn keeps of a passage that was found for it."""

from __future__ import annotations

from psylite_desktop.domain.chat_events import PassageUse
from psylite_desktop.domain.passage import Found


def used(found: Found) -> PassageUse:
    """Corpus, id, rounded score and what it is called."""
    passage = found.passage
    return PassageUse(
        passage.corpus,
        passage.id,
        round(found.score, 3),
        passage.title,
        passage.badge,
        passage.source,
    )
