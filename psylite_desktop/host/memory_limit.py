"""A limit on the memory of this process, set by itself before it touches a foreign file."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path


def limit_memory(own: int) -> bool:
    """Let this process take `own` bytes more that are not mapped from files.

    A native library then fails with "no memory" instead of pushing everything else out.
    Returns whether the system took the limit (macOS takes it and may not keep it).
    """
    if sys.platform == "win32":
        return _limit_job(own)
    import resource

    used = _data_size()
    wished = used + own
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard != resource.RLIM_INFINITY:
        wished = min(wished, hard)
    with contextlib.suppress(OSError, ValueError):
        # Counts writable memory of its own, never the weights mapped from the file (Linux 4.7).
        resource.setrlimit(resource.RLIMIT_DATA, (wished, hard))
        return True
    return False


def _data_size() -> int:
    """Bytes that RLIMIT_DATA counts already."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 256 << 20


def _limit_job(own: int) -> bool:
    """A job object of this process alone (winnt.h, JOBOBJECT_EXTENDED_LIMIT_INFORMATION)."""
    if sys.platform != "win32":
        return False
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_time", ctypes.c_int64),
            ("per_job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    limit = Extended()
    limit.basic.flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    limit.process_memory = own + (256 << 20)
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    extended = 9  # JobObjectExtendedLimitInformation
    if not job or not kernel.SetInformationJobObject(
        wintypes.HANDLE(job), extended, ctypes.byref(limit), ctypes.sizeof(limit)
    ):
        return False
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    own_process = wintypes.HANDLE(kernel.GetCurrentProcess())
    return bool(kernel.AssignProcessToJobObject(wintypes.HANDLE(job), own_process))
