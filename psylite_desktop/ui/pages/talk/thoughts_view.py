"""What a model thought before it answered: folded, only of the last reply, kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.chat_events import Thought
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

ROOM_SHARE = 0.3
"""Part of the page's height that unfolded thoughts may take."""
MOST = 4_000
"""Characters that are shown."""


class ThoughtsView(QFrame):
    """Hidden while nothing was thought."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._request = 0
        self._done = 0
        self.title = PlainLabel("small")
        self.unfold = quiet_button()
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._on_toggled)
        self.body = Paragraph()
        inside = QWidget()
        inside.setProperty("role", "inside")
        words = QVBoxLayout(inside)
        words.setContentsMargins(0, 0, GRID, 0)
        words.addWidget(self.body)
        self.reading = FittingScroll(inside)
        self.reading.hide()
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        box.setSpacing(GRID // 2)
        box.addLayout(head)
        box.addWidget(self.reading)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.retranslate()
        self.hide()

    @Slot(Thought)
    def add(self, thought: Thought) -> None:
        """Take a sentence; those of another turn give way, those that come too late are dropped."""
        if thought.request_id <= self._done:
            return
        if thought.request_id != self._request:
            self._request = thought.request_id
            self.body.setText("")
        if len(self.body.text()) < MOST:
            self.body.setText((self.body.text() + shown(thought.text))[:MOST])
        self.show()

    @Slot()
    def clear(self) -> None:
        """Forget them: another turn begins."""
        self._done = max(self._done, self._request)
        self.body.setText("")
        self.unfold.setChecked(False)
        self.hide()

    def set_room(self, height: int) -> None:
        """Keep within a part of the page."""
        self.reading.limit(round(height * ROOM_SHARE))

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("The model thought before it answered. None of that is kept."))
        is_open = self.unfold.isChecked()
        self.unfold.setText(self.tr("Fold away") if is_open else self.tr("Show it"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self.reading.setVisible(is_open)
        self.retranslate()
