"""Settings of one profile in the vault (port PrivateSettingsStore)."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_type_hints

import msgspec

from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.storage.connection import Connection
from psylite_desktop.storage.database import transaction, translated_errors

_LOCK_AFTER_MIN = range(1, 61)


class SqlPrivateSettings:
    """PrivateSettingsStore on an open connection: one row a field, as JSON.

    Rows of fields that this version does not know are left alone, so a newer version's settings
    survive an older one.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self) -> PrivateSettings:
        """Return the stored settings; defaults where nothing usable is stored."""
        with translated_errors():
            rows = self._connection.execute("SELECT name, value FROM settings").fetchall()
        types = get_type_hints(PrivateSettings)
        values: dict[str, Any] = {}
        for name, value in rows:
            if name not in types:
                continue
            try:
                values[name] = msgspec.json.decode(value.encode(), type=types[name])
            except msgspec.MsgspecError:
                continue
        if values.get("lock_after_min", 1) not in _LOCK_AFTER_MIN:
            del values["lock_after_min"]  # a vault that never locks must not come from a bad row
        return PrivateSettings(**values)

    def save(self, settings: PrivateSettings) -> None:
        """Store all fields durably. Raises VaultError."""
        with transaction(self._connection) as connection:
            for field in fields(settings):
                value = msgspec.json.encode(getattr(settings, field.name)).decode()
                connection.execute(
                    "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
                    (field.name, value),
                )
