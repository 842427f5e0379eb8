"""Deleted conversations: brought back, or erased now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.earlier import BIN_DAYS, BinnedConversation
from psylite_desktop.ui.pages.history.rows import local_time
from psylite_desktop.ui.pages.journal.rows import day_name
from psylite_desktop.ui.pages.talk.plain_text import broken
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.bin_view import BinnedItem, BinView


class ConversationBin(BinView):
    """Deleted last first."""

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._binned: Sequence[BinnedConversation] = ()
        self.retranslate()

    def show_binned(self, binned: Sequence[BinnedConversation]) -> None:
        """List these conversations."""
        self._binned = binned
        self._show()

    def retranslate(self) -> None:
        """Set all texts anew."""
        super().retranslate()
        self.title.setText(self.tr("Deleted conversations"))
        lead = self.tr(
            "They can be brought back for {days} days; then they are erased. Breaks of more than"
            " ten days from the app do not count, so that a wrong clock empties nothing."
        )
        self.lead.setText(lead.format(days=BIN_DAYS))
        self.list.setAccessibleName(self.tr("Deleted conversations"))
        self.words.setAccessibleName(self.tr("How this conversation begins"))
        self.empty.set_texts(
            self.tr("Nothing here. Deleted conversations stay here for a while."),
            self.tr("Back to earlier conversations"),
        )
        self._show()

    def _show(self) -> None:
        items = []
        for one in self._binned:
            called = one.conversation.title or self.tr("A conversation")
            deleted = local_time(one.deleted_at).date().isoformat()
            name = self.tr("{title} · deleted {day}").format(
                title=called, day=day_name(deleted, self.tr("d MMM"))
            )
            items.append(BinnedItem(one.conversation.id, name, broken(one.beginning)))
        self.list_items(items)
