"""Deleted pages: brought back, or erased now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.journal import BIN_DAYS, BinnedEntry
from psylite_desktop.services.journal import JournalService, first_line
from psylite_desktop.ui.pages.journal.rows import PREVIEW, day_name
from psylite_desktop.ui.pages.journal.versions_view import local_day
from psylite_desktop.ui.pages.talk.plain_text import broken
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.bin_view import BinnedItem, BinView


class PageBin(BinView):
    """Deleted last first."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._binned: Sequence[BinnedEntry] = ()
        self.retranslate()

    def show_binned(self, binned: Sequence[BinnedEntry]) -> None:
        """List these pages."""
        self._binned = binned
        self._show()

    def retranslate(self) -> None:
        """Set all texts anew."""
        super().retranslate()
        self.title.setText(self.tr("Deleted pages"))
        lead = self.tr(
            "They can be brought back for {days} days; then they are erased. Breaks of more than"
            " ten days from the app do not count, so that a wrong clock empties nothing."
        )
        self.lead.setText(lead.format(days=BIN_DAYS))
        self.list.setAccessibleName(self.tr("Deleted pages"))
        self.words.setAccessibleName(self.tr("Words of this page"))
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
            items.append(BinnedItem(entry.id, name, broken(text)))
        self.list_items(items)


def erasing(service: JournalService) -> Callable[[Sequence[int]], None]:
    """What erases pages for good, on the vault's thread."""

    def erase(entry_ids: Sequence[int]) -> None:
        for entry_id in entry_ids:
            service.erase(entry_id)

    return erase
