"""One backup in the list: when, why, how big; what is in it once somebody looked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from psylite_desktop.domain.backup import Backup, BackupKind, Contents
from psylite_desktop.ui.pages.backup.labels import about_text, backup_text, contents_text
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class BackupCard(QFrame):
    """A card with one button at first; looking inside brings a second one.

    Signals:
        look_requested: What is in it shall be counted.
        restore_requested: It shall come back.
    """

    look_requested = Signal(Backup)
    restore_requested = Signal(Backup)

    def __init__(self, backup: Backup, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backup = backup
        self._lang = lang
        self._contents: Contents | None = None
        self.setProperty("role", "card")
        self.when = PlainLabel("strong")
        self.about = PlainLabel("muted")
        self.inside = PlainLabel()
        self.look = quiet_button()
        self.restore = plain_button()
        self.look.clicked.connect(lambda: self.look_requested.emit(self.backup))
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self.backup))
        row = WrapLayout()
        row.addWidget(self.look)
        row.addWidget(self.restore)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.setSpacing(GRID // 2)
        for widget in (self.when, self.about, self.inside):
            box.addWidget(widget)
        box.addLayout(row)
        self._show()

    def show_contents(self, contents: Contents) -> None:
        """Say what is in it; the keyboard goes to what can be done with it."""
        self._contents = contents
        had_focus = self.look.hasFocus()
        self._show()
        announce(self, self.inside.text())
        if had_focus or not self.look.isVisible():
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def know_language(self, lang: str) -> None:
        """Write dates in another language."""
        self._lang = lang
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        when = backup_text(self.backup, self._lang)
        self.when.setText(when)
        self.about.setText(about_text(self.backup))
        is_good = self.backup.kind is not BackupKind.DAMAGED
        has_looked = self._contents is not None
        if self._contents is not None:
            if self._contents.opens_with == "then":
                self.inside.setText(self.tr("It opens with the passphrase it was made with."))
            else:
                self.inside.setText(contents_text(self._contents, self._lang))
        self.inside.setVisible(has_looked)
        self.look.setText(self.tr("Look inside"))
        self.look.setAccessibleName(self.tr("Look inside the backup of {day}").format(day=when))
        self.look.setVisible(is_good and not has_looked)
        self.restore.setText(self.tr("Bring this one back"))
        self.restore.setAccessibleName(self.tr("Bring back the backup of {day}").format(day=when))
        self.restore.setVisible(is_good and has_looked)
