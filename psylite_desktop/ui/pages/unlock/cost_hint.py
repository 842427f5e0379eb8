"""The hint below a new passphrase: what guessing it would take, and what would be better."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from psylite_desktop.services.passphrase_strength import (
    Span,
    Strength,
    bits_of,
    guess_time,
    strength_of,
)
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.widgets.text import PlainLabel


class CostHint(PlainLabel):
    """Counts cautiously: what a person thought of is easier to guess than it looks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("small", parent=parent)
        self._passphrase = ""
        self._bits: float | None = None
        self._cost = KdfCost()

    @property
    def strength(self) -> Strength:
        """How good the passphrase is."""
        return strength_of(self._passphrase, self._bits)

    @property
    def is_accepted(self) -> bool:
        """Whether the passphrase may be used."""
        refused = (Strength.TOO_SHORT, Strength.TOO_COMMON)
        return bool(self._passphrase) and self.strength not in refused

    def judge(self, passphrase: str, bits: float | None = None) -> None:
        """Say something about a passphrase; `bits` are known where it was drawn by chance."""
        self._passphrase, self._bits = passphrase, bits
        self._show()

    def use_cost(self, cost: KdfCost) -> None:
        """Count with what a guess costs on this computer."""
        self._cost = cost
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        if not self._passphrase:
            self.setText(" ")
            return
        strength = self.strength
        if not self.is_accepted:
            self.setText(error_text(strength.value))
            return
        parts = [self._time_text(), self._advice(strength)]
        between = "" if parts[0].endswith("。") else " "
        self.setText(between.join(part for part in parts if part))

    def _time_text(self) -> str:
        bits = bits_of(self._passphrase) if self._bits is None else self._bits
        time = guess_time(bits, self._cost)
        match time.span:
            case Span.MOMENT:
                text = self.tr(
                    "A stranger with your file and a gaming PC would guess it in no time."
                )
            case Span.MINUTES:
                text = self.tr(
                    "A stranger with your file and a gaming PC would need about {count} minutes."
                )
            case Span.HOURS:
                text = self.tr(
                    "A stranger with your file and a gaming PC would need about {count} hours."
                )
            case Span.DAYS:
                text = self.tr(
                    "A stranger with your file and a gaming PC would need about {count} days."
                )
            case Span.MONTHS:
                text = self.tr(
                    "A stranger with your file and a gaming PC would need about {count} months."
                )
            case Span.YEARS:
                text = self.tr(
                    "A stranger with your file and a gaming PC would need about {count} years."
                )
            case _:
                text = self.tr(
                    "A stranger with your file and a gaming PC would need longer than anybody "
                    "will wait."
                )
        return text.format(count=time.count)

    def _advice(self, strength: Strength) -> str:
        match strength:
            case Strength.FAIR:
                return self.tr("Enough against a curious look; one or two words more help a lot.")
            case Strength.STRONG:
                return self.tr("Make sure that you can remember it.")
            case _:
                return ""
