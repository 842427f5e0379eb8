"""Marks for a reply: a quiet word below it, and a small panel for whoever wants to say more."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.rating import Dimension, ReplyRating
from psylite_desktop.services.ratings import RatingService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.fitting_scroll import FittingScroll
from psylite_desktop.ui.pages.talk.mark_row import MarkRow
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel

BESIDE = 264
"""Pixels at 100 % that the rest of the page needs; what is left is the panel's."""
LEAST = 60
"""Pixels at 100 % that one row needs."""
QUOTED = 60
"""Characters of a reply that stand above its marks."""


class ReplyRater(QWidget):
    """Hidden while there is no reply to rate; it never opens by itself.

    Signals:
        failed: The vault did not take it; carries the error's code.
        opened: The panel came into view.
        closed: The panel was closed by the person.
    """

    failed = Signal(str)
    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        ratings: RatingService,
        tasks: VaultTasks,
        theme: ThemeSwitch,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ratings = ratings
        self._tasks = tasks
        self._rating: ReplyRating | None = None
        self._text = ""
        self._is_last = True
        self.open = quiet_button()
        self.open.clicked.connect(self.unfold)
        self.panel = QFrame()
        self.panel.setProperty("role", "notice")
        self.title = PlainLabel("strong")
        self.quote = PlainLabel("small")
        self.rows = {dimension: MarkRow(dimension) for dimension in Dimension}
        self.hint = PlainLabel("small")
        self.take_back = quiet_button()
        self.take_back.clicked.connect(self._on_take_back_clicked)
        self.done = quiet_button()
        self.done.clicked.connect(self.fold)
        for row in self.rows.values():
            row.chosen.connect(self._on_chosen)
        self._inside = QWidget()
        self._inside.setProperty("role", "inside")
        self._scroll = FittingScroll(self._inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.panel.hide()
        self.hide()
        self.retranslate()

    @property
    def is_open(self) -> bool:
        """Whether the panel is in view."""
        return self.panel.isVisibleTo(self)

    def offer(self, rating: ReplyRating, text: str, *, is_last: bool = True) -> None:
        """Offer marks for a reply, whose stored ones are read; `rating` says how it was made.

        `is_last`: it stands right above, so that it need not be quoted.
        """
        self._rating, self._text, self._is_last = rating, text, is_last
        self.panel.hide()
        self.open.show()
        self.show()
        self._show()
        ratings, number = self._ratings, rating.message_id
        self._tasks.run(lambda: ratings.load(number), self._on_loaded, self._on_failed, self)

    @Slot()
    def clear(self) -> None:
        """Take it away."""
        self._rating = None
        self.hide()

    @Slot()
    def unfold(self) -> None:
        """Show the four rows and give them the keyboard."""
        if self._rating is None:
            return
        self.open.hide()
        self.panel.show()
        self.opened.emit()
        next(iter(self.rows.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def fold(self) -> None:
        """Back to the quiet word; marks are kept already."""
        self.panel.hide()
        self.open.show()
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def set_room(self, height: int) -> None:
        """Keep within what a page of `height` pixels can spare."""
        sizes = self._theme.sizes
        self._scroll.limit(max(height - sizes.px(BESIDE), sizes.px(LEAST)))

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("How was this reply?"))
        self.hint.setText(self.tr("Keys 1 to 5, Tab to the next, 0 takes a mark back."))
        self.take_back.setText(self.tr("Take all marks back"))
        self.done.setText(self.tr("Done"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def event(self, event: QEvent) -> bool:
        """Keep Escape for the panel; the page would stop the reply with it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.is_open
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter close the panel."""
        closing = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.is_open and event.key() in closing:
            self.fold()
        else:
            super().keyPressEvent(event)

    @Slot(Dimension, object)
    def _on_chosen(self, dimension: Dimension, mark: object) -> None:
        if self._rating is not None:
            self._keep(self._rating.marked(dimension, mark if isinstance(mark, int) else None))

    @Slot()
    def _on_take_back_clicked(self) -> None:
        rating = self._rating
        if rating is None:
            return
        for dimension in Dimension:
            rating = rating.marked(dimension, None)
        self._keep(rating)
        next(iter(self.rows.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, rating: ReplyRating) -> None:
        self._rating = rating
        self._show()
        ratings = self._ratings
        self._tasks.run(lambda: ratings.rate(rating), self._on_kept, self._on_failed, self)

    def _on_loaded(self, found: ReplyRating | None) -> None:
        mine = self._rating
        if found is not None and mine is not None and mine.message_id == found.message_id:
            self._rating = found if mine.is_empty else mine
            self._show()

    def _on_kept(self, _rating: ReplyRating) -> None:
        """The rows show it already."""

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error.code)

    def _show(self) -> None:
        rating = self._rating
        if rating is None:
            return
        for dimension, row in self.rows.items():
            row.show_mark(rating.mark(dimension))
        self.take_back.setVisible(not rating.is_empty)
        start = shown(" ".join(self._text.split())[:QUOTED])
        self.quote.setText(self.tr("“{words}…”").format(words=start))
        self.quote.setVisible(not self._is_last)
        if rating.is_empty:
            self.open.setText(self.tr("Rate this reply"))
            return
        marks = " · ".join(str(rating.mark(one) or "–") for one in Dimension)
        self.open.setText(self.tr("Your marks: {marks}").format(marks=marks))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.take_back)
        head.addWidget(self.done)
        frame = QVBoxLayout(self.panel)
        frame.setContentsMargins(GRID, GRID, GRID, GRID)
        frame.addWidget(self._scroll)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(RING, RING, GRID, RING)
        inside.setSpacing(GRID // 2)
        for label in (self.title, self.quote, self.hint):
            label.setContentsMargins(GRID, 0, GRID, 0)
        inside.addLayout(head)
        inside.addWidget(self.quote)
        for row in self.rows.values():
            inside.addWidget(row)
        inside.addWidget(self.hint)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        line.addWidget(self.open)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(line)
        box.addWidget(self.panel)
        order = [*self.rows.values(), self.take_back, self.done]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
