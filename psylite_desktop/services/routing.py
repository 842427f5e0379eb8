"""Which kind of turn this is: a pure, total function."""

from __future__ import annotations

from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.risk import Assessment, Level, Request, RiskState

_BY_LEVEL = {Level.EMERGENCY: Route.EMERGENCY, Level.CRISIS: Route.CRISIS, Level.WATCH: Route.WATCH}
_BY_REQUEST = {
    Request.HARMFUL: Route.HARMFUL,
    Request.PRIVACY: Route.PRIVACY,
    Request.CLINICAL: Route.CLINICAL,
    Request.JAILBREAK: Route.JAILBREAK,
}


def route(assessment: Assessment, state: RiskState) -> Route:
    """Choose the route from the text's own assessment and the state after it.

    Risk outranks every request: somebody in danger who also asks for something harmful gets
    the crisis route. A level that is not known, or not surely, takes the watch route.
    """
    level = max(assessment.level, state.level)
    if level >= Level.CRISIS:
        return _BY_LEVEL.get(level, Route.WATCH)
    request = _BY_REQUEST.get(assessment.request)
    if request is not None:
        return request
    if level == Level.NONE and assessment.request is Request.NONE and not assessment.unsure:
        return Route.EXPLORE
    return Route.WATCH
