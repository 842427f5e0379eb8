"""What goes to the clipboard: marked as private, and gone again when the profile locks."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

_MARK = "application/x-psylite"

_HINTS = {
    _MARK: b"1",
    # KDE's Klipper and those who follow it keep no history of it.
    "x-kde-passwordManagerHint": b"secret",
    # Windows: no clipboard history, no copy to other devices, no other watcher.
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
    # macOS, by the convention of nspasteboard.org.
    "application/x-nspasteboard-concealed-type": b"1",
}


def copy_privately(text: str) -> None:
    """Put a text on the clipboard and ask clipboard histories to leave it out."""
    data = QMimeData()
    data.setText(text)
    for kind, value in _HINTS.items():
        data.setData(kind, QByteArray(value))
    QGuiApplication.clipboard().setMimeData(data)


def forget_copied() -> None:
    """Empty the clipboard where what is on it came from this program."""
    clipboard = QGuiApplication.clipboard()
    # Text that was copied out of a field carries no mark, but the system knows whose it is.
    data: QMimeData | None = clipboard.mimeData()  # None on an empty one, whatever the stubs say
    if clipboard.ownsClipboard() or (data is not None and data.hasFormat(_MARK)):
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)
