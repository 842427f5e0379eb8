"""What a subject is told to do, and what it told until it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Order = dict[str, Any]
"""What a subject is told to do: see `subject`."""


@dataclass
class Outcome:
    """What a subject told until it ended."""

    tries: dict[str, dict[str, Any]] = field(default_factory=dict)
    closed: str = ""
    status: int = 0
    hit: bool = False
    barriers: int = 0

    @property
    def first(self) -> dict[str, Any]:
        """The first try; its state is "killed" where the subject did not come that far."""
        return self.tries.get("first", {"state": "killed"})

    @property
    def acknowledged(self) -> bool:
        """Whether the subject was told that the operation is done."""
        return any(said["state"] == "done" for said in self.tries.values())

    def hear(self, said: dict[str, Any]) -> None:
        """Take in what a subject says."""
        if said["state"] == "closed":
            self.closed = said["code"]
        elif said["state"] == "ended":
            self.status = said["status"]
        elif said["state"] != "waiting":
            self.tries[said["which"]] = said
