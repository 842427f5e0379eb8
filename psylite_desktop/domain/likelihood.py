"""How likely a model holds a text that is given to it (teacher forcing)."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.ports import Turn


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes before, and one or more texts of which each may follow it.

    Before stand `turns` in the model's own chat format with the opening of a reply, then plain:
    `head`, `shots` and `text`. Where all is too long, shots are left out, first ones first.
    """

    options: tuple[str, ...]
    turns: tuple[Turn, ...] = ()
    head: str = ""
    shots: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """For each option its log-probability (natural) and how many tokens that is the sum of.

    Without anything before it, the first token of an option is not counted: nothing foretold it.
    `fits` is false where it was longer than the context, and nothing was measured. `shots` is how
    many were kept.
    """

    logs: tuple[float, ...] = ()
    tokens: tuple[int, ...] = ()
    shots: int = 0
    fits: bool = True
