"""Short instructions, one at a time: nobody reads a list in a bad moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import yield_height


class StepView(QWidget):
    """One step with its number, back and next. The last step leads to the first again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[str, ...] = ()
        self._place = 0
        self.step = Paragraph()
        yield_height(self.step)
        self.count = PlainLabel("small", wrap=False)
        self.back = plain_button()
        self.next = plain_button()
        self.back.clicked.connect(self._on_back_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addWidget(self.count)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self.step)
        box.addLayout(row)
        self.retranslate()

    def show_steps(self, steps: tuple[str, ...]) -> None:
        """Begin with the first of other steps; the same ones stay where they are."""
        if steps != self._steps:
            self._steps, self._place = steps, 0
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.back.setText(self.tr("Back"))
        self.next.setText(self.tr("Next"))
        total = len(self._steps)
        self.step.setText(self._steps[self._place] if self._steps else "")
        self.count.setText(
            self.tr("{number} of {total}").format(number=self._place + 1, total=total)
        )
        self.back.setEnabled(self._place > 0)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._go(-1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self._go(1)

    def _go(self, by: int) -> None:
        if self._steps:
            self._place = (self._place + by) % len(self._steps)
            self.retranslate()
            announce(self, self.step.text())
