"""What is said about time, quietly: the length that was chosen, a pause, the plain facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.session import Session
from psylite_desktop.services.sitting import Due, Sitting
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.end_offer import EndOffer, Offer
from psylite_desktop.ui.pages.talk.presenter import TalkPresenter

LOOK_MS = 30_000


class TalkReminders(QObject):
    """Looks after each reply and now and then; speaks only where nobody is interrupted.

    Signals:
        settings_saved: The length of a talk was stored; carries the private settings.
        failed: The vault did not take it; carries the error's code. It holds for this run.
    """

    settings_saved = Signal(PrivateSettings)
    failed = Signal(str)

    def __init__(
        self,
        *,
        session: Session,
        presenter: TalkPresenter,
        offer: EndOffer,
        say_facts: Callable[[], None],
        may_speak: Callable[[], bool],
        clock: Clock,
        parent: QObject,
    ) -> None:
        """`may_speak`: nobody is writing now."""
        super().__init__(parent)
        self._presenter = presenter
        self._offer = offer
        self._say_facts = say_facts
        self._may_speak = may_speak
        self._screening = session.screening
        self._store = session.vault.settings
        self._tasks = VaultTasks(session.vault, self)
        self._conversation: int | None = None
        self.sitting = Sitting(clock)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        presenter.stored.connect(self._on_stored)
        presenter.changed.connect(self._on_changed)

    def set_minutes(self, minutes: int) -> None:
        """How long a talk shall take; 0 is no limit."""
        self.sitting.set_minutes(minutes)

    @Slot(int)
    def choose_minutes(self, minutes: int) -> None:
        """The person chose a length: it holds now, and is remembered."""
        self.set_minutes(minutes)
        store = self._store

        def save() -> PrivateSettings:
            changed = replace(store.load(), session_minutes=minutes)
            store.save(changed)
            return changed

        self._tasks.run(save, self.settings_saved.emit, self._on_failed, self)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.failed.emit(error.code)

    @Slot()
    def look(self) -> None:
        """Say what is due, if anything."""
        if self._presenter.is_busy or not self._may_speak():
            return
        is_calm = self._screening.state.level is Level.NONE
        due = self.sitting.due(is_calm=is_calm)
        if due is Due.FACTS:
            self._say_facts()
        elif due is None or not self._offer.isHidden():
            return
        else:
            self._offer.offer(Offer.TIME_UP if due is Due.TIME_UP else Offer.PAUSE)
        self.sitting.note_said(due)

    @Slot()
    def _on_stored(self) -> None:
        self.sitting.note_message()

    @Slot()
    def _on_changed(self) -> None:
        """Another talk has its own time; after a reply is a good moment to speak."""
        conversation = self._presenter.conversation_id
        if conversation != self._conversation:
            self._conversation = conversation
            self.sitting.begin_talk()
        self.look()
