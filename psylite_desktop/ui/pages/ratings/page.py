"""How replies did: means of the marks, all together and by what wrote them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.rating import RatingGroup, RatingSummary
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.ratings.means_table import MeansTable
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.scroll_keys import ScrollKeys
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel, joined


class RatingsPage(QWidget):
    """Only tells; marks are given and taken back in Talk.

    Signals:
        back_requested: Back to where the person came from.
        talk_requested: There is nothing yet; show Talk.
    """

    back_requested = Signal()
    talk_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._ratings = context.session.ratings
        self._tasks = VaultTasks(context.session.vault, self)
        self._summary: RatingSummary | None = None
        theme = context.app.theme
        self.back = BackButton(theme)
        self.back.clicked.connect(self.back_requested)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.notice = NoticeBar()
        self.everything = MeansTable(theme)
        self.heads = [PlainLabel("heading") for _ in range(3)]
        self.tables = [MeansTable(theme) for _ in range(3)]
        self.empty = EmptyState()
        self.empty.action_requested.connect(self.talk_requested)
        self._lay_out()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def reload(self) -> None:
        """Read all marks again."""
        self._tasks.run(self._ratings.summary, self._on_read, self._on_failed, self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was rated meanwhile."""
        super().showEvent(event)
        self.reload()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("How replies did"))
        self.heads[0].setText(self.tr("By what wrote them"))
        self.heads[1].setText(self.tr("By model"))
        self.heads[2].setText(self.tr("By kind of turn"))
        self.empty.set_texts(
            self.tr(
                "No reply has marks yet. Below each reply in Talk there is a quiet way to give "
                "some, if you ever want to."
            ),
            self.tr("Talk"),
        )
        self.setAccessibleName(self.title.text())
        self._show()

    def _on_read(self, summary: RatingSummary) -> None:
        self._summary = summary
        self.notice.clear()
        self._show()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _show(self) -> None:
        summary = self._summary
        has_some = summary is not None and summary.everything.replies > 0
        self.empty.setVisible(summary is not None and not has_some)
        self.intro.setVisible(has_some)
        self.everything.setVisible(has_some)
        for part in (*self.heads, *self.tables):
            part.setVisible(False)
        if summary is None or not has_some:
            self.intro.setText("")
            return
        self.intro.setText(self._intro(summary.everything.replies))
        self.everything.show_one(summary.everything)
        self._show_table(0, summary.modes, self._mode)
        self._show_table(1, summary.models, self._model)
        self._show_table(2, summary.routes, self._route)

    def _intro(self, replies: int) -> str:
        said = (
            self.tr("One reply has marks from you.")
            if replies == 1
            else self.tr("{count} replies have marks from you.").format(count=replies)
        )
        about = self.tr(
            "Marks run from 1 to 5; n is how many there are. They stay here, and go when the "
            "message goes. Few marks say little."
        )
        return joined(said, about)

    def _show_table(
        self, place: int, groups: Sequence[RatingGroup], name: Callable[[str], str]
    ) -> None:
        self.heads[place].setVisible(bool(groups))
        self.tables[place].setVisible(bool(groups))
        self.tables[place].show_groups([(name(group.name), group) for group in groups])

    def _mode(self, name: str) -> str:
        said = {
            Mode.MODEL: self.tr("A language model"),
            Mode.PRACTICE: self.tr("The small practice model"),
            Mode.WRITTEN: self.tr("Written beforehand"),
            Mode.CRISIS: self.tr("Crisis text"),
        }
        return said[Mode(name)]

    def _model(self, name: str) -> str:
        lang = self._app.language.current.value
        for entry in self._app.models.catalogue:
            if name in (entry.id, entry.file.rpartition("/")[2].rpartition(".")[0]):
                return entry.name.get(lang, entry.id)
        return name

    def _route(self, name: str) -> str:
        said = {
            Route.EXPLORE: self.tr("Listening and asking"),
            Route.INSIGHT: self.tr("Offering a connection"),
            Route.ACTION: self.tr("One small step"),
            Route.EXERCISE: self.tr("Calming down"),
            Route.JOY: self.tr("Something good"),
            Route.SMALLTALK: self.tr("A chat"),
            Route.GOODBYE: self.tr("Goodbye"),
            Route.ABOUT: self.tr("About the app"),
            Route.WATCH: self.tr("Taking care"),
        }
        return said.get(Route(name), self.tr("Something it could not give"))

    def _lay_out(self) -> None:
        self.column = ReadingColumn(self._app.theme, share=1.1)
        ScrollKeys(self, self.column)
        lead_focus(self, self.back)
        body = self.column.body
        for part in (self.title, self.intro, self.notice, self.everything):
            body.addWidget(part)
        for head, table in zip(self.heads, self.tables, strict=True):
            body.addWidget(head)
            body.addWidget(table)
        body.addWidget(self.empty, 1)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.column, 1)
        self.setProperty("role", "page")
