"""What a process takes of memory is measured in one place."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from psylite_desktop.host.footprint import Footprint, Share, footprint, megabytes, share


def test_this_process_takes_some() -> None:
    own = share(os.getpid())
    assert 1.0 < own.megabytes <= footprint(os.getpid()).resident / 1e6 * 1.5
    assert own.exact is sys.platform.startswith("linux")
    assert megabytes(os.getpid()) > 1.0


@pytest.mark.parametrize("pid", [0, -1])
def test_none_takes_nothing(pid: int) -> None:
    assert share(pid) == Share()
    assert footprint(pid) == Footprint()


def test_one_that_is_gone_takes_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert share(ended.pid) == Share()


def test_where_nobody_may_look_closer_all_of_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: psutil.Process) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil.Process, "memory_full_info", refuse)
    own = share(os.getpid())
    assert not own.exact
    assert own.megabytes > 1.0
