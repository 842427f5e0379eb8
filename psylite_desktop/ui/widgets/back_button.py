"""The way back from a page that another page leads to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch


class BackButton(QPushButton):
    """A quiet button with an arrow."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("kind", "quiet")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.setText(self.tr("Back"))

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.px(16)
        self.setIconSize(QSize(size, size))
        self.setIcon(self._theme.icon("back", color=self._theme.tokens.accent))
