"""The app's own format: one JSON object in UTF-8, complete enough to be brought in again.

    {
      "format": "psylite-export",
      "version": 1,
      "made_at": "2026-11-21T06:30:00.000000+00:00",
      "scope": {"first": "", "last": "", "with_risk": false},
      "sections": {"<section>": [<row>, ...], ...}
    }

Rows, by section (times are ISO 8601 in UTC; `level` 0 to 3 only where `with_risk` is true):

- conversations, one row a message: conversation (a number that is the same for all messages of a
  conversation in this file), title, at, role (user, assistant), text, mode (model, practice,
  written, crisis; "crisis" becomes "written" without `with_risk`), complete, number (of the message
  in this file), level; versions, with the first row of a conversation where there are any: what an
  edit or another reply took the place of, a list of messages with at, role, text, mode, complete,
  number, level as above, after (the number of the message before it, 0 for none) and gave_way
  (counts up; of several, the one with the highest was shown last)
- endings: conversation, title, at, lines (three), next_step
- check_ins: day (YYYY-MM-DD), at, mood (1 to 5), feelings (ids), tags (ids or own words), note,
  backfilled, level
- exercises: exercise (id), lang, started_at, updated_at, finished_at (null while open), path (ids
  of steps), answers (by step: text, number or list of texts)
- scales: scale (id), at, lang, scores (by part), answers (points by item, null for none; empty for
  scales with items about danger unless `with_risk`)
- plan: step, text, updated_at
- memory: created_at, text, topic, lang, expires_at (null never), pinned

Readers ignore sections and keys that they do not know. A change that older readers would
misunderstand gets another version.
"""

from __future__ import annotations

import json

from psylite_desktop.domain.export import Row, Scope

FORMAT = "psylite-export"
VERSION = 1


class JsonEncoder:
    """Encoder for the format above."""

    def __init__(self, scope: Scope, *, made_at: str) -> None:
        self._head = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": made_at,
            "scope": {"first": scope.first, "last": scope.last, "with_risk": scope.with_risk},
        }
        self._sections: dict[str, list[str]] = {}
        self._current: list[str] = []

    def begin_section(self, section: str) -> None:
        """See Encoder."""
        self._current = self._sections.setdefault(section, [])

    def add(self, row: Row) -> None:
        """See Encoder."""
        self._current.append(json.dumps(row, ensure_ascii=False))

    def finish(self) -> bytes:
        """See Encoder."""
        head = json.dumps(self._head, ensure_ascii=False, indent=1)[:-2]
        bodies = [
            f"  {json.dumps(section)}: [" + ",".join(f"\n   {row}" for row in rows) + "\n  ]"
            for section, rows in self._sections.items()
        ]
        text = f'{head},\n "sections": {{\n' + ",\n".join(bodies) + "\n }\n}\n"
        return text.encode("utf-8", "replace")
