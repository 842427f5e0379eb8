"""The record of finished steps: what makes the second start take no time.

Every step has a name and a fingerprint of all that it depends on. A step whose
fingerprint is in the record is skipped. A record that cannot be read counts as
empty, so the worst that can happen is that a step is done once more.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


class Stamp:
    """Fingerprints of finished steps, kept in one file.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done = _read(path)

    def has(self, step: str, fingerprint: str) -> bool:
        """Tell whether the step was finished with this fingerprint."""
        return self._done.get(step) == fingerprint

    def knows(self, step: str) -> bool:
        """Tell whether the step was finished at all."""
        return step in self._done

    def add(self, step: str, fingerprint: str) -> None:
        """Note a finished step."""
        self._done[step] = fingerprint
        self._write()

    def drop(self, step: str) -> None:
        """Forget a step before it is begun, so that a half-done one is seen as not done."""
        if self._done.pop(step, None) is not None:
            self._write()

    def clear(self) -> None:
        """Forget everything."""
        self._done = {}
        self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self._done, indent=1, sort_keys=True), encoding="utf-8")
        fresh.replace(self._path)


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(step): str(fingerprint) for step, fingerprint in found.items()}


def fingerprint(*parts: str | Path) -> str:
    """A short hash of texts and of the contents of files; a missing file counts as empty."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            content = part.read_bytes() if part.is_file() else b""
        else:
            content = part.encode()
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()[:16]
