"""Shares with their uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z95 = 1.959963985


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`, with the 95 % Wilson score interval (Wilson 1927)."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound, (0, 1) of nothing."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.hits / self.total, _Z95**2
        centre = share + square / (2 * self.total)
        spread = _Z95 * math.sqrt(share * (1 - share) / self.total + square / (4 * self.total**2))
        scale = 1 + square / self.total
        # Rounding must not push a bound past the share it encloses.
        return (
            max(0.0, min(share, (centre - spread) / scale)),
            min(1.0, max(share, (centre + spread) / scale)),
        )

    def as_dict(self) -> dict[str, object]:
        """For JSON: numbers rounded to four places."""
        low, high = self.interval
        value = None if self.value is None else round(self.value, 4)
        return {
            "hits": self.hits,
            "total": self.total,
            "share": value,
            "interval": [round(low, 4), round(high, 4)],
        }
