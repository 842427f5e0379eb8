"""The rail at the side: words under icons, icons alone where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.ui.shell.page import PageSpec
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID

FOLD_BELOW = 900
"""Windows narrower than this (in pixels at 100 %) show icons alone."""
_GAP = GRID // 2
_AROUND_TEXT = 5
"""Pixels that the style keeps free around icon and words, besides their padding."""


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
        self._is_narrow = False
        self._is_folded = False
        pages = QWidget()
        self._list = QVBoxLayout(pages)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(_GAP)
        for spec in offered:
            if spec.in_rail:
                self._list.addWidget(self.buttons[spec.id])
        self._list.addStretch(1)
        self._scroll = _PageList(pages)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, 2 * GRID, GRID, 2 * GRID)
        box.setSpacing(_GAP)
        box.addWidget(self._scroll, 1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(_GAP)
        for spec in offered:
            if not spec.in_rail:
                self._foot.addWidget(self.buttons[spec.id])
        self._foot.addWidget(self.lock)
        box.addLayout(self._foot)
        self._scroll.bar_changed.connect(self._align)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def set_current(self, page_id: str) -> None:
        """Mark the page in front, or the one it stands under."""
        self.buttons[self._specs[page_id].under or page_id].setChecked(True)

    def set_folded(self, folded: bool) -> None:
        """Show icons alone where the window is narrow; a low window does so by itself."""
        self._is_narrow = folded
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words out where there is no room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        icon = self._theme.sizes.px(22)
        padding = 2 * self._theme.sizes.px(4) + _AROUND_TEXT
        each = icon + self.fontMetrics().height() + padding
        needed = len(self._icons) * (each + _GAP) + 4 * GRID
        folded = self._is_narrow or needed > self.height()
        if folded == self._is_folded:
            return
        self._is_folded = folded
        style = Qt.ToolButtonStyle
        for button in self._icons:
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if folded else style.ToolButtonTextUnderIcon
            )
        self._scroll.updateGeometry()

    def _align(self) -> None:
        """Keep help and lock below the pages' icons when a scroll bar takes room beside those."""
        self._foot.setContentsMargins(0, 0, self._scroll.bar_width, 0)

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
        self.lock.setToolTip(self.tr("Lock (Ctrl+L). F9 hides the window behind a calendar."))

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
        self._arrange()
        self._scroll.updateGeometry()


class _PageList(QScrollArea):
    """At least as wide as the widest page's button; scrolls where the window is too low for all.

    Help and lock stand below it, always in view.

    Signals:
        bar_changed: There is a scroll bar now, or none any more.
    """

    bar_changed = Signal()

    def __init__(self, pages: QWidget) -> None:
        super().__init__()
        self._pages = pages
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(pages)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        pages.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    @property
    def bar_width(self) -> int:
        """Width of the scroll bar; 0 where there is none."""
        bar = self.verticalScrollBar()
        return bar.sizeHint().width() if bar.maximum() else 0

    def _on_range_changed(self) -> None:
        self.updateGeometry()
        self.bar_changed.emit()

    def sizeHint(self) -> QSize:
        """The width of the buttons, and of a scroll bar where one is needed."""
        wanted = self._pages.minimumSizeHint()
        return QSize(wanted.width() + self.bar_width, wanted.height())

    def minimumSizeHint(self) -> QSize:
        """Any height will do."""
        return QSize(self.sizeHint().width(), 0)
