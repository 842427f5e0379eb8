"""What was kept of this talk, folded above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.ending import Ending
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel

ROOM_SHARE = 0.3
"""Part of the page that it may take when it is open; beyond that it scrolls."""


class KeptStrip(QFrame):
    """Hidden where nothing was kept.

    Signals:
        change_requested: Open it for writing again.
    """

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.ending: Ending | None = None
        self.label = PlainLabel("small")
        self.unfold = quiet_button()
        self.unfold.clicked.connect(self._on_unfold_clicked)
        self.change = quiet_button()
        self.change.clicked.connect(self.change_requested)
        self.lines = [PlainLabel() for _ in range(3)]
        self.step = PlainLabel("muted")
        inside = QWidget()
        inside.setProperty("role", "column")
        words = QVBoxLayout(inside)
        words.setContentsMargins(0, 0, GRID, GRID)
        words.setSpacing(GRID // 2)
        for part in (*self.lines, self.step):
            words.addWidget(part)
        self.reading = FittingScroll(inside)
        self.reading.hide()
        self._inside = inside
        inside.installEventFilter(self.reading)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.label, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        box.setSpacing(GRID // 2)
        box.addLayout(head)
        box.addWidget(self.reading)
        self.hide()

    def show_ending(self, ending: Ending | None) -> None:
        """Show it folded; None where nothing was kept."""
        self.ending = ending
        self.reading.hide()
        self.setVisible(ending is not None)
        self.retranslate()

    def set_room(self, height: int) -> None:
        """Keep within a part of a page of `height` pixels."""
        self.reading.limit(round(height * ROOM_SHARE))

    def retranslate(self) -> None:
        """Texts in the language of now."""
        if self.ending is None:
            return
        is_open = self.reading.isVisibleTo(self)
        self.label.setText(self.tr("You kept a few lines of this talk."))
        self.unfold.setText(self.tr("Fold away") if is_open else self.tr("Show what you kept"))
        self.change.setText(self.tr("Change it"))
        self.change.setVisible(is_open)
        for label, line in zip(self.lines, self.ending.lines, strict=True):
            label.setText(shown(line))
            label.setVisible(bool(line))
        step = self.tr("A next step: {step}").format(step=shown(self.ending.next_step))
        self.step.setText(step)
        self.step.setVisible(bool(self.ending.next_step))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_unfold_clicked(self) -> None:
        self.reading.setVisible(not self.reading.isVisibleTo(self))
        self.retranslate()
        if self.ending is not None and self.reading.isVisibleTo(self):
            announce(
                self, " ".join(part for part in (*self.ending.lines, self.step.text()) if part)
            )
