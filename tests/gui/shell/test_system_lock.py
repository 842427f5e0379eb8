"""The system's word that the screen is locked arrives over a real bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

SCRIPT = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from psylite_desktop.ui.shell.system_lock import SystemLock
app = QCoreApplication([])
watch = SystemLock(app)
watch.locked.connect(lambda: app.exit(7))
bus = QDBusConnection.sessionBus()
def tell(active):
    path, interface = "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"
    message = QDBusMessage.createSignal(path, interface, "ActiveChanged")
    message.setArguments([active])
    bus.send(message)
tell(False)
QTimer.singleShot(200, lambda: tell(True))
QTimer.singleShot(20000, lambda: app.exit(1))
sys.exit(app.exec())
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs a message bus")
def test_a_screen_saver_that_locks_is_heard() -> None:
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SCRIPT],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=False,
        timeout=60,
        capture_output=True,
    )
    assert done.returncode == 7, done.stderr.decode()
