"""How far back all charts look: four words, one of them chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.insights import Period
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class PeriodPicker(QWidget):
    """Arrows choose among the words, as in any group of buttons.

    Signals:
        picked: Another period was chosen; carries it.
    """

    picked = Signal(Period)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period = Period.DAYS_30
        self.label = PlainLabel("small")
        self.buttons: dict[Period, QPushButton] = {}
        group = QButtonGroup(self)
        row = WrapLayout()
        for period in Period:
            button = plain_button()
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            button.setChecked(period is self.period)
            button.clicked.connect(partial(self._on_clicked, period))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[period] = button
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID // 2)
        box.addWidget(self.label)
        box.addLayout(row)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.label.setText(self.tr("The charts below look back over:"))
        words = {
            Period.DAYS_30: self.tr("30 days"),
            Period.DAYS_90: self.tr("90 days"),
            Period.YEAR: self.tr("A year"),
            Period.ALL: self.tr("Everything"),
        }
        for period, button in self.buttons.items():
            button.setText(words[period])
            button.setAccessibleName(self.tr("Look back: {period}").format(period=words[period]))

    def _on_clicked(self, period: Period) -> None:
        if period is not self.period:
            self.period = period
            self.picked.emit(period)
