"""On a computer that others use, too, a space locks sooner and stays out of pictures."""

from __future__ import annotations

import pytest

from psylite_desktop.ui.shell.shared_computer import keep_out_of_captures, lock_after


class User32:
    """Windows' library of windows; `knows` are the ways that this version has."""

    def __init__(self, *knows: int) -> None:
        self.knows = knows
        self.asked: list[tuple[int, int]] = []

    def SetWindowDisplayAffinity(self, window: int, way: int) -> int:  # noqa: N802 - Windows' name
        self.asked.append((window, way))
        return int(way in self.knows)


@pytest.mark.parametrize(
    ("minutes", "is_shared", "is_guest", "expected"),
    [(5, False, False, 5), (5, True, False, 1), (60, True, False, 1), (5, True, True, 5)],
)
def test_a_shared_computer_locks_after_a_minute(
    minutes: int, is_shared: bool, is_guest: bool, expected: int
) -> None:
    assert lock_after(minutes, is_shared=is_shared, is_guest=is_guest) == expected


def test_windows_leaves_the_window_out_of_pictures() -> None:
    new, old, none = User32(0x11, 0x01, 0x00), User32(0x01, 0x00), User32()
    assert keep_out_of_captures(7, is_shared=True, user32=new)
    assert new.asked == [(7, 0x11)]
    assert keep_out_of_captures(7, is_shared=True, user32=old)
    assert old.asked == [(7, 0x11), (7, 0x01)]
    assert not keep_out_of_captures(7, is_shared=True, user32=none)
    assert keep_out_of_captures(7, is_shared=False, user32=new)
    assert new.asked[-1] == (7, 0x00)
