"""A line above every page, for what concerns the whole space."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.shell.auto_backup import DailyBackup
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel


class ShellNotice(QWidget):
    """Says what concerns the whole space: a safe start, a newer version, a backup that failed.

    Signals:
        page_requested: A page shall be shown; carries its id.
    """

    page_requested = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure = ""
        self._is_read_only = context.session.vault.is_read_only
        self._is_safe = context.app.is_safe
        self.read_only = PlainLabel()
        self._read_only_frame = _framed(self.read_only)
        self.safe = PlainLabel()
        self._safe_frame = _framed(self.safe)
        self.notice = NoticeBar()
        self.backup = DailyBackup(context, self)
        self.backup.failed.connect(self._on_backup_failed)
        self.notice.action_requested.connect(lambda: self.page_requested.emit("backup"))
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, 0)
        box.setSpacing(GRID)
        box.addWidget(self._safe_frame)
        box.addWidget(self._read_only_frame)
        box.addWidget(self.notice)
        self.retranslate()

    def leave(self) -> None:
        """The profile is about to be locked."""
        self.backup.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.read_only.setText(
            self.tr(
                "A newer PsyLite wrote this space. You can read everything here; to write, open "
                "it with that version."
            )
        )
        self._read_only_frame.setVisible(self._is_read_only)
        self.safe.setText(
            self.tr(
                "A safe start: replies are written beforehand, and the settings are those of a "
                "new installation. For everything else, open PsyLite without --safe."
            )
        )
        self._safe_frame.setVisible(self._is_safe)
        is_saying = self.notice.isVisibleTo(self)
        if is_saying:
            self._say()
        self.setVisible(self._is_safe or self._is_read_only or is_saying)

    def _on_backup_failed(self, code: str) -> None:
        self._failure = code
        self.show()
        self._say()

    def _say(self) -> None:
        self.notice.say(
            self.tr("Today's backup could not be made; earlier ones are kept. {why}").format(
                why=error_text(self._failure)
            ),
            action=self.tr("Show backups"),
        )


def _framed(label: PlainLabel) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "notice")
    QVBoxLayout(frame).addWidget(label)
    return frame
