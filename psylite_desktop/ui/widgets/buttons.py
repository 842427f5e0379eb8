"""Buttons: one main action a screen, ordinary ones, quiet ones, and icons with a name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch


def primary_button() -> QPushButton:
    """The one main action of a screen."""
    return _button("primary")


def plain_button() -> QPushButton:
    """Any other action."""
    return _button("")


def quiet_button() -> QPushButton:
    """An action beside the way, as a word in the accent colour."""
    return _button("quiet")


def _button(kind: str) -> QPushButton:
    button = QPushButton()
    button.setAutoDefault(False)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        button.setProperty("kind", kind)
    return button


class IconButton(QToolButton):
    """A button with an icon alone; its name is its tooltip and what a screen reader says."""

    def __init__(self, theme: ThemeSwitch, icon: str, parent: QWidget | None = None) -> None:
        """`icon` is a file name of assets/icons without its ending."""
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_name(self, name: str) -> None:
        """Say what the button does."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.icon
        self.setIconSize(QSize(size, size))
        self.setIcon(self._theme.icon(self._icon))


class CardButton(QPushButton):
    """A wide button with an icon before its words."""

    def __init__(self, theme: ThemeSwitch, icon: str, *, color: str = "") -> None:
        """`color` is for the icon; ink where empty."""
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._color = color
        self.setProperty("kind", "card")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.icon
        self.setIconSize(QSize(size, size))
        self.setIcon(self._theme.icon(self._icon, color=self._color))
