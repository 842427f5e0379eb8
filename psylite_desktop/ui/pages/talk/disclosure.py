"""The plain facts about the program, said at the beginning and every few hours."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from psylite_desktop.ui.widgets.notice import NoticeBar


class Disclosure(NoticeBar):
    """One line that says what this is; it goes with the next message."""

    def say_facts(self) -> None:
        """Say them."""
        self.say(
            self.tr(
                "This is a program and can be wrong. It is not emergency care; it works offline "
                "and cannot alert anyone."
            ),
            action=self.tr("Understood"),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Say it again in the language of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not self.isHidden():
            self.say_facts()
