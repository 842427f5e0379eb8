"""One claim of the Mirror: what it is, the sentences it stands on, and "this is off"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.mirror import Excerpt, MirrorCorrection
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class QuoteButton(QPushButton):
    """A sentence of the person's own, cut where the width ends; a press leads to it."""

    def __init__(self, excerpt: Excerpt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.excerpt = excerpt
        self._whole = ""
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("kind", "quote")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Quotation marks and name in the language of now."""
        words = " ".join(self.excerpt.text.split())
        self._whole = self.tr("“{words}”").format(words=words)
        self.setAccessibleName(self.tr("Show in the page: {words}").format(words=words))
        self.setToolTip(words)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language, and the size of the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are fine."""
        return QSize(12 * GRID, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 4 * GRID, 6 * GRID)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class ClaimRow(QWidget):
    """Quiet; the way to take it back is always beside it.

    Signals:
        quote_activated: A sentence was chosen; carries start and end in the entry.
        off_requested: "This is off"; carries the corrections that say so.
    """

    quote_activated = Signal(int, int)
    off_requested = Signal(object)

    def __init__(
        self,
        name: str,
        quotes: Sequence[Excerpt],
        corrections: Sequence[MirrorCorrection],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = PlainLabel("strong")
        self.name.setText(name)
        self.quotes = [QuoteButton(quote) for quote in quotes]
        self.off = quiet_button()
        self._corrections = tuple(corrections)
        self._lay_out()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.off.setText(self.tr("This is off"))
        self.off.setAccessibleName(self.tr("This is off: {claim}").format(claim=self.name.text()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.name, 1)
        head.addWidget(self.off, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING, 0, RING, 0)
        box.setSpacing(GRID // 2)
        box.addLayout(head)
        for quote in self.quotes:
            quote.clicked.connect(self._on_quote_clicked)
            box.addWidget(quote)
        self.off.clicked.connect(self._on_off_clicked)

    @Slot()
    def _on_quote_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QuoteButton):
            self.quote_activated.emit(button.excerpt.start, button.excerpt.end)

    @Slot()
    def _on_off_clicked(self) -> None:
        self.off_requested.emit(self._corrections)
