"""One exercise before it begins: when it helps, what to mind, what it rests on, earlier times."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.exercise import Exercise, ExerciseRun
from psylite_desktop.ui.pages.exercises.labels import badge_text, meta_text, run_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class DetailView(QWidget):
    """Facts about an exercise, and the way in.

    Signals:
        start_requested: Begin afresh.
        resume_requested: Go on with the run that was left; carries it.
        discard_requested: Delete the run that was left; carries it.
        other_requested: Something that suits better now.
        run_chosen: An earlier run to read; carries it.
        back_requested: Back to all exercises.
    """

    start_requested = Signal()
    resume_requested = Signal(ExerciseRun)
    discard_requested = Signal(ExerciseRun)
    other_requested = Signal()
    run_chosen = Signal(ExerciseRun)
    back_requested = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exercise: Exercise | None = None
        self._unfinished: ExerciseRun | None = None
        self._runs: Sequence[ExerciseRun] = ()
        self._suits = True
        self.runs: list[QPushButton] = []
        self.back = BackButton(theme)
        self.title = PlainLabel("title")
        self.meta = PlainLabel("small")
        self.when = Paragraph()
        self.caution_frame = QFrame()
        self.caution_frame.setProperty("role", "notice")
        self.caution_head = PlainLabel("strong")
        self.caution = Paragraph()
        self.start = primary_button()
        self.resume = plain_button()
        self.other = plain_button()
        self.discard = quiet_button()
        self.source_head = PlainLabel("heading")
        self.badge = Paragraph()
        self.source = PlainLabel("small")
        self.history_head = PlainLabel("heading")
        self._history = QVBoxLayout()
        self._lay_out(theme)
        self.start.clicked.connect(self.start_requested)
        self.resume.clicked.connect(self._on_resume_clicked)
        self.discard.clicked.connect(self._on_discard_clicked)
        self.other.clicked.connect(self.other_requested)
        self.back.clicked.connect(self.back_requested)
        self.retranslate()

    @property
    def exercise(self) -> Exercise | None:
        """What is shown."""
        return self._exercise

    def show_exercise(
        self, exercise: Exercise, *, unfinished: ExerciseRun | None, suits: bool
    ) -> None:
        """Show an exercise; `suits` False offers another one instead of its beginning."""
        if self._exercise is None or exercise.id != self._exercise.id:
            self._runs = ()
        self._exercise, self._unfinished, self._suits = exercise, unfinished, suits
        self.retranslate()

    def show_history(self, runs: Sequence[ExerciseRun]) -> None:
        """List earlier runs, newest first."""
        self._runs = runs
        self._list()

    def first(self) -> QWidget:
        """What gets the keyboard."""
        if not self._suits:
            return self.other
        return self.resume if self._unfinished is not None else self.start

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.start.setText(self.tr("Begin"))
        self.resume.setText(self.tr("Go on where you were"))
        self.other.setText(self.tr("Show me something steadying"))
        self.source_head.setText(self.tr("What it rests on"))
        self.history_head.setText(self.tr("Earlier times"))
        self.start.setVisible(self._suits)
        self.discard.setText(self.tr("Delete what I left"))
        self.other.setVisible(not self._suits)
        self.resume.setVisible(self._suits and self._unfinished is not None)
        self.discard.setVisible(self._unfinished is not None)
        lead_focus(self, self.first())
        exercise = self._exercise
        if exercise is None:
            return
        self.title.setText(exercise.title)
        self.meta.setText(meta_text(exercise.minutes, exercise.badge))
        self.when.setText(exercise.when)
        self.caution_head.setText(
            self.tr("Good to know") if self._suits else self.tr("Not today, perhaps")
        )
        self.caution.setText(exercise.caution)
        self.badge.setText(badge_text(exercise.badge))
        self.source.setText(exercise.source)
        self._list()

    def _list(self) -> None:
        for button in self.runs:
            self._history.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.runs = []
        lang = self._exercise.lang if self._exercise is not None else "en"
        for run in self._runs:
            button = quiet_button()
            button.setText(run_text(run, lang))
            button.clicked.connect(partial(self.run_chosen.emit, run))
            self._history.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.runs.append(button)
        self.history_head.setVisible(bool(self._runs))

    @Slot()
    def _on_discard_clicked(self) -> None:
        if self._unfinished is not None:
            self.discard_requested.emit(self._unfinished)

    @Slot()
    def _on_resume_clicked(self) -> None:
        if self._unfinished is not None:
            self.resume_requested.emit(self._unfinished)

    def _lay_out(self, theme: ThemeSwitch) -> None:
        inside = QVBoxLayout(self.caution_frame)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.setSpacing(GRID // 2)
        inside.addWidget(self.caution_head)
        inside.addWidget(self.caution)
        ways = WrapLayout()
        for button in (self.start, self.resume, self.other, self.discard):
            ways.addWidget(button)
        column = ReadingColumn(theme)
        head = QVBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(self.title)
        head.addWidget(self.meta)
        column.body.addLayout(head)
        column.body.addWidget(self.when)
        column.body.addWidget(self.caution_frame)
        column.body.addLayout(ways)
        rests = QVBoxLayout()
        rests.setSpacing(GRID // 2)
        for widget in (self.source_head, self.badge, self.source):
            rests.addWidget(widget)
        column.body.addLayout(rests)
        self._history.setSpacing(0)
        column.body.addWidget(self.history_head)
        column.body.addLayout(self._history)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(0)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(column, 1)
