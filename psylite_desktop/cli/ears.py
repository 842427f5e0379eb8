"""How a command listens: the floor alone, or with the engine process, waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.domain.risk import Assessment, Opinion
from psylite_desktop.host.client import EngineHost
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.listening import Listening


@contextmanager
def ears(paths: AppPaths, *, floor: bool) -> Iterator[Callable[[str], Assessment]]:
    """What assesses a text; without `floor` the engine process is started and waited for.

    Raises EngineError (when called) where the engine process cannot listen: a command that was
    asked for all layers must not quietly answer with fewer.
    """
    assessor = Assessor.load(paths.assets, paths.model_store / "risk")
    if floor:
        yield assessor.assess
        return
    host = EngineHost(assets=paths.assets, models=paths.model_store, index=paths.index)
    try:
        listening = Listening(assessor, [Patient(host)])
        yield lambda text: listening.hear(text, insist=True)[0]
    finally:
        host.close()


class Patient:
    """The engine process, given all the time it needs."""

    def __init__(self, host: EngineHost) -> None:
        """`host` is started where it does not run."""
        self._host = host

    def listen(self, text: str) -> Opinion | None:
        """See `Listener.listen`."""
        return self._host.listen_patiently(text)
