"""A Mirror over the shipped words, with corrections in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from psylite_desktop.domain.risk import Assessment
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_own import OwnMirror, SessionCorrections
from psylite_desktop.services.mirror_wording import MirrorWording

ROOT = Path(__file__).parents[2]
SERVICE = MirrorService(ROOT / "assets", ROOT / "model_store" / "mirror")
WORDING = MirrorWording.load(ROOT / "assets")


def make_mirror(look: Callable[[str], Assessment]) -> OwnMirror:
    return OwnMirror(SERVICE, WORDING, SessionCorrections(), look=look, clock=Clock())
