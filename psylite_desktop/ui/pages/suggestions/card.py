"""The suggestion of now: what, because of what, how it may help, how well it is tested."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.suggestion import Answer, Item, ItemKind, Source, Suggestion
from psylite_desktop.ui.pages.exercises.labels import badge_text
from psylite_desktop.ui.pages.suggestions.words import SuggestionWords
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout

MOST_OTHERS = 2


class SuggestionCard(QFrame):
    """Shows one suggestion; keeps nothing.

    Signals:
        opened: The person takes it up, or one of the others; carries the Item.
        source_requested: Show where the reason comes from; carries the Source.
        answered: "Not now" and the like; carries the Answer.
        folded: Fold the card away.
    """

    opened = Signal(Item)
    source_requested = Signal(Source)
    answered = Signal(Answer)
    folded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.suggestion: Suggestion | None = None
        self._words = SuggestionWords(self)
        self.kicker = PlainLabel("small")
        self.fold = quiet_button()
        self.fold.clicked.connect(self.folded)
        self.title = PlainLabel("heading")
        self.because = Paragraph()
        self.quote = PlainLabel("muted")
        self.where = quiet_button()
        self.where.clicked.connect(self._on_where_clicked)
        self.helps = Paragraph()
        self.badge = PlainLabel("small")
        self.open = plain_button()
        self.open.clicked.connect(self._on_open_clicked)
        self.or_else = PlainLabel("small", wrap=False)
        self.others = [quiet_button() for _ in range(MOST_OTHERS)]
        for place, button in enumerate(self.others):
            button.clicked.connect(partial(self._on_other_clicked, place))
        self.answers = {answer: self._answer_button(answer) for answer in Answer}
        self._lay_out()
        self.retranslate()

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show this one."""
        self.suggestion = suggestion
        self.retranslate()

    def retranslate(self) -> None:
        """Fixed words in the language of now; the others come with the suggestion."""
        self.kicker.setText(self.tr("A suggestion, from what you noted and said"))
        self.fold.setText(self.tr("Fold away"))
        self.or_else.setText(self.tr("Or:"))
        self.answers[Answer.NOT_NOW].setText(self.tr("Not now"))
        self.answers[Answer.NOT_THIS].setText(self.tr("Not this"))
        self.answers[Answer.NOT_FOR_THIS].setText(self.tr("Never for this reason"))
        if self.suggestion is not None:
            self._fill(self.suggestion)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fill(self, one: Suggestion) -> None:
        self.title.setText(self._title(one))
        self.because.setText(one.because)
        source = one.source
        has_quote = source is not None and bool(source.words)
        self.quote.setVisible(has_quote)
        self.where.setVisible(source is not None)
        if source is not None:
            self.quote.setText(self.tr("“{words}”").format(words=shown(source.words)))
            self.where.setText(self._words.source(source))
        self.helps.setText(one.helps)
        is_rated = one.item.kind in (ItemKind.EXERCISE, ItemKind.ARTICLE, ItemKind.PLAN)
        self.badge.setText(badge_text(one.badge))
        self.badge.setVisible(is_rated or one.item.kind is ItemKind.SCALE)
        self.open.setText(self._words.open(one.item))
        self.or_else.setVisible(bool(one.others))
        self.or_else.setMinimumHeight(self.others[0].sizeHint().height())
        for place, button in enumerate(self.others):
            button.setVisible(place < len(one.others))
            if place < len(one.others):
                button.setText(one.others[place].title)
        hints = {
            Answer.NOT_NOW: self.tr("Nothing is suggested for a day."),
            Answer.NOT_THIS: self.tr("“{title}” is never suggested again.").format(title=one.title),
            Answer.NOT_FOR_THIS: self.tr(
                "Nothing is suggested again for this reason: {reason}."
            ).format(reason=one.about),
        }
        for answer, button in self.answers.items():
            button.setToolTip(hints[answer])
            button.setAccessibleDescription(hints[answer])
        self.setAccessibleName(f"{self.kicker.text()}: {one.title}. {one.because}")

    def _title(self, one: Suggestion) -> str:
        if one.minutes:
            return self.tr("{title} · {minutes} min").format(title=one.title, minutes=one.minutes)
        return one.title

    def _answer_button(self, answer: Answer) -> QPushButton:
        button = quiet_button()
        button.clicked.connect(lambda: self.answered.emit(answer))
        return button

    @Slot()
    def _on_open_clicked(self) -> None:
        if self.suggestion is not None:
            self.opened.emit(self.suggestion.item)

    def _on_other_clicked(self, place: int, *_checked: bool) -> None:
        if self.suggestion is not None and place < len(self.suggestion.others):
            self.opened.emit(self.suggestion.others[place].item)

    @Slot()
    def _on_where_clicked(self) -> None:
        if self.suggestion is not None and self.suggestion.source is not None:
            self.source_requested.emit(self.suggestion.source)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.kicker, 1)
        head.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignTop)
        act = WrapLayout()
        for button in (self.open, *self.answers.values()):
            act.addWidget(button)
        others = WrapLayout()
        for widget in (self.or_else, *self.others):
            others.addWidget(widget)
        said = QVBoxLayout()
        said.setSpacing(GRID // 2)
        for part in (self.because, self.quote):
            said.addWidget(part)
        said.addWidget(self.where, 0, Qt.AlignmentFlag.AlignLeft)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addLayout(head)
        box.addWidget(self.title)
        box.addLayout(said)
        box.addWidget(self.helps)
        box.addWidget(self.badge)
        box.addLayout(act)
        box.addLayout(others)
