"""A fence in the Linux kernel: this process and its threads can open no internet socket.

A seccomp filter of a dozen instructions, so it holds for native libraries as well, which an audit
hook never sees. It cannot be taken away again. Sockets that are open already stay as they are.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Collection
from dataclasses import dataclass

AF_UNIX = 1
AF_NETLINK = 16
ENGINE_MAY_OPEN = frozenset({AF_UNIX})
WINDOW_MAY_OPEN = frozenset({AF_UNIX, AF_NETLINK})
"""Qt listens to the kernel's messages about devices through AF_NETLINK; nothing leaves by it."""

_PR_SET_NO_NEW_PRIVS = 38
_PR_GET_SECCOMP = 21
_PR_SET_SECCOMP = 22
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_MODE_FILTER = 2
_TSYNC = 1  # SECCOMP_FILTER_FLAG_TSYNC: all threads, also those that run already

# linux/bpf_common.h, linux/seccomp.h
_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JUMP_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000  # SECCOMP_RET_ERRNO
_AT_NUMBER, _AT_ARCH, _AT_FIRST_ARGUMENT = 0, 4, 16
_X32 = 0x40000000  # numbers of the x32 calls begin here


@dataclass(frozen=True, slots=True)
class _Machine:
    """Numbers of a processor family: its audit name and its system calls."""

    audit: int
    seccomp: int
    socket: int
    io_uring_setup: int = 425


_MACHINES = {
    "x86_64": _Machine(audit=0xC000003E, seccomp=317, socket=41),
    "aarch64": _Machine(audit=0xC00000B7, seccomp=277, socket=198),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def raise_fence(may_open: Collection[int]) -> str:
    """Refuse sockets of all families but these from now on.

    Returns "" or why there is no fence: fence_system, fence_machine, fence_refused.
    """
    if sys.platform != "linux":
        return "fence_system"
    machine = _MACHINES.get(platform.machine())
    if machine is None or sys.maxsize < 1 << 32:
        return "fence_machine"
    return _raise(_instructions(machine, may_open), machine)


def is_fenced() -> bool:
    """Whether a filter holds for the thread that asks."""
    if sys.platform != "linux":
        return False
    try:
        mode: int = ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return False
    return mode == _SECCOMP_MODE_FILTER


def _instructions(machine: _Machine, may_open: Collection[int]) -> bytes:
    """The filter, as the kernel reads it.

    Calls of another processor family (a 32-bit program inside this one) are refused whole: their
    numbers mean something else. io_uring is refused because it opens sockets without `socket`.
    """
    allow, refuse = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE | errno.EPERM)
    families = sorted(may_open)
    lines = [
        (_LOAD, 0, 0, _AT_ARCH),
        (_JUMP_EQUAL, 1, 0, machine.audit),
        refuse,
        (_LOAD, 0, 0, _AT_NUMBER),
        (_JUMP_AT_LEAST, 0, 1, _X32),
        refuse,
        (_JUMP_EQUAL, 0, 1, machine.io_uring_setup),
        (_RETURN, 0, 0, _REFUSE | errno.ENOSYS),
        (_JUMP_EQUAL, 1, 0, machine.socket),
        allow,
        (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
        *((_JUMP_EQUAL, len(families) - place, 0, family) for place, family in enumerate(families)),
        refuse,
        allow,
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _raise(instructions: bytes, machine: _Machine) -> str:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return "fence_refused"
        code = ctypes.create_string_buffer(instructions, len(instructions))
        program = _Program(len(instructions) // 8, ctypes.addressof(code))
        number, mode = ctypes.c_long(machine.seccomp), ctypes.c_long(_SECCOMP_SET_MODE_FILTER)
        if library.syscall(number, mode, ctypes.c_long(_TSYNC), ctypes.byref(program)) == 0:
            return ""
        # A kernel that knows no `seccomp` call fences the thread that asks, and its children.
        asked = library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program))
    except (OSError, AttributeError):
        return "fence_refused"
    return "fence_refused" if asked else ""
