"""Steps that take their time: a timer, and breathing at a pace."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from psylite_desktop.domain.exercise import BreathingStep, Phase, TimerStep
from psylite_desktop.ui.pages.exercises.labels import phase_text
from psylite_desktop.ui.pages.exercises.pacer import Pacer
from psylite_desktop.ui.pages.exercises.step_view import StepView
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel

SMOOTH_MS = 33
CALM_MS = 250
_PARTS = 1000
"""Steps of a progress bar."""


class Stopwatch(QObject):
    """Counts seconds while it runs; may be held and go on.

    Signals:
        ticked: Time went by, or the watch was set back.
        switched: It began to run, or was held.
    """

    ticked = Signal()
    switched = Signal()

    def __init__(self, monotonic: Callable[[], float], parent: QObject) -> None:
        """`monotonic` gives seconds that never go back."""
        super().__init__(parent)
        self._monotonic = monotonic
        self._kept = 0.0
        self._since: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(CALM_MS)
        self._timer.timeout.connect(self.ticked)

    @property
    def is_running(self) -> bool:
        """Whether time goes by."""
        return self._since is not None

    @property
    def elapsed_s(self) -> float:
        """Seconds that have gone by while it ran."""
        running = self._monotonic() - self._since if self._since is not None else 0.0
        return self._kept + running

    def set_interval(self, milliseconds: int) -> None:
        """How often it says that time went by."""
        self._timer.setInterval(milliseconds)

    def start(self) -> None:
        """Run, or go on."""
        if self._since is None:
            self._since = self._monotonic()
            self._timer.start()
            self.switched.emit()

    def hold(self) -> None:
        """Stand still."""
        if self._since is not None:
            self._kept, self._since = self.elapsed_s, None
            self._timer.stop()
            self.switched.emit()

    def reset(self) -> None:
        """Stand still at nothing."""
        self.hold()
        self._kept = 0.0
        self.ticked.emit()


class TimedView(StepView):
    """Start, pause, once more; the way on skips it at any time."""

    def __init__(
        self, total_s: float, monotonic: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._total_s = total_s
        self._is_over = False
        self.watch = Stopwatch(monotonic, self)
        self.start = plain_button()
        self.again = quiet_button()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _PARTS)
        self.bar.setProperty("role", "thin")
        self.bar.setFixedHeight(GRID)
        self.row = QHBoxLayout()
        self.row.setSpacing(GRID)
        self.row.addStretch(1)
        self.row.addWidget(self.start)
        self.row.addWidget(self.again)
        self.row.addStretch(1)
        self.start.clicked.connect(self._on_start_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        self.watch.ticked.connect(self._on_ticked)
        self.watch.switched.connect(self._on_switched)

    @property
    def was_started(self) -> bool:
        """Whether it ran, at least for a moment."""
        return self.watch.is_running or self.watch.elapsed_s > 0

    def first(self) -> QWidget | None:
        """Start or pause."""
        return self.start if self.start.isVisibleTo(self) else None

    def stop(self) -> None:
        """Hold it."""
        self.watch.hold()

    def hideEvent(self, event: QHideEvent) -> None:
        """Time does not go by unseen."""
        self.watch.hold()
        super().hideEvent(event)

    def show_time(self, elapsed_s: float) -> None:
        """Say where it stands."""

    def _lay_out_done(self) -> None:
        self.box.addLayout(self.row)
        self._on_switched()
        self._on_ticked()

    @Slot()
    def _on_start_clicked(self) -> None:
        if self.watch.is_running:
            self.watch.hold()
        else:
            self.watch.start()

    @Slot()
    def _on_again_clicked(self) -> None:
        self._is_over = False
        self.watch.reset()
        self.watch.start()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_switched(self) -> None:
        if self.watch.is_running:
            self.start.setText(self.tr("Pause"))
        elif self.watch.elapsed_s > 0:
            self.start.setText(self.tr("Go on"))
        else:
            self.start.setText(self.tr("Start"))
        self.again.setText(self.tr("Once more"))
        self.start.setVisible(not self._is_over)
        self.again.setVisible(self._is_over)

    @Slot()
    def _on_ticked(self) -> None:
        elapsed = min(self.watch.elapsed_s, self._total_s)
        self.show_time(elapsed)
        if elapsed >= self._total_s and not self._is_over:
            self._is_over = True
            self.watch.hold()
            self._on_switched()
            self.finished.emit()


class TimerView(TimedView):
    """A time to do something in, as a number and a bar."""

    def __init__(
        self, step: TimerStep, monotonic: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(step.seconds, monotonic, parent)
        self.left = PlainLabel("title", wrap=False)
        self.left.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.box.addWidget(self.left)
        self.box.addWidget(self.bar)
        self._lay_out_done()

    def show_time(self, elapsed_s: float) -> None:
        """Minutes and seconds to go."""
        left = math.ceil(self._total_s - elapsed_s)
        if left > 0:
            self.left.setText(f"{left // 60}:{left % 60:02}")
        else:
            self.left.setText(self.tr("That's the time. Go on when you like."))
        self.bar.setValue(round(_PARTS * elapsed_s / self._total_s))
        self.bar.setAccessibleName(self.left.text())


class BreathingView(TimedView):
    """A circle to breathe with; words and a bar instead where motion is reduced."""

    def __init__(
        self,
        step: BreathingStep,
        *,
        theme: ThemeSwitch,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(step.pattern.total_s, monotonic, parent)
        self._theme = theme
        self._pattern = step.pattern
        self._phase: Phase | None = None
        self.pacer = Pacer(theme)
        self.word = PlainLabel("title", wrap=False)
        self.word.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.count = PlainLabel("small", wrap=False)
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.pacer, self.word, self.bar, self.count):
            self.box.addWidget(widget)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._lay_out_done()

    def show_time(self, elapsed_s: float) -> None:
        """The part of the breath, its seconds, and how many breaths there were."""
        moment = self._pattern.at(elapsed_s)
        total = self._pattern.rounds
        if moment is None:
            self.word.setText(self.tr("That's all of them."))
            self.pacer.show_fullness(0.0)
            self.bar.setValue(_PARTS)
            done = total
        else:
            is_still = not self.watch.is_running and elapsed_s <= 0
            ready = self.tr("Whenever you like")
            self.word.setText(ready if is_still else self._said(moment.phase, moment.left))
            self.pacer.show_fullness(moment.fullness)
            self.bar.setValue(round(_PARTS * moment.fraction))
            done = moment.round
            if self.watch.is_running and moment.phase is not self._phase:
                self._phase = moment.phase
                announce(self, phase_text(moment.phase))
        self.count.setText(self.tr("Breath {number} of {total}").format(number=done, total=total))

    def _said(self, phase: Phase, left: float) -> str:
        if not self._theme.reduce_motion:
            return phase_text(phase)
        return f"{phase_text(phase)} · {max(math.ceil(left), 1)}"

    @Slot()
    def _on_theme_changed(self) -> None:
        is_still = self._theme.reduce_motion
        self.pacer.setVisible(not is_still)
        self.bar.setVisible(is_still)
        self.watch.set_interval(CALM_MS if is_still else SMOOTH_MS)
