"""All exercises, family by family, with a field to find one by a word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from psylite_desktop.domain.exercise import Exercise, ExerciseRun, Family
from psylite_desktop.services.exercises import Overview, found_by
from psylite_desktop.ui.pages.exercises.labels import family_names, meta_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

_PAIR = 34
"""Letters' widths (in pixels of the text size) from which two cards stand side by side."""


class ExerciseCard(QPushButton):
    """Title, length and badge; Enter opens as well."""

    def __init__(self, exercise: Exercise, family: str) -> None:
        super().__init__()
        self.exercise = exercise
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        meta = meta_text(exercise.minutes, exercise.badge)
        self.setAccessibleName(f"{exercise.title}, {meta}")
        self.setAccessibleDescription(f"{family}. {exercise.when}")
        self.setToolTip(exercise.when)
        self.title = PlainLabel("strong", wrap=False)
        self.title.setText(exercise.title)
        self.meta = PlainLabel("small", wrap=False)
        self.meta.setText(meta)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.setSpacing(0)
        for label in (self.title, self.meta):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addWidget(label)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; arrows go to the neighbours."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self.focusNextChild()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class _Cards(QWidget):
    """Cards of one family, in one column or in two."""

    def __init__(self, cards: Sequence[ExerciseCard], theme: ThemeSwitch) -> None:
        super().__init__()
        self._cards = tuple(cards)
        self._theme = theme
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two side by side where there is room for the words."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= self._theme.sizes.text * _PAIR else 1)

    def minimumSizeHint(self) -> QSize:
        """One column is always possible."""
        widest = max((card.sizeHint().width() for card in self._cards), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class GalleryView(QWidget):
    """What there is.

    Signals:
        chosen: An exercise to look at; carries it.
        resume_requested: A run to go on with; carries the run and its exercise.
        scales_requested: The self-rating scales shall be shown.
    """

    chosen = Signal(Exercise)
    resume_requested = Signal(ExerciseRun, Exercise)
    scales_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._overview: Overview | None = None
        self._unfinished: tuple[ExerciseRun, Exercise] | None = None
        self._parts: list[QWidget] = []
        self.cards: dict[str, ExerciseCard] = {}
        self.title = PlainLabel("title")
        self.scales = quiet_button()
        self.scales.clicked.connect(self.scales_requested)
        self.lead = Paragraph(muted=True)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.resume = NoticeBar()
        self.empty = EmptyState()
        self.column = ReadingColumn(theme)
        self._place = QVBoxLayout()
        self._place.setSpacing(GRID)
        body = self.column.body
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.scales)
        body.addLayout(head)
        for widget in (self.lead, self.resume, self.search):
            body.addWidget(widget)
        body.addLayout(self._place)
        body.addWidget(self.empty)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)
        self.empty.hide()
        lead_focus(self, self.search)
        self.search.textChanged.connect(self._show_found)
        self.search.returnPressed.connect(self._on_return_pressed)
        self.resume.action_requested.connect(self._on_resume_requested)
        self.empty.action_requested.connect(self.search.clear)
        self.retranslate()

    def show_overview(self, overview: Overview) -> None:
        """List these exercises."""
        is_same = self._overview is not None and overview.exercises is self._overview.exercises
        self._overview = overview
        by_id = {exercise.id: exercise for exercise in overview.exercises}
        run = overview.open_runs[0] if overview.open_runs else None
        self._unfinished = (run, by_id[run.exercise_id]) if run is not None else None
        self._offer_to_resume()
        if not is_same:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.scales.setText(self.tr("Self-rating scales"))
        self.title.setText(self.tr("Exercises"))
        self.lead.setText(
            self.tr("Small things to do by yourself. Stop whenever you like; it's all kept.")
        )
        self.search.setPlaceholderText(self.tr("Find by a word: sleep, exam, breath"))
        self.search.setAccessibleName(self.tr("Find an exercise by a word"))
        self.empty.set_texts(self.tr("Nothing here by that word."), self.tr("Show all"))
        self._offer_to_resume()
        self._show_found()

    def _offer_to_resume(self) -> None:
        """Say it once; the same words are not said again."""
        if self._unfinished is None:
            self.resume.clear()
            return
        title = self._unfinished[1].title
        said = self.tr("You stopped partway through “{title}”.").format(title=title)
        if not self.resume.isVisibleTo(self) or self.resume.label.text() != said:
            self.resume.say(said, action=self.tr("Go on with it"))

    def focus_card(self, exercise_id: str) -> None:
        """Give the keyboard back to where it was."""
        card = self.cards.get(exercise_id)
        (card or self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_found(self) -> None:
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.cards = [], {}
        if self._overview is None:
            return
        names = family_names()
        found = found_by(self.search.text(), self._overview.exercises, names)
        for family in Family:
            members = [exercise for exercise in found if exercise.family is family]
            if members:
                self._add_family(names[family], members)
        self.empty.setVisible(not found)

    def _add_family(self, name: str, members: Sequence[Exercise]) -> None:
        heading = PlainLabel("heading")
        heading.setText(name)
        heading.setContentsMargins(0, GRID, 0, 0)
        cards = []
        for exercise in members:
            card = ExerciseCard(exercise, name)
            card.clicked.connect(partial(self.chosen.emit, exercise))
            self.cards[exercise.id] = card
            cards.append(card)
        for part in (heading, _Cards(cards, self._theme)):
            self._place.addWidget(part)
            self._parts.append(part)

    @Slot()
    def _on_return_pressed(self) -> None:
        """Open what was found where that is only one; else go into the list."""
        if len(self.cards) == 1:
            next(iter(self.cards.values())).click()
        elif self.cards:
            next(iter(self.cards.values())).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_resume_requested(self) -> None:
        if self._unfinished is not None:
            self.resume_requested.emit(*self._unfinished)
