"""Claims of the Mirror that were taken back, in the vault (port MirrorCorrectionStore)."""

from __future__ import annotations

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable


class SqlMirrorCorrections:
    """MirrorCorrectionStore on an open connection; used on that connection's thread only.

    A correction holds words of the page it is about, so it goes when that page is erased.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, correction: MirrorCorrection) -> None:
        """Store durably, in the place of the same claim. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT INTO mirror_corrections (entry_id, kind, label, quote, at)"
                " VALUES ((SELECT id FROM journal_entries WHERE id = ?), ?, ?, ?, ?)"
                " ON CONFLICT (kind, label, quote)"
                " DO UPDATE SET entry_id = excluded.entry_id, at = excluded.at",
                (correction.entry_id, *_claim(correction), float(correction.at)),
            )

    def remove(self, correction: MirrorCorrection) -> None:
        """Forget a claim that was taken back. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute(
                "DELETE FROM mirror_corrections WHERE kind = ? AND label = ? AND quote = ?",
                _claim(correction),
            )

    def corrections(self) -> list[MirrorCorrection]:
        """All of them, oldest first.

        Raises VaultError vault_damaged where a stored value has no meaning.
        """
        with translated_errors():
            rows = self._connection.execute(
                "SELECT kind, label, quote, at, coalesce(entry_id, 0)"
                " FROM mirror_corrections ORDER BY at, id"
            ).fetchall()
        try:
            return [
                MirrorCorrection(ClaimKind(kind), label, quote, at=at, entry_id=entry_id)
                for kind, label, quote, at, entry_id in rows
            ]
        except ValueError:
            raise VaultError("vault_damaged", cause="mirror_corrections") from None


def _claim(correction: MirrorCorrection) -> tuple[str, str, str]:
    return str(correction.kind), storable(correction.label), storable(correction.quote)
