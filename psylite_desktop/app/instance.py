"""One window a data folder: a second start brings the first one forward and goes.

A lock file says that a window is open; a second file, which the first window watches, asks it to
come forward. No socket and no pipe, so nothing listens and nothing can be spoken to.
"""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from psylite_desktop.storage.durable_file import FileLock, translated_os_errors

_LOCK = "window.lock"
_CALL = "window.call"


class SingleInstance(QObject):
    """The lock of a data folder, and the calls of those who came second.

    Signals:
        called: A second start wants the window to come forward.
    """

    called = Signal()

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = FileLock(data / _LOCK)
        self._call = data / _CALL
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_changed)

    def claim(self) -> bool:
        """Take the folder, or call the window that has it; False in the second case.

        Raises VaultError vault_read_only, vault_disk_full, vault_io.
        """
        with translated_os_errors():
            if not self._lock.acquire():
                # Another content each time: a watcher may look at no more than size and time.
                self._call.write_text(secrets.token_hex(secrets.randbelow(16) + 1), "ascii")
                return False
            self._call.write_text("", "ascii")
        self._watcher.addPath(str(self._call))
        return True

    def release(self) -> None:
        """Give the folder back."""
        self._watcher.removePaths(self._watcher.files())
        with contextlib.suppress(OSError):
            self._call.unlink(missing_ok=True)
        self._lock.release()

    def _on_changed(self, path: str) -> None:
        if path not in self._watcher.files() and self._call.exists():
            self._watcher.addPath(path)  # written anew instead of changed
        self.called.emit()
