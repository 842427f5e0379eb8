"""Holds the run that is played: keeps every step, and has what is written heard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.exercise import Answer, Exercise, ExerciseRun, InputStep, ListStep
from psylite_desktop.domain.risk import CALM, Assessment, Level, RiskState
from psylite_desktop.services.exercise_player import ExercisePlayer, resumed
from psylite_desktop.services.prompting import shortened
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.corrector import Corrector

SAVE_MS = 2_000
SEEN_AT_ONCE = 1_500
"""Characters looked at while the window waits; the engine thread reads all."""


class RunKeeper(QObject):
    """One run at a time.

    Signals:
        moved: Another step is in view, or another run.
        assessed: Words were assessed; carries assessment and state.
        failed: Something could not be kept; carries the error.
    """

    moved = Signal()
    assessed = Signal(Assessment, RiskState)
    failed = Signal(PsyLiteError)

    def __init__(
        self, *, session: Session, engine: EngineThread, tasks: VaultTasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service = session.exercises
        self._engine = engine
        self._tasks = tasks
        self._heard: dict[str, str] = {}
        self._hearing = 0
        self._is_kept = True
        self._is_opening = False
        self.player: ExercisePlayer | None = None
        self.corrector = Corrector(
            session=session, tasks=tasks, is_sending=lambda: self._hearing > 0, parent=self
        )
        self.corrector.corrected.connect(self._on_corrected)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)

    def begin(self, exercise: Exercise) -> None:
        """Start afresh."""
        service = self._service
        self._ask(lambda: service.save(service.begin(exercise)))

    def resume(self, run: ExerciseRun, exercise: Exercise) -> None:
        """Go on where a run stood."""
        service = self._service
        self._ask(lambda: resumed(service.open_run(run.id) or run, exercise))

    def translate(self, exercise: Exercise) -> None:
        """Go on in another language, at the same step."""
        if self.player is not None:
            self.player = resumed(self.player.run, exercise)

    def answer(self, value: Answer | None) -> None:
        """Take what was given at this step; kept soon, and at the next step at the latest."""
        if self.player is None:
            return
        before, self.player = self.player, self.player.answer(value)
        if before.run.answers != self.player.run.answers:
            self._is_kept = False
            if not self._timer.isActive():
                self._timer.start()

    def next(self) -> bool:
        """One step on; False where an answer lacks."""
        if self.player is None:
            return False
        if self.hear() >= Level.CRISIS:  # help first; the step stays, and so do the words
            self.save()
            return True
        return self._move(self.player.next(now=self._service.now()))

    def back(self) -> bool:
        """One step back; False at the first one."""
        if self.player is None:
            return False
        self.hear()
        return self._move(self.player.back(now=self._service.now()))

    def close(self) -> None:
        """The run is left where it stands, or was finished."""
        self.hear()
        self.save()
        player, self.player = self.player, None
        if player is not None and player.is_untouched:
            service, run_id = self._service, player.run.id
            self._tasks.run(lambda: service.delete(run_id), self._on_done, self._on_failed, self)

    def save(self) -> None:
        """Keep now what is new."""
        self._timer.stop()
        player = self.player
        if player is None or self._is_kept:
            return
        self._is_kept = True
        self._tasks.run(
            partial(self._service.save, player), self._on_done, self._on_save_failed, self
        )

    def hear(self, *, is_last: bool = False) -> Level:
        """Have the words of this step assessed where they are new: first here, then by all.

        Returns what was heard at once. `is_last`: the profile is about to be locked; the vault's
        thread, which ends its work first, does the rest.
        """
        words = self._words()
        if self.player is None or not words or self._heard.get(self.player.place) == words:
            return Level.NONE
        self._heard[self.player.place] = words
        seen = shortened(words, SEEN_AT_ONCE)
        assessment, state = self._service.preview(seen)
        self.corrector.keeper.begin_turn()
        self.corrector.keeper.note(seen, assessment, state)
        self.assessed.emit(assessment, state)
        self._hearing += 1
        service, level = self._service, max(assessment.level, state.level)

        def on_heard(heard: tuple[Assessment, RiskState]) -> None:
            found, after = heard
            self.corrector.keeper.note(words, found, after)
            if max(found.level, after.level) > level:
                self.assessed.emit(found, after)
            self._end_hearing()

        def on_failed(error: PsyLiteError) -> None:
            self._end_hearing()
            self._on_failed(error)

        run = self._tasks.run if is_last else self._engine.run
        run(lambda: service.hear(words), on_heard, on_failed, self)
        return assessment.level

    def _words(self) -> str:
        """What was written at this step; choices and numbers are ours."""
        player = self.player
        if player is None or not isinstance(player.step, InputStep | ListStep):
            return ""
        given = player.given
        if isinstance(given, tuple):
            return "\n".join(given)
        return given.strip() if isinstance(given, str) else ""

    def _end_hearing(self) -> None:
        self._hearing -= 1
        self.corrector.release()

    def _ask(self, read: Callable[[], ExercisePlayer]) -> None:
        if not self._is_opening:
            self._is_opening = True
            self._tasks.run(read, self._open, self._on_open_failed, self)

    def _open(self, player: ExercisePlayer) -> None:
        self._timer.stop()
        self._is_opening = False
        self._heard = {}
        self._is_kept = True
        self.player = player
        self.moved.emit()

    def _move(self, player: ExercisePlayer) -> bool:
        if player is self.player:
            return False
        self.player = player
        self._is_kept = False
        self.save()
        self.moved.emit()
        return True

    def _on_open_failed(self, error: PsyLiteError) -> None:
        self._is_opening = False
        self._on_failed(error)

    def _on_done(self, _result: object) -> None:
        """The window shows it already."""

    def _on_save_failed(self, error: PsyLiteError) -> None:
        # The words still stand in the window; the next step tries again.
        self._is_kept = False
        self._on_failed(error)

    def _on_corrected(self, state: RiskState) -> None:
        self.assessed.emit(CALM, state)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error)
