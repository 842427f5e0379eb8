"""A Mirror over the shipped words, with corrections in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.domain.risk import Assessment
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_own import OwnMirror
from psylite_desktop.services.mirror_wording import MirrorWording

ROOT = Path(__file__).parents[2]
SERVICE = MirrorService(ROOT / "assets", ROOT / "model_store" / "mirror")
WORDING = MirrorWording.load(ROOT / "assets")


class SessionCorrections:
    """Corrections as long as the profile is open, in the place of a store in the vault."""

    def __init__(self) -> None:
        self._kept: dict[tuple[ClaimKind, str, str], MirrorCorrection] = {}

    def add(self, correction: MirrorCorrection) -> None:
        """See MirrorCorrectionStore."""
        self._kept[(correction.kind, correction.label, correction.quote)] = correction

    def remove(self, correction: MirrorCorrection) -> None:
        """See MirrorCorrectionStore."""
        self._kept.pop((correction.kind, correction.label, correction.quote), None)

    def corrections(self) -> list[MirrorCorrection]:
        """See MirrorCorrectionStore."""
        return sorted(self._kept.values(), key=lambda one: one.at)


def make_mirror(look: Callable[[str], Assessment]) -> OwnMirror:
    return OwnMirror(SERVICE, WORDING, SessionCorrections(), look=look, clock=Clock())
