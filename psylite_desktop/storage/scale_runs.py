"""Results of self-rating scales in the vault (port ScaleRunStore)."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors

_Scores = tuple[tuple[str, int], ...]
_Answers = tuple[int | None, ...]


class SqlScaleRuns:
    """ScaleRunStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: ScaleRun) -> ScaleRun:
        """Store durably and return it with its id. Raises VaultError."""
        with transaction(self._connection) as connection:
            cursor = connection.execute(
                "INSERT INTO scale_runs (scale, at, lang, scores, answers) VALUES (?, ?, ?, ?, ?)",
                (
                    run.scale,
                    float(run.at),
                    run.lang,
                    msgspec.json.encode(run.scores).decode(),
                    msgspec.json.encode(run.answers).decode(),
                ),
            )
        return replace(run, id=int(cursor.lastrowid or 0))

    def delete(self, run_id: int) -> None:
        """Delete one for good. An unknown id changes nothing. Raises VaultError."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM scale_runs WHERE id = ?", (run_id,))

    def runs(self) -> list[ScaleRun]:
        """All of them, in the order they were stored. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT id, scale, at, lang, scores, answers FROM scale_runs ORDER BY id"
            ).fetchall()
        try:
            return [
                ScaleRun(
                    scale=scale,
                    at=at,
                    lang=lang,
                    scores=msgspec.json.decode(scores, type=_Scores),
                    answers=msgspec.json.decode(answers, type=_Answers),
                    id=row_id,
                )
                for row_id, scale, at, lang, scores, answers in rows
            ]
        except msgspec.MsgspecError:
            raise VaultError("vault_damaged", cause="scale_runs") from None
