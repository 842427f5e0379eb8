"""Takes corrections: "you misread me", "this is not about me", and "I am safe" after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Assessment, Level, RiskState
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.evidence import Evidence, EvidenceKeeper


class Corrector(QObject):
    """Knows which words brought help into view, and hands on what the person says about that.

    Signals:
        corrected: The state has moved as far as the rules allow; carries it.
        failed: The vault did not take it; carries the error's code.
    """

    corrected = Signal(RiskState)
    failed = Signal(str)

    def __init__(
        self,
        *,
        session: Session,
        tasks: VaultTasks,
        is_sending: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """`is_sending` says whether a message was sent that is not kept yet."""
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._is_sending = is_sending
        self._held: Callable[[], None] | None = None
        self.keeper = EvidenceKeeper()

    def evidence(self) -> Evidence | None:
        """The words that brought help into view; None where they are not known (any more)."""
        return self.keeper.current

    def correct(self, verdict: Verdict, told: Assessment) -> None:
        """The person corrects a reading; `told` is what was shown."""
        evidence = self.keeper.current
        reasons = evidence.assessment.reasons if evidence is not None else ()
        rules = tuple(dict.fromkeys(reason.rule for reason in reasons))
        correction = Correction(verdict, told.level, told.kind, rules)

        def give() -> None:
            now = self.keeper.current
            given = replace(correction, message_id=now.message_id if now is not None else None)
            self._run(lambda: self._session.corrections.give(given))

        self._after_keeping(give)

    def confirm_safe(self, verdict: Verdict) -> None:
        """The person says once more, and explicitly, that they are safe."""
        self._after_keeping(lambda: self._run(lambda: self._session.corrections.lower(verdict)))

    def release(self) -> None:
        """Do what waited for a message to be kept."""
        if self._held is not None and not self._is_sending():
            act, self._held = self._held, None
            act()

    def _after_keeping(self, act: Callable[[], None]) -> None:
        """Act once the engine thread has read what was sent: it would raise again what is lowered.

        By then it is also known which message this is about.
        """
        if self._is_sending():
            self._held = act
        else:
            act()

    def _run(self, work: Callable[[], RiskState]) -> None:
        self._tasks.run(work, self._on_corrected, self._on_failed, self)

    def _on_corrected(self, state: RiskState) -> None:
        if state.level <= Level.WATCH:
            self.keeper.forget()
        self.corrected.emit(state)

    def _on_failed(self, error: PsyLiteError) -> None:
        # The state has moved all the same; only the disk did not take it.
        self._on_corrected(self._session.screening.state)
        self.failed.emit(error.code)
