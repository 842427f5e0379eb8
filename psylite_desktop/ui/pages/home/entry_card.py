"""A large way into a page: an icon, a word, and one quiet sentence."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.text import PlainLabel

ICON = 30
"""Pixels of the icon at 100 %."""


class EntryCard(QPushButton):
    """One button, as high as its words need."""

    def __init__(self, theme: ThemeSwitch, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setProperty("kind", "card")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.picture = QLabel()
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        self.title = PlainLabel("heading")
        self.sentence = PlainLabel("muted")
        for label in (self.picture, self.title, self.sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = QVBoxLayout()
        said.setSpacing(GRID // 2)
        said.addWidget(self.title)
        said.addWidget(self.sentence)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._row.setSpacing(3 * GRID)
        self._row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(said, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_texts(self, title: str, sentence: str) -> None:
        """Say where it leads."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Sentences break where the width ends."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of icon and words in `width` pixels."""
        return self._row.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As wide as it may, and as high as its words are then."""
        width = self.width() or self._row.totalSizeHint().width()
        return QSize(self._row.totalSizeHint().width(), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are fine."""
        return self._row.totalMinimumSize()

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.px(ICON)
        icon = self._theme.icon(self._icon, color=self._theme.tokens.accent, size=size)
        self.picture.setPixmap(icon.pixmap(QSize(size, size), self.devicePixelRatioF()))
