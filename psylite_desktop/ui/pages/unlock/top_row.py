"""What stands above every step of the unlock page: the name, the other language, help."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.language import LanguageSwitch
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel


class TopRow(QWidget):
    """Switches the language by itself; help is for the page."""

    def __init__(self, switch: LanguageSwitch) -> None:
        super().__init__()
        self._switch = switch
        self.language = quiet_button()
        self.help = quiet_button()
        self.language.clicked.connect(self._on_language_clicked)
        name = PlainLabel("heading", wrap=False)
        name.setText("PsyLite")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(name)
        row.addStretch(1)
        row.addWidget(self.language)
        row.addWidget(self.help)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.language.setText("English" if self._other() is Language.EN else "中文")
        self.language.setAccessibleName(self.tr("Switch the language"))
        self.help.setText(self.tr("Help now"))

    def _other(self) -> Language:
        return Language.EN if self._switch.current is Language.ZH else Language.ZH

    def _on_language_clicked(self) -> None:
        with contextlib.suppress(OSError):  # the language holds for this run all the same
            self._switch.set(self._other())
