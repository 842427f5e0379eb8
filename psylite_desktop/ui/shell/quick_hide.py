"""One key puts something harmless in front of everything."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QWindow
from PySide6.QtWidgets import (
    QCalendarWidget,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.first_focus import lead_focus

HIDE_KEY = Qt.Key.Key_F9


class QuickHide(QObject):
    """Hears the key in every window of the program, dialogs included, and shows a calendar.

    A shortcut would not do: a dialog in front keeps those of the main window from working.

    Signals:
        hidden: The calendar is in front; the profile behind it shall lock.
        left: The key or Escape was pressed again: the way back leads to the locked window.
    """

    hidden = Signal()
    left = Signal()

    def __init__(self, context: AppContext, stack: QStackedWidget) -> None:
        """`stack` is what the main window shows."""
        super().__init__(stack)
        self._context = context
        self._stack = stack
        self.view = _NeutralView(context.theme)
        self.view.escaped.connect(self.left)
        stack.addWidget(self.view)
        app = context.theme.app
        app.focusWindowChanged.connect(self._on_focus_window_changed)
        self._on_focus_window_changed(app.focusWindow())

    @property
    def is_hiding(self) -> bool:
        """Whether the calendar is in front."""
        return self._stack.currentWidget() is self.view

    def toggle(self) -> None:
        """Hide everything at once, or go back."""
        if self.is_hiding:
            self.left.emit()
            return
        self.view.show_today(QLocale(self._context.language.current.value))
        self._stack.setCurrentWidget(self.view)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        window = self._stack.window()
        for other in self._context.theme.app.topLevelWidgets():
            if other is not window and other.isVisible():
                other.close()
        window.repaint()  # before anything that may take its time
        self.hidden.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key, leave everything else to whom it is for."""
        is_press = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_press and event.key() == HIDE_KEY:  # type: ignore[attr-defined]
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)


class _NeutralView(QWidget):
    """A calendar: what any window on a school computer may show."""

    escaped = Signal()

    def __init__(self, theme: ThemeSwitch) -> None:
        super().__init__()
        self._theme = theme
        self.calendar = QCalendarWidget()
        self.calendar.setGridVisible(True)
        theme.changed.connect(self._wear)
        self._wear()
        lead_focus(self, self.calendar)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.addWidget(self.calendar)

    def show_today(self, locale: QLocale) -> None:
        """This month, in the language of the window."""
        self.calendar.setLocale(locale)
        self.calendar.setSelectedDate(QDate.currentDate())

    def _wear(self) -> None:
        """Colours of the theme where Qt has its own: black arrows, and red that few can read."""
        tokens, size = self._theme.tokens, self._theme.sizes.icon
        for name, icon in (("prev", "back"), ("next", "forward")):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            if button is not None:
                button.setIcon(self._theme.icon(icon, color=tokens.on_accent, size=size))
                button.setIconSize(QSize(size, size))
        self.calendar.setStyleSheet(
            "#qt_calendar_navigationbar QToolButton:hover"
            f" {{ background: {tokens.accent_strong}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(tokens.clay))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
