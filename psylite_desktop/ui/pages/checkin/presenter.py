"""Saves check-ins: risk is looked at here and now, the vault takes the words, the engine hears."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.check_in import CheckIn, CheckInChange, CheckInDraft
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.check_ins import CheckInService, draft_of
from psylite_desktop.ui.bridge.engine_thread import EngineThread
from psylite_desktop.ui.bridge.tasks import VaultTasks


@dataclass(slots=True)
class _Hearing:
    """Words on their way through all layers, and the check-in they belong to once it is stored."""

    text: str
    seen: Level
    level: Level = Level.NONE
    check_in_id: int = 0


class CheckInPresenter(QObject):
    """What happens to a check-in, without widgets.

    Signals:
        assessed: Words were looked at; carries text, Assessment and RiskState.
        saved: A step is stored; carries the CheckInChange.
        undone: A step was taken back.
        failed: The vault did not take it; carries the error.
        heard: All layers have heard what was written last.
    """

    assessed = Signal(str, Assessment, RiskState)
    saved = Signal(CheckInChange)
    undone = Signal()
    failed = Signal(PsyLiteError)
    heard = Signal()

    def __init__(
        self,
        *,
        service: CheckInService,
        engine: EngineThread,
        tasks: VaultTasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._engine = engine
        self._tasks = tasks
        self._hearings: list[_Hearing] = []
        self.is_saving = False

    @property
    def is_hearing(self) -> bool:
        """Whether words are still on their way through the layers."""
        return bool(self._hearings)

    def save(self, draft: CheckInDraft, before: CheckIn | None = None) -> bool:
        """Store a new check-in, or one `before` anew; False while one is being stored."""
        if self.is_saving:
            return False
        self.is_saving = True
        service = self._service
        hearing = self._look(draft, before)

        def work() -> CheckInChange:
            return service.record(draft) if before is None else service.edit(before, draft)

        def done(change: CheckInChange) -> None:
            if hearing is not None and change.after is not None:
                hearing.check_in_id = change.after.id
                self._keep_level(hearing, above=change.after.level)
            self._on_saved(change)

        self._tasks.run(work, done, self._on_failed, self)
        return True

    def delete(self, check_in: CheckIn) -> None:
        """Delete one; the change that `saved` carries brings it back."""
        service = self._service
        self._tasks.run(lambda: service.delete(check_in), self._on_saved, self._on_failed, self)

    def undo(self, change: CheckInChange) -> None:
        """Take a step back."""
        service = self._service
        self._tasks.run(lambda: service.undo(change), self._on_undone, self._on_failed, self)

    def _look(self, draft: CheckInDraft, before: CheckIn | None) -> _Hearing | None:
        """Show what the floor hears at once; the later layers follow on the engine's thread."""
        service = self._service
        text = service.own_words(draft)
        if not text or (before is not None and text == service.own_words(draft_of(before))):
            return None
        assessment, state = service.preview(draft)
        hearing = _Hearing(text, seen=max(assessment.level, state.level))
        self._hearings.append(hearing)
        self.assessed.emit(text, assessment, state)
        self._engine.run(
            lambda: service.hear(text),
            lambda result: self._on_heard(hearing, *result),
            lambda _error: self._end(hearing),
            self,
        )
        return hearing

    def _on_heard(self, hearing: _Hearing, assessment: Assessment, state: RiskState) -> None:
        hearing.level = assessment.level
        self._keep_level(hearing, above=hearing.seen)
        if max(assessment.level, state.level) > hearing.seen:
            self.assessed.emit(hearing.text, assessment, state)
        self._end(hearing)

    def _keep_level(self, hearing: _Hearing, *, above: Level) -> None:
        if hearing.check_in_id and hearing.level > above:
            number, level, service = hearing.check_in_id, hearing.level, self._service
            self._tasks.run(
                lambda: service.raise_level(number, level), _nothing, self._on_failed, self
            )

    def _end(self, hearing: _Hearing) -> None:
        self._hearings = [one for one in self._hearings if one is not hearing]
        self.heard.emit()

    def _on_saved(self, change: CheckInChange) -> None:
        self.is_saving = False
        self.saved.emit(change)

    def _on_undone(self, _check_in: CheckIn | None) -> None:
        self.undone.emit()

    def _on_failed(self, error: PsyLiteError) -> None:
        self.is_saving = False
        self.failed.emit(error)


def _nothing(_result: None) -> None:
    return
