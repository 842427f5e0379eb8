"""One dimension of a rating: its word and the numbers one to five."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from psylite_desktop.domain.rating import MARKS, Dimension
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.text import PlainLabel

_NUMBERS = {
    Qt.Key.Key_1: 1,
    Qt.Key.Key_2: 2,
    Qt.Key.Key_3: 3,
    Qt.Key.Key_4: 4,
    Qt.Key.Key_5: 5,
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_NONE = (Qt.Key.Key_0, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class MarkRow(QWidget):
    """Tab comes here once: number keys choose, arrows move, 0 takes the mark back.

    Signals:
        chosen: Another mark; carries the Dimension and the mark, None for none.
    """

    chosen = Signal(Dimension, object)

    def __init__(self, dimension: Dimension, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dimension = dimension
        self.mark: int | None = None
        self.word = PlainLabel()
        self.buttons = {mark: self._button(mark) for mark in MARKS}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, RING, GRID, RING)
        row.setSpacing(GRID)
        row.addWidget(self.word, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        self.retranslate()

    def show_mark(self, mark: int | None) -> None:
        """Show a mark without a signal."""
        self.mark = mark
        for number, button in self.buttons.items():
            button.setChecked(number == mark)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        word, meant = self._words()
        self.word.setText(word)
        self.word.setToolTip(meant)
        said = self.tr("{word}: no mark") if self.mark is None else self.tr("{word}: {mark} of 5")
        self.setAccessibleName(said.format(word=word, mark=self.mark))
        self.setAccessibleDescription(meant)
        for mark, button in self.buttons.items():
            button.setAccessibleName(self.tr("{word}: {mark} of 5").format(word=word, mark=mark))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number."""
        key = Qt.Key(event.key())
        if event.modifiers() not in _PLAIN:
            super().keyPressEvent(event)
        elif key in _NUMBERS:
            self._choose(_NUMBERS[key])
        elif key in _NONE:
            self._choose(None)
        elif key in _STEPS:
            at = (self.mark or 0) + _STEPS[key]
            self._choose(min(max(at, MARKS[0]), MARKS[-1]))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _words(self) -> tuple[str, str]:
        match self.dimension:
            case Dimension.HELPFULNESS:
                return self.tr("Helpful"), self.tr("Did it help you a little further?")
            case Dimension.FLUENCY:
                return self.tr("Natural"), self.tr("Did it read as a person would say it?")
            case Dimension.RELEVANCE:
                return self.tr("To the point"), self.tr("Was it about what you had said?")
            case Dimension.LOGIC:
                return self.tr("Made sense"), self.tr("Did one thing follow from another?")

    def _choose(self, mark: int | None) -> None:
        if mark != self.mark:
            self.show_mark(mark)
            self.chosen.emit(self.dimension, mark)

    def _on_clicked(self, mark: int, *_checked: bool) -> None:
        """A click on the chosen number takes it back."""
        self._choose(None if mark == self.mark else mark)
        self.show_mark(self.mark)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _button(self, mark: int) -> QPushButton:
        button = QPushButton(str(mark))
        button.setProperty("kind", "chip")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(partial(self._on_clicked, mark))
        return button
