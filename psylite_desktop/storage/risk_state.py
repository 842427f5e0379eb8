"""The safety layer's state in the vault (port RiskStateStore)."""

from __future__ import annotations

import msgspec

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Kind, Level, RiskState, Who
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors


class SqlRiskState:
    """RiskStateStore on an open connection; used on that connection's thread only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self) -> RiskState:
        """Return the stored state, or a calm one where none was stored.

        Raises VaultError vault_damaged where a stored value has no meaning: it must not be
        taken for a calm state.
        """
        with translated_errors():
            row = self._connection.execute(
                "SELECT level, kind, who, calm_turns, denied, raised_at, turn, signals, strong,"
                " misread FROM risk_state"
            ).fetchone()
        if row is None:
            return RiskState()
        level, kind, who, calm_turns, denied, raised_at, turn, signals, strong, misread = row
        try:
            return RiskState(
                level=Level(level),
                kind=Kind(kind),
                who=Who(who),
                calm_turns=calm_turns,
                denied=bool(denied),
                raised_at=raised_at,
                turn=turn,
                signals=msgspec.json.decode(signals, type=tuple[tuple[str, int], ...]),
                strong=bool(strong),
                misread=misread,
            )
        except (ValueError, msgspec.MsgspecError):
            raise VaultError("vault_damaged", cause="risk_state") from None

    def save(self, state: RiskState) -> None:
        """Store the state durably. Raises VaultError."""
        raised_at = None if state.raised_at is None else float(state.raised_at)
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO risk_state"
                " (id, level, kind, who, calm_turns, denied, raised_at, turn, signals, strong,"
                " misread)"
                " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    int(state.level),
                    str(state.kind),
                    str(state.who),
                    state.calm_turns,
                    int(state.denied),
                    raised_at,
                    state.turn,
                    msgspec.json.encode(state.signals).decode(),
                    int(state.strong),
                    state.misread,
                ),
            )
