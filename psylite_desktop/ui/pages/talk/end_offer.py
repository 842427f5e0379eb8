"""A quiet line that offers to end here, or a pause; nothing has to be answered."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from psylite_desktop.ui.pages.talk.help_strip import WORDS_SHARE
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel


class Offer(StrEnum):
    """Why it is offered."""

    GOODBYE = "goodbye"
    TIME_UP = "time_up"
    PAUSE = "pause"


class EndOffer(QFrame):
    """Hidden until there is something to offer; announced once, never takes the keyboard.

    Signals:
        end_requested: End here.
        declined: Not now; the talk goes on.
    """

    end_requested = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.kind: Offer | None = None
        self.label = PlainLabel()
        self.end = quiet_button()
        self.end.clicked.connect(self._on_end_clicked)
        self.later = quiet_button()
        self.later.clicked.connect(self._on_later_clicked)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._buttons.addWidget(self.end)
        self._buttons.addWidget(self.later)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        self._row.setSpacing(GRID)
        self._row.addWidget(self.label, 1)
        self._row.addLayout(self._buttons)
        self._row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignRight)
        self.hide()

    def offer(self, kind: Offer) -> None:
        """Show the line."""
        self.kind = kind
        self.retranslate()
        self.show()
        announce(self, self.label.text())

    @Slot()
    def clear(self) -> None:
        """Go away without a word."""
        self.kind = None
        self.hide()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.end.setText(self.tr("End here"))
        match self.kind:
            case Offer.GOODBYE:
                self.label.setText(self.tr("Before you go, we can put this talk into three lines."))
                self.later.setText(self.tr("Not now"))
            case Offer.TIME_UP:
                self.label.setText(self.tr("The time you set is up. There is no hurry."))
                self.later.setText(self.tr("A little longer"))
            case Offer.PAUSE:
                self.label.setText(
                    self.tr(
                        "You have been here for two hours. Would you like to stretch and drink "
                        "something? Going on is fine, too."
                    )
                )
                self.later.setText(self.tr("Go on"))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where the words keep their room."""
        super().resizeEvent(event)
        room = self.width() - self._buttons.sizeHint().width()
        direction = QBoxLayout.Direction
        is_narrow = room < self.width() * WORDS_SHARE
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    @Slot()
    def _on_end_clicked(self) -> None:
        self.clear()
        self.end_requested.emit()

    @Slot()
    def _on_later_clicked(self) -> None:
        self.clear()
        self.declined.emit()
