"""The rail at the side: words under icons, icons alone where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from psylite_desktop.ui.shell.page import PageSpec
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID

FOLD_BELOW = 900
"""Windows narrower than this (in pixels at 100 %) show icons alone."""


class NavigationRail(QFrame):
    """Offers the pages, help and the lock.

    Signals:
        page_requested: A page was chosen; carries its id.
        lock_requested: The profile shall be locked.
    """

    page_requested = Signal(str)
    lock_requested = Signal()

    def __init__(
        self, theme: ThemeSwitch, specs: Sequence[PageSpec], parent: QWidget | None = None
    ) -> None:
        """Pages with `in_rail` stand at the top, the others at the bottom above the lock.

        Pages `under` another one are not offered here.
        """
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._theme = theme
        self._specs = {spec.id: spec for spec in specs}
        offered = [spec for spec in specs if not spec.under]
        self._icons: dict[QToolButton, str] = {}
        self._group = QButtonGroup(self)
        self.buttons = {spec.id: self._page_button(spec) for spec in offered}
        self.lock = self._button("lock")
        self.lock.clicked.connect(self.lock_requested)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        box.setSpacing(GRID)
        for spec in offered:
            if spec.in_rail:
                box.addWidget(self.buttons[spec.id])
        box.addStretch(1)
        for spec in offered:
            if not spec.in_rail:
                box.addWidget(self.buttons[spec.id])
        box.addWidget(self.lock)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def set_current(self, page_id: str) -> None:
        """Mark the page in front, or the one it stands under."""
        self.buttons[self._specs[page_id].under or page_id].setChecked(True)

    def set_folded(self, folded: bool) -> None:
        """Show icons alone, or icons with words under them."""
        style = Qt.ToolButtonStyle
        for button in self._icons:
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if folded else style.ToolButtonTextUnderIcon
            )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.setAccessibleName(self.tr("Pages"))
        for number, (page_id, button) in enumerate(self.buttons.items(), start=1):
            spec = self._specs[page_id]
            keys = f"Ctrl+{number}" if spec.in_rail else "F1"
            self._name(button, QCoreApplication.translate("Pages", spec.title), keys)
        self._name(self.lock, self.tr("Lock"), "Ctrl+L")

    def _name(self, button: QToolButton, name: str, keys: str) -> None:
        button.setText(name)
        button.setAccessibleName(name)
        button.setToolTip(self.tr("{name} ({keys})").format(name=name, keys=keys))

    def _page_button(self, spec: PageSpec) -> QToolButton:
        button = self._button(spec.icon)
        button.setCheckable(True)
        self._group.addButton(button)
        button.clicked.connect(lambda: self.page_requested.emit(spec.id))
        return button

    def _button(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icons[button] = icon
        return button

    def _on_theme_changed(self) -> None:
        size = self._theme.sizes.px(22)
        for button, icon in self._icons.items():
            button.setIconSize(QSize(size, size))
            accent = self._theme.tokens.accent
            button.setIcon(self._theme.icon(icon, checked=accent, size=size))
