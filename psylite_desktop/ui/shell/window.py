"""The main window: unlock, then welcome, then pages; and the way back when it locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.session import Session
from psylite_desktop.ui import clipboard
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import AppContext, PageContext
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from psylite_desktop.ui.shell.engine_care import EngineCare
from psylite_desktop.ui.shell.help_layer import HelpLayer
from psylite_desktop.ui.shell.lock_signs import LockSigns
from psylite_desktop.ui.shell.quick_hide import QuickHide
from psylite_desktop.ui.shell.shared_computer import keep_out_of_captures, lock_after
from psylite_desktop.ui.shell.tray import ReminderTray
from psylite_desktop.ui.shell.vault_closing import VaultClosing
from psylite_desktop.ui.shell.zoom_keys import ZoomKeys
from psylite_desktop.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from psylite_desktop.ui.shell.pages_view import PagesView


class MainWindow(QMainWindow):
    """Shows one thing at a time and knows whether a profile is open."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._session: Session | None = None
        self.pages: PagesView | None = None
        self._help: HelpLayer | None = None
        self._closing = VaultClosing(context, self)
        self._closing.finished.connect(self.close)
        self.setWindowTitle("PsyLite")
        self.setMinimumSize(640, 480)
        self.resize(1024, 680)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.unlock_page = UnlockPage(context)
        self.unlock_page.session_opened.connect(self._on_session_opened)
        self.unlock_page.help_requested.connect(self.show_help)
        self._stack.addWidget(self.unlock_page)
        self.cover = QuickHide(context, self._stack)
        self.cover.hidden.connect(self.lock)
        self.cover.left.connect(self._on_cover_left)
        self.signs = LockSigns(context.theme.app, self)
        self.signs.lock_requested.connect(self.lock)
        self.reminders = ReminderTray(context, self)
        self.reminders.check_in_requested.connect(self._show_check_in)
        self.engine_care = EngineCare(context, self)
        self.ring = FocusRing(context.theme, self)
        ZoomKeys(context.plain, self)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self, self.show_help)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock)

    @property
    def is_locked(self) -> bool:
        """Whether no profile is open."""
        return self._session is None

    @property
    def front(self) -> QWidget | None:
        """What the window shows."""
        return self._stack.currentWidget()

    def show_help(self) -> None:
        """Bring help to the front, whatever else is going on."""
        if self.pages is not None:
            self.pages.show_page("help")
            return
        if self._help is None:
            self._help = HelpLayer(self._context)
            self._help.closed.connect(self._on_help_closed)
            self._stack.addWidget(self._help)
        self._help.show_plan_of(self.unlock_page.chosen if self.is_locked else None)
        self._stack.setCurrentWidget(self._help)
        self._help.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self) -> None:
        """Close the profile: pages go, the engine process dies, the keys are forgotten."""
        if self._session is None:
            self.unlock_page.discard()  # what was typed at the door or shown there goes, too
            self.unlock_page.reset()
            return
        session, self._session = self._session, None
        self._context.host.hold(is_held=True)
        self.signs.idle.stop()
        self.reminders.lock()
        if not self.cover.is_hiding:
            self._stack.setCurrentWidget(self.unlock_page)
        self._drop_pages()
        clipboard.forget_copied()
        self.engine_care.end()
        self.unlock_page.reset()
        self._closing.close(session.vault)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock first, then go; the last words are stored before the window is gone."""
        self.lock()
        if self._closing.may_go:
            event.accept()
            return
        event.ignore()
        self._closing.wait()

    def _on_cover_left(self) -> None:
        self._stack.setCurrentWidget(self.unlock_page)
        self.unlock_page.reset()

    def _on_session_opened(self, session: Session) -> None:
        self._session = session
        self._context.host.hold(is_held=False)
        if self.cover.is_hiding:  # the passphrase was right just before the key was pressed
            self.lock()
            return
        tasks = VaultTasks(session.vault, self)
        tasks.run(session.vault.settings.load, self._on_settings_loaded, self._on_failed, self)

    def _on_settings_loaded(self, settings: PrivateSettings) -> None:
        if self._session is None:
            return
        self._on_private_settings_changed(settings)
        if settings.welcomed:
            self._show_pages()
            return
        from psylite_desktop.ui.pages.welcome.page import WelcomePage

        welcome = WelcomePage(PageContext(self._context, self._session), settings)
        welcome.finished.connect(self._on_settings_loaded)
        self._show(welcome)

    def _show_pages(self) -> None:
        if self._session is None:
            return
        from psylite_desktop.ui.shell.pages_view import PagesView

        space = self.unlock_page.opened_label
        self.pages = PagesView(PageContext(self._context, self._session, space))
        self.pages.keys_requested.connect(self.unlock_page.lead_to_keys)
        self.pages.lock_requested.connect(self.lock)
        self.pages.model_wanted.connect(self.engine_care.wake)
        self.pages.rescue_requested.connect(self.unlock_page.await_rescue)
        self.pages.private_settings_changed.connect(self._on_private_settings_changed)
        self._show(self.pages)
        self._show_check_in()
        self.engine_care.begin()

    def _show(self, view: QWidget) -> None:
        """Put a view of the open profile in front; the one before it goes."""
        is_helping = self._stack.currentWidget() is self._help  # before another one moves up
        for old in self._views_of_profile():
            if old is not view:
                self._stack.removeWidget(old)
                old.deleteLater()
        self._stack.addWidget(view)
        if not is_helping:
            self._stack.setCurrentWidget(view)
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_pages(self) -> None:
        if self.pages is not None:
            self.pages.leave()
            self.pages = None
        for view in self._views_of_profile():
            self._stack.removeWidget(view)
            view.deleteLater()

    def _views_of_profile(self) -> list[QWidget]:
        views = (self._stack.widget(index) for index in range(self._stack.count()))
        stay = (self.unlock_page, self.cover.view, self._help)
        return [view for view in views if view is not None and view not in stay]

    def _on_private_settings_changed(self, settings: PrivateSettings) -> None:
        is_shared = self._context.plain.current.discreet
        is_guest = self._session is not None and self._session.guest
        minutes = lock_after(settings.lock_after_min, is_shared=is_shared, is_guest=is_guest)
        self.signs.idle.start(minutes)
        keep_out_of_captures(int(self.winId()), is_shared=is_shared)
        self.reminders.use(settings)

    def _show_check_in(self) -> None:
        if self.pages is not None and self.reminders.take_wish():
            self.pages.show_page("checkin")

    def _on_help_closed(self) -> None:
        views = self._views_of_profile()
        self._stack.setCurrentWidget(views[-1] if views else self.unlock_page)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.lock()
        self.unlock_page.show_error(error)
