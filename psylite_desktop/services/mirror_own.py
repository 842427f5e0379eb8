"""The Mirror of one profile: reads, says what it read, and remembers what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from psylite_desktop.domain.mirror import Mirror, MirrorCorrection
from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.domain.stores import MirrorCorrectionStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_wording import MirrorWording


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of looking: a Mirror, or None where the words are left alone."""

    mirror: Mirror | None


class OwnMirror:
    """Methods that read or write corrections raise VaultError."""

    def __init__(
        self,
        service: MirrorService,
        wording: MirrorWording,
        store: MirrorCorrectionStore,
        *,
        look: Callable[[str], Assessment],
        clock: Clock,
    ) -> None:
        """`look` assesses a text for risk without moving any state."""
        self._service = service
        self.wording = wording
        self._store = store
        self._look = look
        self._clock = clock

    def read(self, text: str, lang: str, *, earlier: Sequence[str] = ()) -> Reading:
        """Read an entry unless there is danger in it: then nothing is analysed."""
        if self._look(text).level >= Level.CRISIS:
            return Reading(None)
        corrections = self._store.corrections()
        return Reading(self._service.reflect(text, lang, earlier=earlier, corrections=corrections))

    def take_back(self, corrections: Sequence[MirrorCorrection]) -> None:
        """Keep that claims are off, with the time of now."""
        for one in corrections:
            self._store.add(replace(one, at=self._clock.now()))

    def undo(self, corrections: Sequence[MirrorCorrection]) -> None:
        """Claims may be made again."""
        for one in corrections:
            self._store.remove(one)
