"""The fence in a process of its own: it cannot be taken away again."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from psylite_desktop.host import socket_fence
from psylite_desktop.host.socket_fence import ENGINE_MAY_OPEN, raise_fence

linux = pytest.mark.skipif(sys.platform != "linux", reason="a filter of the Linux kernel")

BEGIN = """
import ctypes, errno, os, socket, threading
from psylite_desktop.host.socket_fence import *
c = ctypes.CDLL(None, use_errno=True)
"""


def in_child(code: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@linux
@pytest.mark.parametrize("may_open", ["ENGINE_MAY_OPEN", "WINDOW_MAY_OPEN"])
@pytest.mark.parametrize("family", [2, 10, 17])
def test_no_internet_socket_from_python_and_from_c(may_open: str, family: int) -> None:
    said = in_child(f"""
        assert raise_fence({may_open}) == "", "no fence"
        assert is_fenced()
        try:
            socket.socket({family}, socket.SOCK_STREAM)
        except PermissionError:
            print("python", end=" ")
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            assert c.socket({family}, kind, 0) == -1
            assert ctypes.get_errno() == errno.EPERM
        print("c")
    """)
    assert said == "python c"


@linux
def test_local_sockets_and_everything_else_go_on() -> None:
    said = in_child("""
        assert raise_fence(ENGINE_MAY_OPEN) == ""
        one, other = socket.socketpair()
        one.sendall(b"here")
        assert other.recv(9) == b"here"
        assert c.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0) > 0
        assert c.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) == -1
        with open(os.devnull) as file:
            print(file.read() + "fine")
    """)
    assert said == "fine"


@linux
def test_the_window_may_hear_of_devices() -> None:
    in_child("""
        assert raise_fence(WINDOW_MAY_OPEN) == ""
        assert c.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) > 0
    """)


@linux
def test_it_holds_for_threads_and_child_processes() -> None:
    said = in_child("""
        refused = []
        ready, go = threading.Event(), threading.Event()
        def ask():
            ready.set(); go.wait()
            refused.append(c.socket(socket.AF_INET, socket.SOCK_STREAM, 0))
        running = threading.Thread(target=ask)
        running.start(); ready.wait()
        assert raise_fence(ENGINE_MAY_OPEN) == ""
        go.set(); running.join()
        if os.fork() == 0:
            os._exit(0 if c.socket(socket.AF_INET, socket.SOCK_STREAM, 0) == -1 else 1)
        print(refused, os.wait()[1])
    """)
    assert said == "[-1] 0"


@linux
def test_no_way_around_by_io_uring() -> None:
    in_child("""
        assert raise_fence(ENGINE_MAY_OPEN) == ""
        assert c.syscall(425, 8, ctypes.create_string_buffer(120)) == -1
        assert ctypes.get_errno() == errno.ENOSYS
    """)


def test_elsewhere_it_says_why_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_fence.sys, "platform", "darwin")
    assert raise_fence(ENGINE_MAY_OPEN) == "fence_system"
    monkeypatch.setattr(socket_fence.sys, "platform", "linux")
    monkeypatch.setattr(socket_fence.platform, "machine", lambda: "riscv64")
    assert raise_fence(ENGINE_MAY_OPEN) == "fence_machine"


@linux
def test_a_window_on_another_computer_keeps_its_connection() -> None:
    in_child("""
        os.environ["DISPLAY"] = "localhost:10.0"
        from psylite_desktop.host.isolation import fence_window
        fence_window()
        assert not is_fenced()
    """)
