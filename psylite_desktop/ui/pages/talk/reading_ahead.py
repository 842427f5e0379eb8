"""Lets the model read along while somebody writes, at pauses and out of sight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.host.power import on_battery
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.composer import Composer
from psylite_desktop.ui.pages.talk.presenter import TalkPresenter

PAUSE_MS = 500
"""A pause in the typing after which what stands there is worth reading."""


class ReadingAhead(QObject):
    """Asks at each pause for what is in the editor to be read, and after each reply for the talk.

    One question at a time; the newest words win. Whatever the person asks goes first.
    """

    def __init__(
        self,
        context: PageContext,
        presenter: TalkPresenter,
        composer: Composer,
        parent: QObject,
        *,
        is_on_battery: Callable[[], bool] = on_battery,
    ) -> None:
        super().__init__(parent)
        self._chat = context.session.chat
        self._app = context.app
        self._presenter = presenter
        self._composer = composer
        self._is_on_battery = is_on_battery
        self._is_asking = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        composer.text_changed.connect(self._pause.start)
        presenter.changed.connect(self._pause.start)

    @Slot()
    def note_ready(self) -> None:
        """A model stands ready that has read nothing yet."""
        self._pause.start()

    @Slot()
    def _on_pause(self) -> None:
        presenter = self._presenter
        if presenter.is_busy or presenter.is_opening:
            return  # it says so when that is over
        if self._is_asking:
            self._pause.start()
            return
        self._is_asking = True
        job: Callable[[], object] = self._chat.drop_ahead
        if self._app.plain.current.read_ahead and not self._is_on_battery():
            job = partial(
                self._chat.read_ahead,
                presenter.conversation_id,
                self._composer.text(),
                replaces=self._composer.replaces,
            )
        self._app.engine.run(job, self._on_done, self._on_failed, self)

    def _on_done(self, _is_reading: object) -> None:
        self._is_asking = False

    def _on_failed(self, _error: PsyLiteError) -> None:
        """The reply that is asked for later says what is wrong; it only takes longer."""
        self._is_asking = False
