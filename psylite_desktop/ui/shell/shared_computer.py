"""What is stricter on a computer that others use: locking sooner, staying out of pictures."""

from __future__ import annotations

import sys
from typing import Any

SHARED_LOCK_MIN = 1
"""Quiet minutes after which a space locks where the start shows no list of spaces."""

_EXCLUDED = 0x11  # winuser.h, WDA_EXCLUDEFROMCAPTURE, from Windows 10 2004 on
_BLACKED_OUT = 0x01  # WDA_MONITOR, before
_SHOWN = 0x00  # WDA_NONE


def lock_after(minutes: int, *, is_shared: bool, is_guest: bool) -> int:
    """Quiet minutes after which a space locks.

    A guest has nothing to come back to, so a minute's thought must not end what they wrote.
    """
    return min(minutes, SHARED_LOCK_MIN) if is_shared and not is_guest else minutes


def keep_out_of_captures(window: int, *, is_shared: bool, user32: Any = None) -> bool:
    """Ask Windows to leave a window out of screenshots and shared screens; whether it does.

    `window` is its native handle. Elsewhere no system offers this to a program. It is no promise:
    a camera sees the screen, and so does a driver.
    Source: https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-setwindowdisplayaffinity
    """
    if user32 is None:
        if sys.platform != "win32":
            return False
        import ctypes

        user32 = ctypes.windll.user32
    ways = (_EXCLUDED, _BLACKED_OUT) if is_shared else (_SHOWN,)
    return any(user32.SetWindowDisplayAffinity(window, way) for way in ways)
