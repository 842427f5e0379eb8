"""The player: one step a screen, with the way back and the way on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from psylite_desktop.domain.exercise import (
    AFTER,
    BEFORE,
    BreathingStep,
    ChoiceStep,
    InputStep,
    ListStep,
    SliderStep,
    Step,
    TimerStep,
)
from psylite_desktop.services.exercise_player import ExercisePlayer, said_by
from psylite_desktop.ui.pages.exercises.keeper import RunKeeper
from psylite_desktop.ui.pages.exercises.list_view import ListView
from psylite_desktop.ui.pages.exercises.rating_view import SliderView
from psylite_desktop.ui.pages.exercises.step_view import ChoiceView, InputView, StepView
from psylite_desktop.ui.pages.exercises.timed_view import BreathingView, TimedView, TimerView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel

PINNED_LINES = 200
"""Characters of the pinned words that stay in view."""


class PlayerView(QWidget):
    """Shows the step that the keeper holds.

    Signals:
        leave_requested: The person leaves; everything is kept.
        finished: The run came to its end.
    """

    leave_requested = Signal()
    finished = Signal()

    def __init__(
        self,
        keeper: RunKeeper,
        theme: ThemeSwitch,
        *,
        may_take_keyboard: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`may_take_keyboard` says whether nothing else needs it more."""
        super().__init__(parent)
        self._may_take_keyboard = may_take_keyboard
        self._keeper = keeper
        self._theme = theme
        self._is_rolling = False
        self._recalled: list[QWidget] = []
        self.monotonic: Callable[[], float] = time.monotonic
        self.leave = quiet_button()
        self.title = PlainLabel("heading")
        self.count = PlainLabel("small", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setProperty("role", "thin")
        self.bar.setFixedHeight(GRID // 2)
        self.pinned = QFrame()
        self.pinned.setProperty("role", "notice")
        self.pinned_label = PlainLabel()
        self.column = ReadingColumn(theme)
        self.text = Paragraph()
        self.place = QVBoxLayout()
        self.view = StepView()
        self.hint = PlainLabel("small")
        self.back = plain_button()
        self.next = primary_button()
        self._lay_out()
        self._connect()
        self._wear()
        self.retranslate()

    def show_step(self) -> None:
        """Show the step in view now, and give it the keyboard."""
        player = self._keeper.player
        if player is None:
            return
        if player.is_finished:
            self._drop_view()
            self.finished.emit()
            return
        if player.is_first:
            self._is_rolling = False
        self._fill(player)
        self._make_view(player)
        QTimer.singleShot(0, self.view, self.take_keyboard)
        announce(self, f"{self.count.text()}. {self.text.text()}")

    def hold(self) -> None:
        """Stop what runs by itself."""
        self._is_rolling = False
        self.view.stop()

    def retranslate(self) -> None:
        """Texts in the language of now; the step keeps what was given."""
        self.back.setText(self.tr("Back"))
        self.leave.setText(self.tr("Leave, and keep it"))
        self.bar.setAccessibleName(self.tr("Progress"))
        player = self._keeper.player
        self._name_next(player)
        if player is not None and not player.is_finished:
            self._fill(player)
            self._make_view(player)

    def _fill(self, player: ExercisePlayer) -> None:
        number, total = player.progress
        self.title.setText(player.exercise.title)
        self.count.setText(
            self.tr("{number} of {total}").format(number=number, total=max(total, number))
        )
        self.bar.setRange(0, total)
        self.bar.setValue(number)
        pinned = player.pinned
        cut = pinned if len(pinned) <= PINNED_LINES else pinned[:PINNED_LINES].rstrip() + "…"
        self.pinned_label.setText(cut)
        self.pinned.setVisible(bool(pinned))
        self.text.setText(self._text_of(player))
        self.hint.setText(self._hint_of(player.step))
        self.hint.setVisible(bool(self.hint.text()))
        self.back.setEnabled(not player.is_first)
        self._name_next(player)

    def _name_next(self, player: ExercisePlayer | None) -> None:
        is_last = player is not None and player.place == AFTER
        self.next.setText(self.tr("Finish") if is_last else self.tr("Next"))

    def _text_of(self, player: ExercisePlayer) -> str:
        if player.place == BEFORE:
            return self.tr("Before you begin: how heavy does it feel right now?")
        if player.place == AFTER:
            return self.tr("And now: how heavy does it feel?")
        return player.step.text if player.step is not None else ""

    def _hint_of(self, step: Step | None) -> str:
        hint = ""
        match step:
            case InputStep(long=True):
                hint = self.tr("Ctrl+Enter goes on.")
            case InputStep(optional=True):
                hint = self.tr("Enter goes on. This one may stay empty.")
            case InputStep():
                hint = self.tr("Enter goes on.")
            case ListStep():
                hint = self.tr("Enter adds; an empty field goes on.")
            case ChoiceStep():
                hint = self.tr("Arrow keys choose, Enter goes on.")
            case SliderStep() | None:
                hint = self.tr("Arrow keys or a digit; you may also simply go on.")
        return hint

    def _make_view(self, player: ExercisePlayer) -> None:
        self._drop_view()
        self.view = self._view_of(player)
        self.view.show_answer(player.given)
        self.view.answered.connect(self._on_answered)
        self.view.next_requested.connect(self.go_on)
        self.view.written.connect(self._keeper.hear)
        self.view.finished.connect(self._on_view_finished)
        self.place.addWidget(self.view)
        for step, answer in player.recalled():
            self._recall(said_by(step, answer))
        self.setTabOrder(self.leave, self.view)
        self.column.verticalScrollBar().setValue(0)

    def _view_of(self, player: ExercisePlayer) -> StepView:
        light, heavy = self.tr("light"), self.tr("as heavy as it gets")
        step = player.step or SliderStep(player.place, self.text.text(), light, heavy)
        view: StepView
        match step:
            case InputStep():
                view = InputView(step)
            case ChoiceStep():
                view = ChoiceView(step)
            case SliderStep():
                view = SliderView(step)
            case ListStep():
                view = ListView(step)
            case TimerStep():
                view = TimerView(step, self.monotonic)
            case BreathingStep():
                view = BreathingView(step, theme=self._theme, monotonic=self.monotonic)
            case _:
                view = StepView()
        return view

    def _recall(self, words: str) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        label = PlainLabel("muted")
        label.setText(words)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.addWidget(label)
        self.place.insertWidget(self.place.count() - 1, card)
        self._recalled.append(card)

    def _drop_view(self) -> None:
        for widget in (self.view, *self._recalled):
            self.place.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.view, self._recalled = StepView(), []

    @Slot()
    def go_on(self) -> None:
        """One step on, or a word on what is missing."""
        self._note_rolling()
        if self._keeper.next():
            return
        player = self._keeper.player
        if player is not None and player.lacks_answer:
            self.hint.setText(self.tr("A word or two is enough here."))
            self.hint.show()
            announce(self, self.hint.text())
            self.take_keyboard()

    @Slot()
    def go_back(self) -> None:
        """One step back."""
        self._is_rolling = False
        self._keeper.back()

    def _note_rolling(self) -> None:
        """A timer that was started starts the ones after it."""
        if isinstance(self.view, TimedView) and self.view.was_started:
            self._is_rolling = True

    @Slot(object)
    def _on_answered(self, answer: object) -> None:
        if answer is None or isinstance(answer, str | int | tuple):
            self._keeper.answer(answer)

    @Slot()
    def _on_view_finished(self) -> None:
        self._note_rolling()
        player = self._keeper.player
        follows = player.step_of(player.follows) if player is not None else None
        if isinstance(self.view, TimerView) and isinstance(follows, TimerStep):
            self._keeper.next()
        else:
            announce(self, self.tr("That's the time. Go on when you like."))
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Put the keyboard where the step begins, unless it is needed elsewhere."""
        first = self.view.first() or self.next
        lead_focus(self, first)
        if not self.isVisible() or not self._may_take_keyboard():
            return
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.view, TimerView) and self._is_rolling:
            self.view.watch.start()

    @Slot()
    def _wear(self) -> None:
        """What to do stands out from what is around it."""
        font = QFont(self.font())
        font.setPixelSize(self._theme.sizes.heading)
        self.text.setFont(font)
        self.text.updateGeometry()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self.pinned)
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.addWidget(self.pinned_label)
        self.place.setSpacing(2 * GRID)
        self.place.addWidget(self.view)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        ways = QHBoxLayout()
        ways.setSpacing(GRID)
        ways.addWidget(self.back)
        ways.addStretch(1)
        ways.addWidget(self.next)
        body = self.column.body
        body.addLayout(head)
        body.addWidget(self.bar)
        body.addWidget(self.pinned)
        body.addWidget(self.text)
        body.addLayout(self.place)
        body.addWidget(self.hint)
        body.addLayout(ways)
        body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(0)
        box.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.column, 1)

    def _connect(self) -> None:
        self._keeper.moved.connect(self.show_step)
        self._theme.changed.connect(self._wear)
        self.leave.clicked.connect(self.leave_requested)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        for keys, act in (
            ("Alt+Right", self.go_on),
            ("Alt+Left", self.go_back),
            ("Escape", self.leave_requested.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
