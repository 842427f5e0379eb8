"""Whom the person's plan names, beside the message to somebody they trust."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.trusted_message import TrustedMessageForm


class PeopleOnCard(QObject):
    """Reads the people of the plan whenever the form comes into view."""

    def __init__(self, session: Session, form: TrustedMessageForm) -> None:
        super().__init__(form)
        self._plan = session.plan
        self._form = form
        self._tasks = VaultTasks(session.vault, self)
        form.shown.connect(self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        self._tasks.run(self._plan.people, self._form.show_people, self._on_failed, self)

    def _on_failed(self, _error: PsyLiteError) -> None:
        """The message can be written without them."""
