"""What Talk shows before the first message: a kind sentence and a few ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from psylite_desktop.ui.pages.talk.length_row import LengthRow
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.text import PlainLabel

COUNT = 3


class OpeningView(QScrollArea):
    """Openers are put into the editor, not sent: the words stay the person's own.

    Signals:
        opener_chosen: A way to begin; carries its text.
    """

    opener_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = PlainLabel("heading")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.openers = [plain_button() for _ in range(COUNT)]
        self.length = LengthRow()
        inside = QWidget()
        inside.setProperty("role", "column")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(inside)
        box.setSpacing(GRID)
        box.addStretch(2)
        box.addWidget(self.sentence)
        box.addSpacing(GRID)
        for opener in self.openers:
            opener.clicked.connect(self._on_opener_clicked)
            box.addWidget(opener, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(3 * GRID)
        box.addWidget(self.length)
        box.addStretch(3)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.sentence.setText(self.tr("Good that you are here. Begin wherever you like."))
        texts = (
            self.tr("Something has been on my mind"),
            self.tr("I am tired and just want to talk"),
            self.tr("I do not know where to begin"),
        )
        for opener, text in zip(self.openers, texts, strict=True):
            opener.setText(text)
            opener.setAccessibleDescription(self.tr("Puts this into your message"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot()
    def _on_opener_clicked(self) -> None:
        button = next(b for b in self.openers if b is self.sender())
        self.opener_chosen.emit(button.text())
