"""Earlier versions of a page: looked at, taken back, or forgotten."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.journal import Revision
from psylite_desktop.ui.pages.journal.rows import day_name, time_name
from psylite_desktop.ui.pages.talk.plain_text import broken
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.widgets.shelf_view import ShelfView

_DAY = "yyyy-MM-dd"


class VersionsView(ShelfView):
    """Newest first.

    Signals:
        taken_back: Put this version in the place of the page; carries the Revision.
        forget_requested: Delete all of them for good.
    """

    taken_back = Signal(Revision)
    forget_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._revisions: list[Revision] = []
        self.chosen_requested.connect(self._on_chosen_requested)
        self.drop_all.clicked.connect(self._on_forget_clicked)
        self.sure.action_requested.connect(self.forget_requested)
        self.retranslate()

    def show_revisions(self, revisions: list[Revision]) -> None:
        """List these versions."""
        self._revisions = revisions
        self._show()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Earlier versions"))
        self.lead.setText(
            self.tr(
                "How this page stood before. Taking one back keeps what stands there now as a "
                "version too."
            )
        )
        self.list.setAccessibleName(self.tr("Earlier versions"))
        self.words.setAccessibleName(self.tr("Words of this version"))
        self.choose.setText(self.tr("Take this one back"))
        self.drop_all.setText(self.tr("Forget all earlier versions"))
        self.empty.set_texts(
            self.tr("There is only this version; earlier ones are kept from now on."),
            self.tr("Back to the page"),
        )
        self._show()

    def _show(self) -> None:
        items = []
        for one in self._revisions:
            day = day_name(local_day(one.at), self.tr("ddd d MMM yyyy"))
            name = f"{day} · {time_name(one.at)}"
            text = f"{one.title}\n\n{one.text}" if one.title else one.text
            items.append((name, broken(text)))
        self.show_items(items)
        self.drop.hide()

    @Slot(int)
    def _on_chosen_requested(self, place: int) -> None:
        self.taken_back.emit(self._revisions[place])

    @Slot()
    def _on_forget_clicked(self) -> None:
        said = self.tr("They cannot be brought back afterwards; the page stays as it is.")
        self.sure.say(said, action=self.tr("Forget them"))
        self.sure.action.setFocus()


def local_day(at: float) -> str:
    """The day on the calendar on the wall at a time, as YYYY-MM-DD."""
    from datetime import datetime

    return datetime.fromtimestamp(at).astimezone().date().isoformat()
