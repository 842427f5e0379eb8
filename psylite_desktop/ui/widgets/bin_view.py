"""What was deleted: brought back, or erased now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.shelf_view import ShelfView


@dataclass(frozen=True, slots=True)
class BinnedItem:
    """A line of the list, and the words that stand beside it."""

    id: int
    name: str
    words: str


class BinView(ShelfView):
    """Deleted last first; a subclass says what lies here.

    Signals:
        restore_requested: Bring one back; carries its id.
        erase_requested: Erase some now; carries their ids.
    """

    restore_requested = Signal(int)
    erase_requested = Signal(list)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._ids: list[int] = []
        self._going: list[int] = []
        self.chosen_requested.connect(self._on_chosen_requested)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.drop_all.clicked.connect(self._on_drop_all_clicked)
        self.sure.action_requested.connect(self._on_sure)

    def show_binned(self, binned: Sequence[Any]) -> None:
        """List what a service says lies here."""
        raise NotImplementedError

    def list_items(self, items: Sequence[BinnedItem]) -> None:
        """List what lies here."""
        self._ids = [item.id for item in items]
        self.show_items([(item.name, item.words) for item in items])

    def retranslate(self) -> None:
        """Set the texts of the buttons anew."""
        self.choose.setText(self.tr("Bring it back"))
        self.drop.setText(self.tr("Erase it now"))
        self.drop_all.setText(self.tr("Erase all now"))

    @Slot(int)
    def _on_chosen_requested(self, place: int) -> None:
        self.restore_requested.emit(self._ids[place])

    @Slot()
    def _on_drop_clicked(self) -> None:
        if self.place >= 0:
            self._ask([self._ids[self.place]])

    @Slot()
    def _on_drop_all_clicked(self) -> None:
        self._ask(list(self._ids))

    def _ask(self, going: list[int]) -> None:
        self._going = going
        said = self.tr("Erased is erased: nothing brings it back.")
        self.sure.say(said, action=self.tr("Erase"))
        self.sure.action.setFocus()

    @Slot()
    def _on_sure(self) -> None:
        going, self._going = self._going, []
        self.erase_requested.emit(going)
