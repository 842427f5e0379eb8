"""About suggestions: how they come about, what was turned off, what the letters mean."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.exercise import Badge
from psylite_desktop.domain.suggestion import GivenAnswer
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.exercises.labels import badge_text
from psylite_desktop.ui.pages.suggestions.words import SuggestionWords
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.scroll_keys import ScrollKeys
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

Told = list[tuple[GivenAnswer, str]]


class SuggestionsPage(QWidget):
    """Takes answers back.

    Signals:
        back_requested: Back to where the person came from.
    """

    back_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = context.app
        self._service = context.session.suggestions
        self._tasks = VaultTasks(context.session.vault, self)
        self._words = SuggestionWords(self)
        self._told: Told | None = None
        self.back = BackButton(context.app.theme)
        self.back.clicked.connect(self.back_requested)
        self.title = PlainLabel("title")
        self.intro = Paragraph()
        self.notice = NoticeBar()
        self.off_title = PlainLabel("heading")
        self.off = PlainLabel("muted")
        self.list = QFrame()
        self.list.setProperty("role", "card")
        self.lines: list[PlainLabel] = []
        self.take_back: list[QPushButton] = []
        self.badges_title = PlainLabel("heading")
        self.badges = {badge: PlainLabel() for badge in Badge}
        self._lay_out()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.back_requested.emit)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def reload(self) -> None:
        """Read the answers that hold now."""
        service, lang = self._service, self._app.language.current.value

        def read() -> Told:
            return [(given, service.called(given, lang)) for given in service.answers()]

        self._tasks.run(read, self._on_read, self._on_failed, self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was answered meanwhile."""
        super().showEvent(event)
        self.reload()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("About suggestions"))
        self.intro.setText(
            self.tr(
                "They are made by rules from your check-ins, what you said in Talk, the exercises "
                "you did and the time of day; no model has a part in it. There is at most one at a "
                "time, and nothing comes twice within seven days. After something grave only your "
                "plan and help are suggested for a week."
            )
        )
        self.off_title.setText(self.tr("What you turned off"))
        self.badges_title.setText(self.tr("What the letters mean"))
        for badge, label in self.badges.items():
            label.setText(badge_text(badge))
        self.setAccessibleName(self.title.text())
        self._show()

    def _on_read(self, told: Told) -> None:
        self._told = told
        self.notice.clear()
        self._show()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))

    def _show(self) -> None:
        told = self._told or []
        self.off.setText(self.tr("Nothing is turned off."))
        self.off.setVisible(self._told is not None and not told)
        self.list.setVisible(bool(told))
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines, self.take_back = [], []
        for given, called in told:
            self._box.addWidget(self._line(given, called))

    def _line(self, given: GivenAnswer, called: str) -> QWidget:
        line = QWidget()
        label, button = PlainLabel(), quiet_button()
        label.setText(self._words.answered(given, called))
        button.setText(self.tr("Take it back"))
        button.setAccessibleName(
            self.tr("Take it back: {what}").format(what=called or label.text())
        )
        button.clicked.connect(partial(self._on_take_back_clicked, given))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(label, 1)
        row.addWidget(button)
        self.lines.append(label)
        self.take_back.append(button)
        return line

    def _on_take_back_clicked(self, given: GivenAnswer, *_checked: bool) -> None:
        service = self._service
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tasks.run(
            lambda: service.take_back(given), self._on_taken_back, self._on_failed, self
        )

    def _on_taken_back(self, _nothing: None) -> None:
        self.reload()

    def _lay_out(self) -> None:
        self._box = QVBoxLayout(self.list)
        self._box.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._box.setSpacing(GRID)
        self.column = ReadingColumn(self._app.theme)
        ScrollKeys(self, self.column)
        lead_focus(self, self.back)
        body = self.column.body
        for part in (
            self.title,
            self.intro,
            self.notice,
            self.off_title,
            self.off,
            self.list,
            self.badges_title,
            *self.badges.values(),
        ):
            body.addWidget(part)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.column, 1)
        self.setProperty("role", "page")
