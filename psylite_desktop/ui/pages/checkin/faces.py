"""The row of five faces: one of them is chosen, by key, click or Space."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.domain.check_in import MOODS
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.face import face_icon
from psylite_desktop.ui.widgets.first_focus import lead_focus

FACE = 52
"""Pixels of a face at 100 %."""
LARGEST_FACE = 84
"""Five of them stand side by side in the smallest window, at whatever zoom."""
LARGE = 130
"""Zoom in percent from which a mood of two words stands in two lines."""


class FaceRow(QWidget):
    """Five buttons of which at most one is chosen.

    Signals:
        chosen: The person chose a mood; carries it (1 to 5).
    """

    chosen = Signal(int)

    def __init__(
        self,
        theme: ThemeSwitch,
        language: LanguageSwitch,
        words: CheckInWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._words = words
        self.mood = 0
        self.buttons = {mood: self._button(mood) for mood in MOODS}
        row = QHBoxLayout(self)
        row.setContentsMargins(RING, RING, RING, RING)
        row.setSpacing(GRID)
        for button in self.buttons.values():
            row.addWidget(button, 1)
        lead_focus(self, self.buttons[MOODS[0]])
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def choose(self, mood: int) -> None:
        """Show a mood as chosen, 0 for none, without a signal."""
        self.mood = mood
        for number, button in self.buttons.items():
            button.setChecked(number == mood)
        lead_focus(self, self.buttons[mood or MOODS[0]])

    def pick(self, mood: int) -> None:
        """Choose for the person: the keyboard goes there too."""
        self.choose(mood)
        self.buttons[mood].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(mood)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        lang = self._language.current.value
        for mood, button in self.buttons.items():
            word = self._words.mood(lang, mood)
            button.setText(word.replace(" ", "\n") if self._is_large else word)
            name = self.tr("Mood: {word}, {number} of 5")
            button.setAccessibleName(name.format(word=word, number=mood))
            button.setToolTip(self.tr("Key {number}").format(number=mood))

    def _button(self, mood: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "face")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        button.clicked.connect(partial(self._on_clicked, mood))
        return button

    def _on_clicked(self, mood: int, _checked: bool) -> None:
        self.choose(mood)
        self.chosen.emit(mood)

    def _on_theme_changed(self) -> None:
        size = min(self._theme.sizes.px(FACE), LARGEST_FACE)
        for mood, button in self.buttons.items():
            button.setIconSize(QSize(size, size))
            button.setIcon(face_icon(self._theme, mood, size=size))
        self.retranslate()

    @property
    def _is_large(self) -> bool:
        return self._theme.sizes.zoom > LARGE
