"""Choosing the region whose help lines are shown; it is never guessed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from psylite_desktop.domain.settings import REGIONS


class RegionPicker(QComboBox):
    """A list of regions, with "not chosen" at its top.

    Signals:
        picked: The person chose a region; carries its code, empty for none.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for code in ("", *REGIONS):
            self.addItem(code, code)
        self.activated.connect(self._on_activated)
        self.retranslate()

    def choose(self, region: str) -> None:
        """Show a region as chosen, without a signal."""
        self.setCurrentIndex(max(self.findData(region), 0))

    def retranslate(self) -> None:
        """Texts in the language of now."""
        names = {
            "": self.tr("Choose a region"),
            "cn": self.tr("Mainland China"),
            "hk": self.tr("Hong Kong"),
            "mo": self.tr("Macao"),
            "tw": self.tr("Taiwan"),
            "us": self.tr("United States"),
            "ca": self.tr("Canada"),
            "gb": self.tr("United Kingdom"),
            "ie": self.tr("Ireland"),
            "au": self.tr("Australia"),
            "nz": self.tr("New Zealand"),
            "sg": self.tr("Singapore"),
            "in": self.tr("India"),
            "eu": self.tr("European Union"),
            "jp": self.tr("Japan"),
            "my": self.tr("Malaysia"),
        }
        for place in range(self.count()):
            code = str(self.itemData(place))
            self.setItemText(place, names.get(code, code.upper()))
        self.setAccessibleName(self.tr("Region for help lines"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        self.picked.emit(str(self.itemData(place)))
