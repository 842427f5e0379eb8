"""Deleted pages: brought back, or erased now."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.journal import BIN_DAYS, BinnedEntry
from psylite_desktop.services.journal import first_line
from psylite_desktop.ui.pages.journal.rows import PREVIEW, day_name
from psylite_desktop.ui.pages.journal.shelf_view import ShelfView
from psylite_desktop.ui.pages.journal.versions_view import local_day
from psylite_desktop.ui.pages.talk.plain_text import broken
from psylite_desktop.ui.theme.switch import ThemeSwitch


class BinView(ShelfView):
    """Deleted last first.

    Signals:
        restore_requested: Bring a page back; carries its id.
        erase_requested: Erase pages now; carries their ids.
    """

    restore_requested = Signal(int)
    erase_requested = Signal(list)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._binned: list[BinnedEntry] = []
        self._going: list[int] = []
        self.chosen_requested.connect(self._on_chosen_requested)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.drop_all.clicked.connect(self._on_drop_all_clicked)
        self.sure.action_requested.connect(self._on_sure)
        self.retranslate()

    def show_binned(self, binned: list[BinnedEntry]) -> None:
        """List these pages."""
        self._binned = binned
        self._show()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Deleted pages"))
        lead = self.tr(
            "They can be brought back for {days} days; then they are erased. Breaks of more than"
            " ten days from the app do not count, so that a wrong clock empties nothing."
        )
        self.lead.setText(lead.format(days=BIN_DAYS))
        self.list.setAccessibleName(self.tr("Deleted pages"))
        self.words.setAccessibleName(self.tr("Words of this page"))
        self.choose.setText(self.tr("Bring it back"))
        self.drop.setText(self.tr("Erase it now"))
        self.drop_all.setText(self.tr("Erase all now"))
        self.empty.set_texts(
            self.tr("Nothing here. Deleted pages stay here for a while before they are erased."),
            self.tr("Back to your pages"),
        )
        self._show()

    def _show(self) -> None:
        items = []
        for one in self._binned:
            entry = one.entry
            called = entry.title or first_line(entry.text[:PREVIEW]) or self.tr("An empty page")
            day = day_name(local_day(one.deleted_at), self.tr("d MMM"))
            name = self.tr("{page} · deleted {day}").format(page=called[:PREVIEW], day=day)
            text = f"{entry.title}\n\n{entry.text}" if entry.title else entry.text
            items.append((name, broken(text)))
        self.show_items(items)

    @Slot(int)
    def _on_chosen_requested(self, place: int) -> None:
        self.restore_requested.emit(self._binned[place].entry.id)

    @Slot()
    def _on_drop_clicked(self) -> None:
        if self.place >= 0:
            self._ask([self._binned[self.place].entry.id])

    @Slot()
    def _on_drop_all_clicked(self) -> None:
        self._ask([one.entry.id for one in self._binned])

    def _ask(self, going: list[int]) -> None:
        self._going = going
        said = self.tr("Erased is erased: nothing brings it back.")
        self.sure.say(said, action=self.tr("Erase"))
        self.sure.action.setFocus()

    @Slot()
    def _on_sure(self) -> None:
        going, self._going = self._going, []
        self.erase_requested.emit(going)
