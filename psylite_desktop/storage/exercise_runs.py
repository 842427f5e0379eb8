"""How far somebody has come in exercises, in the vault (port ExerciseRunStore)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.exercise import Answer, ExerciseRun
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable

_COLUMNS = "id, exercise_id, lang, state, started_at, updated_at, finished_at"


class SqlExerciseRuns:
    """ExerciseRunStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, run: ExerciseRun) -> ExerciseRun:
        """Store durably, at any step, and return it with its id.

        A run that was deleted meanwhile stays deleted.
        """
        values = (
            run.exercise_id,
            run.lang,
            _state(run),
            float(run.started_at),
            float(run.updated_at),
            None if run.finished_at is None else float(run.finished_at),
        )
        with transaction(self._connection) as connection:
            if run.id:
                connection.execute(
                    "UPDATE exercise_runs SET exercise_id = ?, lang = ?, state = ?,"
                    " started_at = ?, updated_at = ?, finished_at = ? WHERE id = ?",
                    (*values, run.id),
                )
                return run
            cursor = connection.execute(
                "INSERT INTO exercise_runs"
                " (exercise_id, lang, state, started_at, updated_at, finished_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
        return replace(run, id=int(cursor.lastrowid or 0))

    def open_runs(self) -> list[ExerciseRun]:
        """Runs that were not finished, the one touched last first. Raises VaultError."""
        return self._read("WHERE finished_at IS NULL ORDER BY updated_at DESC, id DESC")

    def finished_runs(
        self, exercise_id: str = "", *, limit: int = 50, offset: int = 0
    ) -> list[ExerciseRun]:
        """Finished runs, of one exercise or of all, newest first. Raises VaultError."""
        return self._read(
            "WHERE finished_at IS NOT NULL AND ? IN ('', exercise_id)"
            " ORDER BY finished_at DESC, id DESC LIMIT ? OFFSET ?",
            (exercise_id, max(0, limit), max(0, offset)),
        )

    def delete(self, run_id: int) -> None:
        """Delete a run for good; an unknown id changes nothing."""
        with transaction(self._connection) as connection:
            connection.execute("DELETE FROM exercise_runs WHERE id = ?", (run_id,))

    def _read(self, which: str, values: tuple[Any, ...] = ()) -> list[ExerciseRun]:
        with translated_errors():
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM exercise_runs {which}",  # noqa: S608 - our own constants
                values,
            ).fetchall()
        try:
            return [_run(*row) for row in rows]
        except (ValueError, TypeError, AttributeError, KeyError):
            raise VaultError("vault_damaged", cause="exercise_runs") from None


def _state(run: ExerciseRun) -> str:
    answers = {key: _storable(answer) for key, answer in run.answers.items()}
    return json.dumps({"path": list(run.path), "answers": answers}, ensure_ascii=False)


def _storable(answer: Answer) -> str | int | list[str]:
    if isinstance(answer, str):
        return storable(answer)
    return answer if isinstance(answer, int) else [storable(item) for item in answer]


def _run(
    run_id: int,
    exercise_id: str,
    lang: str,
    state: str,
    started_at: float,
    updated_at: float,
    finished_at: float | None,
) -> ExerciseRun:
    read: Mapping[str, Any] = json.loads(state)
    return ExerciseRun(
        exercise_id=exercise_id,
        lang=lang,
        path=tuple(str(step) for step in read["path"]),
        answers={str(key): _answer(value) for key, value in read["answers"].items()},
        started_at=started_at,
        updated_at=updated_at,
        finished_at=finished_at,
        id=run_id,
    )


def _answer(value: object) -> Answer:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if isinstance(value, str | int):
        return value
    raise ValueError
