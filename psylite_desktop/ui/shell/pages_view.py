"""The rail and the pages of one unlocked profile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.shell.navigation import FOLD_BELOW, NavigationRail
from psylite_desktop.ui.shell.page import PageSpec
from psylite_desktop.ui.shell.registry import PAGES
from psylite_desktop.ui.shell.shell_notice import ShellNotice
from psylite_desktop.ui.widgets.first_focus import lead_focus


class PagesView(QWidget):
    """Makes each page when it is first asked for and keeps it until the profile is locked.

    Signals:
        lock_requested: The profile shall be locked.
        keys_requested: Once the profile is locked, its keys shall be shown.
        private_settings_changed: Other private settings are in use; carries them.
        model_wanted: Somebody is about to ask the language model something.
        rescue_requested: Once locked, something shall be brought back; carries a `RescueOrder`.
    """

    lock_requested = Signal()
    keys_requested = Signal()
    private_settings_changed = Signal(PrivateSettings)
    model_wanted = Signal()
    rescue_requested = Signal(RescueOrder)

    def __init__(
        self,
        context: PageContext,
        *,
        specs: Sequence[PageSpec] = PAGES,
        parent: QWidget | None = None,
    ) -> None:
        """The first page of `specs` is in front."""
        super().__init__(parent)
        self._context = context
        self._specs = {spec.id: spec for spec in specs}
        self._pages: dict[str, QWidget] = {}
        self._opened_from: dict[str, str] = {}
        self._stack = QStackedWidget()
        self.rail = NavigationRail(context.app.theme, specs)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self.notice = ShellNotice(context, self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        self.notice.page_requested.connect(self.show_page)
        self.rail.page_requested.connect(self.show_page)
        self.rail.lock_requested.connect(self.lock_requested)
        in_rail = [spec.id for spec in specs if spec.in_rail and not spec.under]
        for number, page_id in enumerate(in_rail[:9], start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda page_id=page_id: self.show_page(page_id))
        self.show_page(specs[0].id)

    @property
    def current(self) -> str:
        """Id of the page in front."""
        front = self._stack.currentWidget()
        return next(page_id for page_id, page in self._pages.items() if page is front)

    def show_page(self, page_id: str) -> QWidget:
        """Bring a page to the front, making it where needed, and return it."""
        if page_id not in self._pages:
            spec = self._specs[page_id]
            page = spec.create(self._context)
            self._pages[page_id] = page
            self._stack.addWidget(page)
            spec.connect(page, self)
        page = self._pages[page_id]
        if self._specs[page_id].under and self.current != page_id:
            self._opened_from[page_id] = self.current
        self._stack.setCurrentWidget(page)
        lead_focus(self, page)
        self.rail.set_current(page_id)
        if self.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def go_back(self) -> QWidget:
        """Return to the page from which the one in front was opened, and return that."""
        here = self.current
        return self.show_page(self._opened_from.get(here) or self._specs[here].under or here)

    def made_page(self, page_id: str) -> QWidget | None:
        """A page that was opened before, wherever it is now."""
        return self._pages.get(page_id)

    def lock_for_keys(self) -> None:
        """Lock the profile and go to its keys."""
        self.keys_requested.emit()
        self.lock_requested.emit()

    def want_model(self) -> None:
        """Have the language model at hand."""
        self.model_wanted.emit()

    def use_private_settings(self, settings: PrivateSettings) -> None:
        """Take private settings that have just been stored into use."""
        for page in self._pages.values():
            know_settings = getattr(page, "know_settings", None)
            if know_settings is not None:
                know_settings(settings)
        self.private_settings_changed.emit(settings)

    def ask_rescue(self, order: RescueOrder) -> None:
        """Lock, then bring back what a `RescueOrder` names."""
        self.lock_requested.emit()
        self.rescue_requested.emit(order)

    def leave(self) -> None:
        """Let every page finish; nothing is asked of them afterwards."""
        self.notice.leave()
        for page in self._pages.values():
            leave = getattr(page, "leave", None)
            if leave is not None:
                leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where the window is narrow."""
        super().resizeEvent(event)
        self.rail.set_folded(self.width() < FOLD_BELOW)
