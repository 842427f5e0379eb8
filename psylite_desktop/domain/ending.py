"""How a talk is closed: three lines and one next step, proposed by rules, kept as edited."""

from __future__ import annotations

from dataclasses import dataclass

Lines = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is proposed at the end of a talk.

    `is_guarded`: there was danger in this talk, so nothing of it is told again; the first line is
    neutral, the others are empty, and `next_step` names a person or the plan.
    """

    goodbye: str
    lines: Lines
    next_step: str
    is_guarded: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """What the person kept of a talk; any part may be empty. `at`: UTC seconds."""

    conversation_id: int
    lines: Lines
    next_step: str
    at: float
