from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.risk import Assessment, Level, Request, RiskState
from psylite_desktop.services.routing import route

levels = st.sampled_from(list(Level))
requests = st.sampled_from(list(Request))


@given(levels, levels, requests)
def test_danger_outranks_every_request(own: Level, stored: Level, request: Request) -> None:
    chosen = route(Assessment(level=own, request=request), RiskState(level=stored))
    highest = max(own, stored)
    if highest is Level.EMERGENCY:
        assert chosen is Route.EMERGENCY
    elif highest is Level.CRISIS:
        assert chosen is Route.CRISIS
    elif request is not Request.NONE:
        assert chosen.value == request.value
    else:
        assert chosen is (Route.WATCH if highest is Level.WATCH else Route.EXPLORE)


def test_a_calm_message_after_a_crisis_stays_in_the_crisis_route() -> None:
    assert route(Assessment(), RiskState(level=Level.CRISIS)) is Route.CRISIS
