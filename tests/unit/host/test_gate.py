"""When an engine process may run."""

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.host.gate import Gate


def test_what_was_stopped_while_it_was_made_does_not_get_through() -> None:
    gate = Gate()
    ticket = gate.enter()
    assert gate.let_through(ticket)
    gate.note_stop()
    assert not gate.let_through(ticket)
    assert gate.let_through(gate.enter())


def test_none_begins_while_it_is_held() -> None:
    gate = Gate()
    ticket = gate.enter()
    gate.hold(is_held=True)
    assert not gate.let_through(ticket)
    with pytest.raises(EngineError, match="engine_stopped"):
        gate.enter()
    gate.hold(is_held=False)
    assert gate.let_through(gate.enter())


def test_none_begins_once_it_is_shut() -> None:
    gate = Gate()
    gate.shut()
    gate.hold(is_held=False)
    with pytest.raises(EngineError, match="engine_unavailable"):
        gate.enter()
