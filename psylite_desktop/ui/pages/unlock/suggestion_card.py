"""A passphrase to take over: four words drawn by chance, large, and never on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.services.passphrase_words import PassphraseWords, Suggestion
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class SuggestionCard(QWidget):
    """A quiet button first; the words stay in view, so that they can be typed after them.

    Signals:
        taken: The suggestion shall be the passphrase; carries the `Suggestion`.
    """

    taken = Signal(Suggestion)

    def __init__(
        self, words: PassphraseWords, lang: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        """`lang` is the language to draw words in."""
        super().__init__(parent)
        self._source = words
        self._lang = lang
        self._suggestion: Suggestion | None = None
        self.ask = quiet_button()
        self.words = PlainLabel("title")
        self.note = PlainLabel("small")
        self.another = plain_button()
        self.take = plain_button()
        self.card = QFrame()
        self.card.setProperty("role", "card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        inside.addWidget(self.words)
        inside.addWidget(self.note)
        row = WrapLayout()
        row.addWidget(self.take)
        row.addWidget(self.another)
        inside.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.card)
        self.ask.clicked.connect(self._on_asked)
        self.another.clicked.connect(self.draw)
        self.take.clicked.connect(self._on_take_clicked)
        self.retranslate()
        self.clear()

    def bits_of(self, passphrase: str) -> float | None:
        """How many bits were drawn for a passphrase; None where it is not the one in view."""
        shown = self._suggestion
        return shown.bits if shown is not None and shown.text == passphrase else None

    def draw(self) -> None:
        """Show another one."""
        self._suggestion = self._source.suggest(self._lang())
        self.words.setText(self._suggestion.text)
        self.ask.hide()
        self.card.show()
        announce(self, self._suggestion.text)

    def clear(self) -> None:
        """Forget the words."""
        self._suggestion = None
        self.words.clear()
        self.card.hide()
        self.ask.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew; words in view stay, as they may be the passphrase by now."""
        self.ask.setText(self.tr("Suggest one"))
        self.words.setAccessibleDescription(self.tr("Suggested passphrase"))
        self.note.setText(
            self.tr(
                "Four words drawn by chance, to be typed just like this. A small picture or story "
                "with all four makes them easy to keep."
            )
        )
        self.take.setText(self.tr("Take these"))
        self.another.setText(self.tr("Four others"))

    def _on_asked(self) -> None:
        self.draw()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take_clicked(self) -> None:
        if self._suggestion is not None:
            self.taken.emit(self._suggestion)
