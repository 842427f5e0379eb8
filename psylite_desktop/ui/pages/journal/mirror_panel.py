"""What the mirror finds in a page. A stand-in: the analysis is not part of this build yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.widgets.text import PlainLabel


class MirrorPanel(QWidget):
    """Says honestly that there is nothing to look into yet.

    Signals:
        quote_activated: The person wants to see a quote; carries start and end in the text.
        correction_made: "This is off"; carries the MirrorCorrection.
    """

    quote_activated = Signal(int, int)
    correction_made = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del context
        self.label = PlainLabel("muted")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.label)
        box.addStretch(1)
        self.retranslate()

    def show_entry(self, entry: JournalEntry, text: str, *, earlier: Sequence[str] = ()) -> None:
        """Look into a page."""
        del entry, text, earlier

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.label.setText(self.tr("The mirror is not there yet in this version."))
