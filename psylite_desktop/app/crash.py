"""Last resort for exceptions: says what broke where, never what a person wrote."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType


def install_excepthooks() -> None:
    """Replace the interpreter's hooks, which print exception texts that may hold user text."""
    sys.excepthook = _report
    threading.excepthook = lambda args: _report(args.exc_type, args.exc_value, args.exc_traceback)


def _report(
    kind: type[BaseException], _value: BaseException | None, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    frames = traceback.extract_tb(trace)
    where = " <- ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    if sys.stderr is not None:
        sys.stderr.write(f"psylite: {kind.__name__} at {where}\n")
