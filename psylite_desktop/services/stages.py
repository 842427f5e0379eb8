"""How far a talk has come: exploring, then seeing connections, then doing something about it.

Source: Clara Hill's three-stage model; the thresholds are ours. Nothing is stored: the stage
follows from what the person wrote in this conversation.
"""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.content.moves import Moves
from psylite_desktop.content.words import count_words
from psylite_desktop.domain.talk import Move, Stage

TOLD_BEFORE_INSIGHT = 4
"""Messages of substance before a connection may be offered unasked."""
INSIGHT_TURNS = 3
"""Messages in the insight stage before a small step may be offered unasked."""
SUBSTANCE = {"zh": 8, "en": 5}
"""Characters or words from which a message tells something."""


def stage_of(texts: Sequence[str], moves: Moves, lang: str) -> Stage:
    """The stage after the person's messages, oldest first; the newest is the one to answer."""
    stage, told, seen = Stage.EXPLORE, 0, 0
    for text in texts:
        move = moves.move(text, lang)
        if moves.overflows(text, lang):
            stage, told, seen = Stage.EXPLORE, min(told, 1), 0
        elif move is Move.ASK_ADVICE and told >= 1:
            stage = Stage.ACTION
        elif (
            stage is Stage.EXPLORE
            and told >= 1
            and (move is Move.WONDER or told >= TOLD_BEFORE_INSIGHT)
        ):
            stage, seen = Stage.INSIGHT, 0
        elif stage is Stage.INSIGHT:
            seen += 1
            if seen >= INSIGHT_TURNS:
                stage = Stage.ACTION
        told += count_words(text) >= SUBSTANCE[lang]
    return stage
