"""Which day a check-in is about: today, or one of the two weeks before."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from psylite_desktop.services.check_ins import DAYS


class DayPicker(QComboBox):
    """A list of the days a check-in may be about.

    Signals:
        picked: The person chose a day; carries it as YYYY-MM-DD.
    """

    picked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._on_activated)
        self.begin(today)

    @property
    def day(self) -> str:
        """The day that is chosen."""
        return str(self.currentData())

    def begin(self, today: date, day: str = "") -> None:
        """Count from another today and show a day (today where empty), without a signal."""
        self._today = today
        self.clear()
        days = [(today - timedelta(days=back)).isoformat() for back in range(DAYS)]
        for known in days if not day or day in days else [*days, day]:
            self.addItem("", known)
        self.setCurrentIndex(max(self.findData(day or today.isoformat()), 0))
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the day."""
        event.ignore()

    def retranslate(self) -> None:
        """Set all texts anew."""
        for place in range(self.count()):
            self.setItemText(place, self.name(str(self.itemData(place))))
        self.setAccessibleName(self.tr("Day of the check-in"))

    def name(self, day: str) -> str:
        """What a day is called from here."""
        found = date.fromisoformat(day)
        match (self._today - found).days:
            case 0:
                return self.tr("Today")
            case 1:
                return self.tr("Yesterday")
        shown = QDate(found.year, found.month, found.day)
        return QLocale().toString(shown, self.tr("ddd d MMM"))

    def _on_activated(self, _place: int) -> None:
        self.picked.emit(self.day)
