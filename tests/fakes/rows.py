"""Many rows of a table in one test: every row is tried, and each that fails is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")


def failed(
    rows: Iterable[Row], check: Callable[[Row], object], *, name: Callable[[Row], str] = str
) -> list[str]:
    """Rows whose check does not hold, with what it said; `assert failed(...) == []`.

    A test for each row costs more in setting up than the row does, where rows come in thousands.
    """
    found = []
    for row in rows:
        try:
            check(row)
        except AssertionError as error:
            found.append(f"{name(row)}: {error}")
    return found
