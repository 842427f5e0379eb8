"""A chart behind its name: made when it is first opened, shown again at no cost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.insights import Insights
from psylite_desktop.ui.charts.card import ChartCard, chain
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID


class ChartSection(QWidget):
    """One button, and below it the chart while it is open.

    Signals:
        card_made: The chart was made; carries it.
    """

    card_made = Signal(ChartCard)

    def __init__(
        self,
        theme: ThemeSwitch,
        make: Callable[[], ChartCard],
        title: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make = make
        self._title = title
        self._shown: tuple[Insights, bool] | None = None
        self.card: ChartCard | None = None
        self.header = QPushButton()
        self.header.setAutoDefault(False)
        self.header.setCheckable(True)
        self.header.setProperty("kind", "card")
        self.header.setCursor(Qt.CursorShape.PointingHandCursor)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.header.toggled.connect(self._on_toggled)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GRID)
        self._box.addWidget(self.header)
        theme.changed.connect(self._on_theme_changed)
        self.retranslate()

    def show_insights(self, insights: Insights, *, is_young: bool) -> None:
        """Keep these numbers, and draw them if somebody looks."""
        self._shown = (insights, is_young)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        title = self._title()
        self.header.setText(title)
        state = self.tr("open") if self.header.isChecked() else self.tr("folded")
        self.header.setAccessibleName(f"{title}, {state}")
        self._on_theme_changed()

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        if is_open and self.card is None:
            self.card = self._make()
            self.card.title.hide()  # the button above says it
            self._box.addWidget(self.card)
            chain([self.header, *self.card.focus_order()])
            self.card_made.emit(self.card)
        if self.card is not None:
            self.card.setVisible(is_open)
        self._draw()
        self.retranslate()

    def _draw(self) -> None:
        if self.card is not None and self.header.isChecked() and self._shown is not None:
            insights, is_young = self._shown
            self.card.show_insights(insights, is_young=is_young)

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.px(16)
        self.header.setIconSize(QSize(size, size))
        icon = "down" if self.header.isChecked() else "folded"
        self.header.setIcon(self._theme.icon(icon, color=self._theme.tokens.accent))
