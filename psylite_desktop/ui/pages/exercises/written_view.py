"""A finished run: what was written, how heavy it was before and after."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.exercise import AFTER, BEFORE, Exercise, ExerciseRun
from psylite_desktop.services.exercise_player import resumed, said_by
from psylite_desktop.ui.pages.exercises.labels import day_text
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel, joined


class WrittenView(QWidget):
    """Nothing is judged here, and nothing is counted.

    Signals:
        done_requested: Back.
        delete_requested: Delete this run; carries it.
    """

    done_requested = Signal()
    delete_requested = Signal(ExerciseRun)

    def __init__(self, theme: ThemeSwitch, *, guest: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guest = guest
        self._run: ExerciseRun | None = None
        self._exercise: Exercise | None = None
        self._is_new = True
        self._cards: list[QWidget] = []
        self.title = PlainLabel("title")
        self.meta = PlainLabel("small")
        self.ratings = Paragraph()
        self.kept = PlainLabel("small")
        self.done = primary_button()
        self.delete = quiet_button()
        self._place = QVBoxLayout()
        self._place.setSpacing(GRID)
        column = ReadingColumn(theme)
        head = QVBoxLayout()
        head.setSpacing(GRID // 2)
        head.addWidget(self.title)
        head.addWidget(self.meta)
        column.body.addLayout(head)
        column.body.addWidget(self.ratings)
        ways = QHBoxLayout()
        ways.setSpacing(GRID)
        ways.addWidget(self.done)
        ways.addWidget(self.delete)
        ways.addStretch(1)
        column.body.addLayout(ways)
        column.body.addLayout(self._place)
        column.body.addWidget(self.kept)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.addWidget(column)
        self.done.clicked.connect(self.done_requested)
        self.delete.clicked.connect(self._on_delete_clicked)
        lead_focus(self, self.done)
        self.retranslate()

    @property
    def run(self) -> ExerciseRun | None:
        """What is shown."""
        return self._run

    def show_run(self, run: ExerciseRun, exercise: Exercise, *, is_new: bool) -> None:
        """Show a run; `is_new` says that it has just been finished."""
        self._run, self._exercise, self._is_new = run, exercise, is_new
        self.retranslate()

    def translate(self, exercises: Mapping[str, Exercise]) -> None:
        """Show the same run with the words of another language, by id of the exercise."""
        if self._run is not None:
            self._exercise = exercises.get(self._run.exercise_id, self._exercise)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.done.setText(self.tr("Done"))
        self.delete.setText(self.tr("Delete this"))
        if self._guest:
            self.kept.setText(self.tr("You are here as a guest: this goes when you leave."))
        else:
            self.kept.setText(self.tr("Kept in your encrypted space on this computer."))
        run, exercise = self._run, self._exercise
        if run is None or exercise is None:
            return
        self.title.setText(exercise.title)
        self.meta.setText(day_text(run.finished_at or run.updated_at, exercise.lang))
        self.ratings.setText(self._said_of_ratings(run))
        self.ratings.setVisible(bool(self.ratings.text()))
        self._show_written(run, exercise)

    def _said_of_ratings(self, run: ExerciseRun) -> str:
        before, after = run.rating(BEFORE), run.rating(AFTER)
        if before is None or after is None:
            return self.tr("That was it.") if self._is_new else ""
        said = self.tr("Before: {before}. Now: {after}.").format(before=before, after=after)
        if not self._is_new:
            said = self.tr("Before: {before}. After: {after}.").format(before=before, after=after)
        elif after > before:
            more = self.tr(
                "It weighs more than it did; looking at a thing can do that. Leave it here "
                "for now, or talk to somebody."
            )
            said = joined(said, more)
        elif after == before:
            same = self.tr("No change is an answer too.")
            said = joined(said, same)
        return said

    def _show_written(self, run: ExerciseRun, exercise: Exercise) -> None:
        for card in self._cards:
            self._place.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for step, answer in resumed(run, exercise).written():
            card = QFrame()
            card.setProperty("role", "card")
            asked, given = PlainLabel("small"), PlainLabel()
            asked.setText(step.text)
            given.setText(said_by(step, answer))
            given.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            given.setAccessibleName(f"{step.text}\n{given.text()}")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
            inside.setSpacing(GRID // 2)
            inside.addWidget(asked)
            inside.addWidget(given)
            self._place.addWidget(card)
            self._cards.append(card)

    def _on_delete_clicked(self) -> None:
        if self._run is not None:
            self.delete_requested.emit(self._run)
