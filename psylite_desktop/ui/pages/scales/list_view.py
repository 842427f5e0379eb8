"""All scales, one card each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.scale import Scale
from psylite_desktop.ui.pages.scales.scale_card import CardState, ScaleCard
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class ScaleListView(QWidget):
    """Remembers which card was used, so that the keyboard comes back to it.

    Signals:
        start_requested: Fill a scale in; carries its id.
        paper_requested: Type in sums from paper; carries its id.
        results_requested: Show earlier results; carries its id.
    """

    start_requested = Signal(str)
    paper_requested = Signal(str)
    results_requested = Signal(str)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("title")
        self.intro = Paragraph(muted=True)
        self.cards: dict[str, ScaleCard] = {}
        self.used = ""
        self._column = ReadingColumn(theme)
        self._column.body.addWidget(self.title)
        self._column.body.addWidget(self.intro)
        self._column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._column)

    def show_scales(self, scales: Sequence[Scale], state: Callable[[Scale], CardState]) -> None:
        """Say everything in the language of now; cards stay where they are."""
        self.intro.setText(
            self.tr(
                "Short questionnaires that counselors use too. They stay on this computer; "
                "a score is a reason to look closer, never a diagnosis."
            )
        )
        body = self._column.body
        for scale in scales:
            card = self.cards.get(scale.id)
            if card is None:
                card = self.cards[scale.id] = ScaleCard(scale.id)
                card.start_requested.connect(self.start_requested)
                card.paper_requested.connect(self.paper_requested)
                card.results_requested.connect(self.results_requested)
                body.insertWidget(body.count() - 1, card)
            card.show_scale(scale, state(scale))

    def take_keyboard(self) -> None:
        """Give the keyboard to the card that was used last, else to the first one."""
        card = self.cards.get(self.used) or next(iter(self.cards.values()), None)
        if card is not None:
            card.first.setFocus(Qt.FocusReason.OtherFocusReason)
