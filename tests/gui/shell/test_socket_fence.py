"""The window starts behind the fence that keeps its process from the internet."""

from __future__ import annotations

import pytest

from tests.unit.host.test_socket_fence import in_child, linux


@linux
@pytest.mark.parametrize("display", [":0", ""])
def test_the_window_starts_behind_the_fence(display: str) -> None:
    said = in_child(f"""
        os.environ.update(QT_QPA_PLATFORM="offscreen", DISPLAY={display!r})
        from psylite_desktop.host.isolation import fence_window, keep_private
        keep_private(); fence_window()
        from PySide6.QtWidgets import QApplication, QLabel
        app = QApplication([])
        label = QLabel("here"); label.show(); app.processEvents()
        assert is_fenced() and not label.grab().isNull()
        print("shown")
    """)
    assert said == "shown"
