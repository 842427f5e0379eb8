"""Deleted conversations: brought back, or erased now."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.earlier import BIN_DAYS, BinnedConversation
from psylite_desktop.ui.pages.history.rows import local_time
from psylite_desktop.ui.pages.journal.rows import day_name
from psylite_desktop.ui.pages.journal.shelf_view import ShelfView
from psylite_desktop.ui.pages.talk.plain_text import broken
from psylite_desktop.ui.theme.switch import ThemeSwitch


class ConversationBin(ShelfView):
    """Deleted last first.

    Signals:
        restore_requested: Bring a conversation back; carries its id.
        erase_requested: Erase conversations now; carries their ids.
    """

    restore_requested = Signal(int)
    erase_requested = Signal(list)

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._binned: list[BinnedConversation] = []
        self._going: list[int] = []
        self.chosen_requested.connect(self._on_chosen_requested)
        self.drop.clicked.connect(self._on_drop_clicked)
        self.drop_all.clicked.connect(self._on_drop_all_clicked)
        self.sure.action_requested.connect(self._on_sure)
        self.retranslate()

    def show_binned(self, binned: list[BinnedConversation]) -> None:
        """List these conversations."""
        self._binned = binned
        self._show()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Deleted conversations"))
        lead = self.tr(
            "They can be brought back for {days} days; then they are erased. Breaks of more than"
            " ten days from the app do not count, so that a wrong clock empties nothing."
        )
        self.lead.setText(lead.format(days=BIN_DAYS))
        self.list.setAccessibleName(self.tr("Deleted conversations"))
        self.words.setAccessibleName(self.tr("How this conversation begins"))
        self.choose.setText(self.tr("Bring it back"))
        self.drop.setText(self.tr("Erase it now"))
        self.drop_all.setText(self.tr("Erase all now"))
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
            items.append((name, broken(one.beginning)))
        self.show_items(items)

    @Slot(int)
    def _on_chosen_requested(self, place: int) -> None:
        self.restore_requested.emit(self._binned[place].conversation.id)

    @Slot()
    def _on_drop_clicked(self) -> None:
        if self.place >= 0:
            self._ask([self._binned[self.place].conversation.id])

    @Slot()
    def _on_drop_all_clicked(self) -> None:
        self._ask([one.conversation.id for one in self._binned])

    def _ask(self, going: list[int]) -> None:
        self._going = going
        said = self.tr("Erased is erased: nothing brings it back.")
        self.sure.say(said, action=self.tr("Erase"))
        self.sure.action.setFocus()

    @Slot()
    def _on_sure(self) -> None:
        going, self._going = self._going, []
        self.erase_requested.emit(going)
