"""The person's plan for hard moments in the vault (port SafetyPlanStore)."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors
from psylite_desktop.storage.plain_text import storable


class SqlSafetyPlan:
    """SafetyPlanStore on an open connection; used on that connection's thread only.

    Rows of steps that this version does not know are left alone.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self) -> list[PlanEntry]:
        """Steps that hold something, in the order of the plan. Raises VaultError."""
        with translated_errors():
            rows = self._connection.execute(
                "SELECT step, text, updated_at FROM safety_plan"
            ).fetchall()
        found = {step: (text, updated_at) for step, text, updated_at in rows}
        return [PlanEntry(step, *found[step.value]) for step in PlanStep if step.value in found]

    def save(self, entries: Sequence[PlanEntry]) -> None:
        """Store steps durably, all or none; an empty text removes a step. Raises VaultError."""
        with transaction(self._connection) as connection:
            for entry in entries:
                if entry.text:
                    connection.execute(
                        "INSERT OR REPLACE INTO safety_plan (step, text, updated_at)"
                        " VALUES (?, ?, ?)",
                        (str(entry.step), storable(entry.text), float(entry.updated_at)),
                    )
                else:
                    connection.execute("DELETE FROM safety_plan WHERE step = ?", (str(entry.step),))
