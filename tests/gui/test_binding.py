"""The Qt binding itself: a build that is wrong for this Python must be found here, not later."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget


class Bell(QObject):
    rung = Signal()


def test_calls_do_not_use_up_none_and_true(qapp: QApplication) -> None:
    """PySide 6.12.0 loses one reference to None (or True) with every call that returns it.

    On Python 3.11 the interpreter aborts when none are left, which takes some thousand calls.
    """
    widget, bell = QWidget(), Bell()
    before = [sys.getrefcount(value) for value in (None, True)]
    for _ in range(200):
        widget.setEnabled(True)
        bell.rung.emit()
    after = [sys.getrefcount(value) for value in (None, True)]
    lost = [old - new for old, new in zip(before, after, strict=True)]
    assert max(lost) < 100, f"lost references to None, True: {lost}"
