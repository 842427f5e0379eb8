"""What a process gives up before it does anything: network, dumps, output, priority."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from typing import Any

from psylite_desktop.host.socket_fence import ENGINE_MAY_OPEN, WINDOW_MAY_OPEN, raise_fence

logger = logging.getLogger(__name__)

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    # ONNX Runtime from 1.29 on: without it a device id and a list of events stand in the home
    # folder, and uploads are tried. The locks keep to an earlier one; this is for other builds.
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
SHOW_OUTPUT = "PSYLITE_ENGINE_OUTPUT"
"""Environment variable that keeps the process's stderr, for finding faults."""

_NICENESS = 5
_BELOW_NORMAL = 0x4000  # winbase.h, BELOW_NORMAL_PRIORITY_CLASS
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def isolate(*, end_with_parent_thread: bool) -> None:
    """Prepare this process for foreign files and private texts.

    `end_with_parent_thread`: Linux sends its parent-death signal when the *thread* that started
    the process ends, so it is asked for only where that is the parent's main thread. Everywhere
    else (and besides) the inbox notices that the parent is gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the parent's to answer
    keep_private()
    _fence(ENGINE_MAY_OPEN)
    _lower_priority()
    if end_with_parent_thread and sys.platform == "linux":
        _end_with_parent()
    if not os.environ.get(SHOW_OUTPUT):
        _silence()


def fence_window() -> None:
    """No internet sockets for the window, where it reaches its screen without the internet.

    A window shown on another computer (`ssh -X`) needs a connection there.
    """
    display = os.environ.get("DISPLAY", "")
    if display and not display.startswith((":", "unix:", "/")):
        logger.info("fence_display")
        return
    _fence(WINDOW_MAY_OPEN)


def _fence(may_open: frozenset[int]) -> None:
    refused = raise_fence(may_open)
    if refused:
        logger.info(refused)


def keep_private() -> None:
    """Give up network and memory dumps: every process of the program that sees what is written.

    Another program of the same user can then neither attach to it nor read its memory (Linux).
    """
    os.environ.update(OFFLINE)
    sys.addaudithook(refuse_network)
    _forbid_dumps()


class NetworkForbiddenError(RuntimeError):
    """Something wanted a connection."""


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: internet sockets neither connect nor listen nor look up names.

    Python's own sockets only; for native libraries there is `socket_fence`, and their settings.
    Local sockets stay: event loops make pairs of them (on Windows out of loopback connections).
    """
    if event in {"socket.connect", "socket.bind", "socket.sendto"}:
        address = arguments[1] if len(arguments) > 1 else None
        if isinstance(address, tuple) and not _is_local(address):
            raise NetworkForbiddenError(event)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0] if arguments else None
        if host not in _LOOPBACK:
            raise NetworkForbiddenError(event)


def _is_local(address: tuple[Any, ...]) -> bool:
    return sys.platform == "win32" and bool(address) and address[0] in _LOOPBACK


def _forbid_dumps() -> None:
    """No core file and no debugger: both would see what the person wrote."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0)


def _lower_priority() -> None:
    """The window goes first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)


def _end_with_parent() -> None:
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _silence() -> None:
    """Native libraries print what they like; nobody is to read or store it."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
