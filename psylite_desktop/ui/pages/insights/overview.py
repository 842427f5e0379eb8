"""What stands first: this month, and one or two sentences about the last two weeks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.insights import Insights
from psylite_desktop.ui.charts.kit import ChartKit
from psylite_desktop.ui.charts.month_calendar import MonthCalendar
from psylite_desktop.ui.charts.wording import number
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel


class OverviewView(QWidget):
    """Counts noted days of the last two weeks, never days in a row.

    Signals:
        day_opened: Show the check-ins of a day; carries it as YYYY-MM-DD.
    """

    day_opened = Signal(str)

    def __init__(self, kit: ChartKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._shown: Insights | None = None
        self.recent = PlainLabel()
        self.calendar = MonthCalendar(kit)
        self.calendar.day_opened.connect(self.day_opened)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.recent)
        box.addWidget(self.calendar)

    def show_insights(self, insights: Insights, *, is_young: bool) -> None:
        """Show these numbers."""
        self._shown = insights
        self.calendar.show_insights(insights, is_young=is_young)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        if self._shown is None:
            return
        recent = self._shown.calendar[-self._shown.recent_noted :]
        if not self._shown.recent_noted:
            self.recent.setText(
                self.tr("Good that you are here. Earlier days are all still there.")
            )
            return
        mean = sum(one.mean for one in recent) / len(recent)
        text = self.tr(
            "Check-ins on {count} of the last {days} days; mean mood {mean} of 5, closest to "
            "“{mood}”."
        )
        self.recent.setText(
            text.format(
                count=len(recent),
                days=self._shown.recent_days,
                mean=number(mean),
                mood=self._kit.mood(mean),
            )
        )
