from __future__ import annotations

import os
import socket
import sys

import pytest

from psylite_desktop.domain.whereabouts import SocketFamily
from psylite_desktop.host.own_sockets import own_report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")


def test_a_process_knows_its_own_sockets() -> None:
    before = len(own_report().sockets)
    one, other = socket.socketpair()
    with one, other:
        report = own_report()
        assert report.is_known
        assert report.pid == os.getpid()
        assert len(report.sockets) == before + 2
        assert not report.reaches_out
        one.sendall(b"still open")
        assert other.recv(20) == b"still open", "looking closes nothing"
    assert len(own_report().sockets) == before


def test_a_socket_to_the_internet_is_told() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM):
        report = own_report()
    assert report.reaches_out
    assert SocketFamily.INTERNET in {one.family for one in report.sockets}


def test_files_are_no_sockets(tmp_path: object) -> None:
    before = own_report().sockets
    with open(os.devnull, encoding="ascii"):  # noqa: PTH123 - any file
        assert own_report().sockets == before
