"""Which kind of turn this is: a pure, total function."""

from __future__ import annotations

from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.risk import Assessment, Level, Request, RiskState
from psylite_desktop.domain.talk import Move, Stage

_BY_LEVEL = {Level.EMERGENCY: Route.EMERGENCY, Level.CRISIS: Route.CRISIS, Level.WATCH: Route.WATCH}
_BY_REQUEST = {
    Request.HARMFUL: Route.HARMFUL,
    Request.PRIVACY: Route.PRIVACY,
    Request.CLINICAL: Route.CLINICAL,
    Request.JAILBREAK: Route.JAILBREAK,
}
_BY_MOVE = {
    Move.LEAVE: Route.GOODBYE,
    Move.ASK_ABOUT: Route.ABOUT,
    Move.ASK_EXERCISE: Route.EXERCISE,
    Move.REJOICE: Route.JOY,
    Move.GREET: Route.SMALLTALK,
    Move.CHAT: Route.SMALLTALK,
}
_BY_STAGE = {
    Stage.EXPLORE: Route.EXPLORE,
    Stage.INSIGHT: Route.INSIGHT,
    Stage.ACTION: Route.ACTION,
}


def route(assessment: Assessment, state: RiskState, move: Move, stage: Stage) -> Route:
    """Choose the route from the text's own assessment, the state after it, and the talk.

    Risk outranks every request: somebody in danger who also asks for something harmful gets
    the crisis route. Whatever is not known, or not surely, takes the watch route.
    """
    level = max(assessment.level, state.level)
    if level >= Level.CRISIS:
        return _BY_LEVEL.get(level, Route.WATCH)
    request = assessment.request
    if assessment.by_the_way and _just_leaves(move, level):
        request = Request.NONE
    if request in _BY_REQUEST:
        return _BY_REQUEST[request]
    if level != Level.NONE or request is not Request.NONE or assessment.unsure:
        return Route.WATCH
    if not isinstance(move, Move):
        return Route.WATCH
    return _BY_MOVE.get(move) or _BY_STAGE.get(stage, Route.WATCH)


def _just_leaves(move: Move, level: Level) -> bool:
    """Whether somebody says goodbye and there is no worry: they ask for nothing else either."""
    return move is Move.LEAVE and level is Level.NONE
