"""The plain facts about the program, said at the beginning and every few hours."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from psylite_desktop.ui.widgets.notice import NoticeBar


class Disclosure(NoticeBar):
    """One line that says what this is; it goes with the next message.

    While a help card is in view it waits: in a small window the number needs its room.
    """

    _is_due = False
    _gives_way = False

    def give_way(self, gives_way: bool) -> None:
        """Leave the room to help (True), or come back if nobody has read it yet."""
        self._gives_way = gives_way
        self.setVisible(self._is_due and not gives_way)

    def clear(self) -> None:
        """It was read, or a message was sent."""
        self._is_due = False
        super().clear()

    def say_facts(self) -> None:
        """Say them."""
        self._is_due = True
        self.say(
            self.tr(
                "This is a program and can be wrong. It is not emergency care; it works offline "
                "and cannot alert anyone."
            ),
            action=self.tr("Understood"),
        )
        self.setVisible(not self._gives_way)

    def changeEvent(self, event: QEvent) -> None:
        """Say it again in the language of now."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._is_due:
            self.say_facts()
