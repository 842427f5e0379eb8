"""Goes through the versions of a talk: what an edit or another reply took the place of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.versions import OtherVersion, Versions
from psylite_desktop.services.off_the_record import is_off_the_record
from psylite_desktop.services.session import Session
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.talk.messages import MessageModel

_Shown = tuple[int, str | None, list[Message], list[OtherVersion]]


class VersionSwitch(QObject):
    """Knows the other versions of the open conversation, and shows one of them.

    Never beside danger: nothing light may take the place of what was said there.

    Signals:
        shown: Another version is shown; carries the title of the talk where it has a new one.
        changed: What can be shown, or whether something is being brought, changed.
        failed: The vault refused; carries the code.
    """

    shown = Signal(str)
    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, *, session: Session, tasks: VaultTasks, messages: MessageModel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._history = session.history
        self._screening = session.screening
        self._tasks = tasks
        self._messages = messages
        self._conversation_id: int | None = None
        self._others: list[OtherVersion] = []
        self._is_switching = False
        self._is_reading = False

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way from the vault."""
        return self._is_switching or self._is_reading

    @property
    def is_switching(self) -> bool:
        """Whether another version is on its way."""
        return self._is_switching

    @property
    def has_other(self) -> bool:
        """Whether the last turn can be had in another version."""
        return self._may_switch() and bool(self._one_back())

    def show(
        self,
        conversation_id: int | None,
        messages: Sequence[Message],
        others: Sequence[OtherVersion],
    ) -> None:
        """Show a conversation as it was read; None for one that is not stored yet."""
        self._conversation_id, self._others = conversation_id, list(others)
        tree = self._tree(messages)
        self._messages.load(messages, {m.id: _place(tree, m.id) for m in messages if self._others})

    def read(self, conversation_id: int) -> None:
        """Learn what an edit or another reply took the place of."""
        if is_off_the_record(conversation_id):
            return
        self._is_reading = True
        history = self._history
        self._tasks.run(
            lambda: (conversation_id, history.versions(conversation_id)),
            self._on_read,
            self._on_read_failed,
            self,
        )

    def mark(self) -> None:
        """Say which versions stand in the conversation, after something was added to it."""
        if self._others:
            messages = [message for message in self._messages.messages() if message.id]
            tree = self._tree(messages)
            self._messages.mark_versions({m.id: _place(tree, m.id) for m in messages})

    def beside(self, message_id: int, step: int) -> int:
        """The version before (-1) or after (1) one that is shown; 0 for none."""
        if not self._may_switch():
            return 0
        ids = self._tree(self._messages.messages()).at(message_id)
        place = ids.index(message_id) + step
        return ids[place] if 0 <= place < len(ids) else 0

    def bring_back(self) -> None:
        """Show the last turn as it was before; again, and it goes round."""
        if self.has_other:
            self.switch_to(self._one_back())

    def switch_to(self, message_id: int) -> None:
        """Show another version, and what was shown last after it."""
        conversation = self._conversation_id
        if conversation is None or self.is_busy or not self._may_switch():
            return
        self._is_switching = True
        history = self._history

        def work() -> _Shown:
            title = history.show_version(conversation, message_id)
            return conversation, title, history.open(conversation), history.versions(conversation)

        self._tasks.run(work, self._on_shown, self._on_failed, self)
        self.changed.emit()

    def _may_switch(self) -> bool:
        is_grave = self._screening.state.level >= Level.CRISIS
        return bool(self._others) and not is_grave

    def _one_back(self) -> int:
        newest = self._messages.last(Role.USER)
        if newest is None or not newest.id:
            return 0
        return self._tree(self._messages.messages()).one_back(newest.id)

    def _tree(self, messages: Sequence[Message]) -> Versions:
        others = [(one.message.id, one.after, one.gave_way) for one in self._others]
        return Versions([message.id for message in messages if message.id], others)

    def _on_read(self, read: tuple[int, list[OtherVersion]]) -> None:
        self._is_reading = False
        conversation, others = read
        if conversation == self._conversation_id:
            self._others = others
            self.mark()
        self.changed.emit()

    def _on_read_failed(self, _error: PsyLiteError) -> None:
        """They are kept, and found when the talk is opened again."""
        self._is_reading = False
        self.changed.emit()

    def _on_shown(self, shown: _Shown) -> None:
        self._is_switching = False
        conversation, title, messages, others = shown
        if conversation == self._conversation_id:
            self.show(conversation, messages, others)
            self.shown.emit(title or "")
        else:
            self.changed.emit()

    def _on_failed(self, error: PsyLiteError) -> None:
        self._is_switching = False
        self.failed.emit(error.code)
        self.changed.emit()


def _place(tree: Versions, message_id: int) -> tuple[int, int]:
    """Which version of how many a message is."""
    ids = tree.at(message_id)
    return ids.index(message_id) + 1, len(ids)
