"""Reminders beside the clock, where the system has a place for that; off unless asked for.

What comes up names neither the app nor anything else: others may look at the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.reminders import NO_REMINDERS, ReminderPlan, is_due, plan_of
from psylite_desktop.ui.context import AppContext

_LOOK_MS = 20_000
"""A clock that is set and a computer that sleeps are noticed within this time."""
_SHOWN_MS = 15_000


def wall_clock() -> datetime:
    """The clock on the wall."""
    return datetime.now()  # noqa: DTZ005 - reminders go by the clock on the wall


class ReminderTray(QObject):
    """Shows a few neutral words at the times of the settings.

    Signals:
        check_in_requested: A click on them, or the menu, asks for a check-in.
        reminded: A reminder is due; also where the system has no place for it.
    """

    check_in_requested = Signal()
    reminded = Signal()

    def __init__(
        self,
        context: AppContext,
        window: QWidget,
        *,
        now: Callable[[], datetime] = wall_clock,
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(window)
        self._theme = context.theme
        self._window = window
        self._now = now
        self._is_available = is_available
        self._plan: ReminderPlan = NO_REMINDERS
        self._next: datetime | None = None
        self._also_locked = False
        self._wants_check_in = False
        self.icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._check_in = QAction(self)
        self._open = QAction(self)
        self._check_in.triggered.connect(self._on_check_in)
        self._open.triggered.connect(self.bring_to_front)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.theme.changed.connect(self._on_theme_changed)
        context.language.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def next(self) -> datetime | None:
        """When the next reminder comes."""
        return self._next

    def use(self, settings: PrivateSettings) -> None:
        """Take the settings of the profile that is open into use."""
        self._plan = plan_of(settings)
        self._also_locked = settings.remind_when_locked
        self._next = self._plan.next_after(self._now())
        self._show_icon()

    def lock(self) -> None:
        """The profile is locked: forget its times unless it asked for them all the same."""
        self._wants_check_in = False
        if not self._also_locked:
            self._plan = NO_REMINDERS
            self._next = None
            self._show_icon()

    def take_wish(self) -> bool:
        """Whether a check-in was asked for while nothing could show one; asked once."""
        wish, self._wants_check_in = self._wants_check_in, False
        return wish

    def look(self) -> None:
        """Show what is due."""
        now = self._now()
        planned = self._next
        if planned is None or now < planned:
            return
        self._next = self._plan.next_after(now)
        if is_due(planned, now) and not self._window.isActiveWindow():  # nobody needs it here
            if self.icon is not None:
                words = self.tr("A small reminder")
                self.icon.showMessage(words, "", self._picture(), _SHOWN_MS)
            self.reminded.emit()

    def bring_to_front(self) -> None:
        """Show the window, as it is."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.activateWindow()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self._check_in.setText(self.tr("Check in"))
        self._open.setText(self.tr("Open the window"))
        if self.icon is not None:
            self.icon.setToolTip(self.tr("A small reminder"))

    def _show_icon(self) -> None:
        if self._next is None:
            self._timer.stop()
            if self.icon is not None:
                self.icon.hide()
                self.icon.deleteLater()
                self.icon = None
            return
        self._timer.start()
        if self.icon is None and self._is_available():
            self._make_icon()

    def _make_icon(self) -> None:
        if self._menu is None:
            self._menu = QMenu(self._window)
            self._menu.addAction(self._check_in)
            self._menu.addAction(self._open)
        self.icon = QSystemTrayIcon(self._picture(), self)
        self.icon.setContextMenu(self._menu)
        self.icon.messageClicked.connect(self._on_check_in)
        self.icon.activated.connect(self._on_activated)
        self.retranslate()
        self.icon.show()

    def _picture(self) -> QIcon:
        return self._theme.icon("dot", color=self._theme.tokens.accent, size=22)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.bring_to_front()

    def _on_check_in(self) -> None:
        self._wants_check_in = True
        self.bring_to_front()
        self.check_in_requested.emit()

    def _on_theme_changed(self) -> None:
        if self.icon is not None:
            self.icon.setIcon(self._picture())
