"""Privacy: where everything is kept, what is open, what is not protected, how to leave."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.whereabouts import SocketReport, StoragePlace
from psylite_desktop.host.own_sockets import own_report
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.privacy.places_card import PlacesCard
from psylite_desktop.ui.pages.privacy.sockets_card import SocketsCard
from psylite_desktop.ui.pages.privacy.words import not_protected, protected
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.scroll_keys import ScrollKeys
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

REFRESH_MS = 2000


class PrivacyPage(QWidget):
    """Every sentence here is one of the README's promises or one of their ends.

    Signals:
        back_requested: Back to where the person came from.
        page_requested: A page about taking data along shall be shown; carries its id.
        delete_requested: The space shall be locked, to be deleted there.
    """

    back_requested = Signal()
    page_requested = Signal(str)
    delete_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._is_guest = context.session.guest
        self._tasks = VaultTasks(context.session.vault, self)
        self._is_asking = False
        self.back = BackButton(context.app.theme)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.kept_title, self.open_title = PlainLabel("heading"), PlainLabel("heading")
        self.open_intro = Paragraph()
        self.not_title, self.leave_title = PlainLabel("heading"), PlainLabel("heading")
        self.places = PlacesCard()
        self.sockets = SocketsCard()
        self.protects_title = PlainLabel("heading")
        self.protects, self.limits = QFrame(), QFrame()
        self.protects.setProperty("role", "card")
        self.limits.setProperty("role", "notice")
        self.promises = [PlainLabel() for _ in protected()]
        self.lines = [PlainLabel() for _ in not_protected()]
        self.leave_text = Paragraph()
        self.export, self.backup = plain_button(), plain_button()
        self.backup.hide()
        self.delete: QPushButton = plain_button()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    def offer_pages(self, pages: Collection[str]) -> None:
        """Offer what there is a page for."""
        self.backup.setVisible("backup" in pages and not self._is_guest)

    @Slot()
    def look(self) -> None:
        """Ask both processes, and measure the places."""
        self.sockets.show_window(own_report())
        if self._is_asking:
            return
        self._is_asking = True
        self._app.engine.run(
            self._app.host.socket_report, self._on_engine_told, self._on_engine_silent, self
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look now, and again while the page is in view."""
        super().showEvent(event)
        where = self._app.whereabouts
        self._tasks.run(where.places, self._on_measured, self._on_failed, self)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._timer.stop()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Privacy"))
        self.setAccessibleName(self.tr("Privacy"))
        self.intro.setText(
            self.tr(
                "What you write stays on this computer, encrypted. The program has no network "
                "code: nothing is sent, counted or looked up anywhere."
            )
        )
        self.kept_title.setText(self.tr("Where everything is"))
        self.open_title.setText(self.tr("What is open now"))
        self.open_intro.setText(
            self.tr(
                "Each process of the program says of itself which connections it has; no other "
                "program can look into them. This is read again every two seconds."
            )
        )
        self.protects_title.setText(self.tr("What protects you"))
        for label, text in zip(self.promises, protected(), strict=True):
            label.setText(f"· {text}")
        self.not_title.setText(self.tr("What is not protected"))
        for label, text in zip(self.lines, not_protected(), strict=True):
            label.setText(f"· {text}")
        self.leave_title.setText(self.tr("Take it with you, or delete it"))
        self.leave_text.setText(self._leaving())
        self.export.setText(self.tr("Export…"))
        self.backup.setText(self.tr("Backups…"))
        self.delete.setText(self.tr("Lock, to delete this space…"))
        self.places.retranslate()
        self.sockets.retranslate()

    def _leaving(self) -> str:
        if self._is_guest:
            return self.tr("As a guest there is nothing to delete: lock, and it is gone.")
        return self.tr(
            "A single conversation or page is deleted where it stands, lies in the bin for 30 "
            "days and is then erased. A whole space is deleted from the start page, with your "
            "passphrase: its keys are destroyed first, so that nothing left of the file can be "
            "read. Nobody can bring it back, we neither."
        )

    def _lay_out(self) -> None:
        for frame, lines in ((self.protects, self.promises), (self.limits, self.lines)):
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
            inside.setSpacing(GRID)
            for label in lines:
                inside.addWidget(label)
        ways = WrapLayout()
        for button in (self.export, self.backup, self.delete):
            ways.addWidget(button)
        self.column = ReadingColumn(self._app.theme)
        ScrollKeys(self, self.column)
        body = self.column.body
        for part in (
            self.title,
            self.intro,
            self.kept_title,
            self.places,
            self.open_title,
            self.open_intro,
            self.sockets,
            self.protects_title,
            self.protects,
            self.not_title,
            self.limits,
            self.leave_title,
            self.leave_text,
        ):
            body.addWidget(part)
        body.addLayout(ways)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.column, 1)
        self.setFocusProxy(self.back)
        self.setProperty("role", "page")
        self.delete.setVisible(not self._is_guest)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_requested)
        self.export.clicked.connect(lambda: self.page_requested.emit("export"))
        self.backup.clicked.connect(lambda: self.page_requested.emit("backup"))
        self.delete.clicked.connect(self.delete_requested)
        self._timer.timeout.connect(self.look)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _on_measured(self, places: list[StoragePlace]) -> None:
        self.places.show_places(places, is_guest=self._is_guest)

    def _on_engine_told(self, report: SocketReport | None) -> None:
        self._is_asking = False
        self.sockets.show_engine(report)

    @Slot(PsyLiteError)
    def _on_engine_silent(self, _error: PsyLiteError) -> None:
        self._is_asking = False
        self.sockets.show_engine(None, is_busy=True)

    @Slot(PsyLiteError)
    def _on_failed(self, _error: PsyLiteError) -> None:
        """The vault is being closed; there is nothing to say."""
