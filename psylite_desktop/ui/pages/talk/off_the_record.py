"""The switch in Talk's header for a talk of which nothing is kept, and the line while it is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.notice import NoticeBar


class OffTheRecordBar(NoticeBar):
    """In view while a talk is off the record; `button` stands in the header.

    Before the first message the button switches; afterwards it only shows what holds.

    Signals:
        switched: The person switched it; carries whether nothing shall be kept.
    """

    switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_off = False
        self.button = quiet_button()
        self.button.setCheckable(True)
        self.button.clicked.connect(self._on_clicked)
        self.retranslate()

    def show_state(self, *, can_switch: bool, is_off: bool) -> None:
        """Say what holds for the open talk."""
        self.button.setVisible(can_switch or is_off)
        self.button.setEnabled(can_switch)
        self.button.setChecked(is_off)
        if is_off == self._is_off:
            return
        self._is_off = is_off
        if is_off:
            self.say(self._sentence())
        else:
            self.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.button.setText(self.tr("Off the record"))
        self.button.setToolTip(
            self.tr("Nothing of this talk is kept. Can be chosen before the first message.")
        )
        self.button.setAccessibleDescription(self.button.toolTip())
        if self._is_off:
            self.label.setText(self._sentence())

    @Slot()
    def _on_clicked(self) -> None:
        self.switched.emit(self.button.isChecked())

    def _sentence(self) -> str:
        return self.tr(
            "Off the record: nothing of this talk goes into history or memory. It is gone when "
            "you begin another one, lock or close. If I hear danger, that alone stays known, so "
            "that help stays near."
        )
