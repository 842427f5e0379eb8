"""What the stores use of a database connection, so that no store needs the library's types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol


class Cursor(Protocol):
    """The result of one statement."""

    @property
    def lastrowid(self) -> int:
        """Id of the row inserted last."""
        ...

    @property
    def rowcount(self) -> int:
        """Rows changed by the statement."""
        ...

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the remaining rows."""
        ...


class Connection(Protocol):
    """An open connection; it belongs to the thread that opened it."""

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open."""
        ...

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Cursor:
        """Run one statement."""
        ...

    def backup(
        self, target: Connection, /, *, pages: int, progress: Callable[[int, int, int], None]
    ) -> None:
        """Copy all pages to another connection, in slices; `progress` is called after each."""
        ...

    def close(self) -> None:
        """Close; the key is wiped."""
        ...
