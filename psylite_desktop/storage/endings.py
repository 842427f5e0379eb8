"""What was kept at the end of talks, in the vault (port EndingStore)."""

from __future__ import annotations

import msgspec

from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable


class SqlEndings:
    """EndingStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, ending: Ending) -> None:
        """Store durably in the place of an earlier one.

        Raises VaultError conversation_unknown where the conversation is gone.
        """
        lines = [storable(line) for line in ending.lines]
        with transaction(self._connection) as connection:
            stored = connection.execute(
                "INSERT OR REPLACE INTO endings (conversation_id, summary, next_step, at)"
                " SELECT id, ?, ?, ? FROM conversations WHERE id = ?",
                (
                    msgspec.json.encode(lines).decode(),
                    storable(ending.next_step),
                    float(ending.at),
                    ending.conversation_id,
                ),
            )
            if stored.rowcount != 1:
                raise VaultError("conversation_unknown")

    def load(self, conversation_id: int) -> Ending | None:
        """What was kept of a conversation; None where nothing was.

        Raises VaultError vault_damaged where it cannot be read.
        """
        with translated_errors():
            row = self._connection.execute(
                "SELECT summary, next_step, at FROM endings WHERE conversation_id = ?",
                (conversation_id,),
            ).fetchone()
        if row is None:
            return None
        summary, next_step, at = row
        try:
            lines = msgspec.json.decode(summary.encode(), type=tuple[str, str, str])
        except msgspec.MsgspecError:
            raise VaultError("vault_damaged", cause="endings") from None
        return Ending(conversation_id, lines, next_step, at)
