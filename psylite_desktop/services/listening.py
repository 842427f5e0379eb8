"""All layers that hear risk, together: the floor at once, the others where they answer in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.ports import Listener
from psylite_desktop.domain.risk import Assessment, raised
from psylite_desktop.safety.assess import Assessor

NOT_THERE_YET = frozenset({"engine_loading", "engine_unavailable"})
"""Errors of a layer that is not running (yet): the floor decides alone, and is asked again."""


class Listening:
    """The floor (rules and linear model) and any number of later layers, each of which may raise.

    The later ones are the encoder in the engine process and, once a model is large enough to be
    trusted with it, a language model's own opinion: both are a `Listener`.
    """

    def __init__(self, assessor: Assessor, listeners: Sequence[Listener] = ()) -> None:
        """`listeners` are asked in this order."""
        self._assessor = assessor
        self._listeners = tuple(listeners)

    def floor(self, text: str) -> Assessment:
        """What rules and linear model say; never waits for anything."""
        return self._assessor.assess(text)

    def hear(self, text: str, *, insist: bool = False) -> tuple[Assessment, bool]:
        """What all layers say, and whether all of them were there.

        A layer that fails although it is running leaves the assessment `unsure`, and is not asked
        about this text again; with `insist` its EngineError is raised instead.
        """
        found, complete = self.floor(text), True
        for listener in self._listeners:
            try:
                found = raised(found, listener.listen(text))
            except EngineError as error:
                if insist:
                    raise
                if error.code in NOT_THERE_YET:
                    complete = False
                else:
                    found = replace(found, unsure=True)
        return found, complete
