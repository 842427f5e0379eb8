"""Copies a model file until it is done or killed: `python -m tests.faults.model_copier`.

Arguments: the file, the shelf, bytes a block. Writes a JSON line at every step.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_files import CopyStep
from psylite_desktop.engine.fingerprint import model_fingerprint
from psylite_desktop.storage import model_copy


def _say(**line: object) -> None:
    print(json.dumps(line), flush=True)


def main() -> None:
    """Copy once."""
    source, shelf, block = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    model_copy.STEP = block // 8

    def tell(step: CopyStep) -> None:
        _say(phase=step.phase, done=step.done)

    _say(phase="begun", done=0)
    copier = model_copy.ModelCopy(shelf, model_fingerprint, block=block, margin=0)
    try:
        copied = copier.copy(source, tell)
    except ModelFileError as error:
        _say(phase="failed", code=error.code, facts=error.facts)
    else:
        _say(phase="done", resumed_at=copied.resumed_at, sha256=copied.sha256)


if __name__ == "__main__":
    main()
