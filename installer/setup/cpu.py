"""What the processor can do, read before anything native is built for it."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from installer.setup.programs import output_of

# IsProcessorFeaturePresent, processthreadsapi.h.
WINDOWS_FEATURES = {"sse4_2": 38, "avx": 39, "avx2": 40}
# With these two the compiler may use what every server and laptop since 2018 has.
ARM_DOT_AND_HALF = frozenset({"asimddp", "asimdhp"})
BYTES_A_JOB = 1 << 30


def machine() -> str:
    """The kind of processor: "x86_64", "arm64", or what Python calls it."""
    name = platform.machine().lower()
    return {"amd64": "x86_64", "aarch64": "arm64"}.get(name, name)


def features() -> frozenset[str]:
    """Instruction sets that processor and system offer, in the kernel's spelling."""
    if sys.platform.startswith("linux"):
        return linux_features(Path("/proc/cpuinfo"))
    if sys.platform == "darwin":
        names = output_of(["sysctl", "-n", "machdep.cpu.features", "machdep.cpu.leaf7_features"])
        spelled = names.lower().replace("sse4.2", "sse4_2").replace("avx1.0", "avx")
        return frozenset(spelled.split())
    if sys.platform == "win32":
        return _windows_features()
    return frozenset()


def linux_features(cpuinfo: Path) -> frozenset[str]:
    """The features of the first processor in a file such as /proc/cpuinfo."""
    try:
        text = cpuinfo.read_text(encoding="ascii", errors="replace")
    except OSError:
        return frozenset()
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() in {"flags", "Features"}:
            return frozenset(value.split())
    return frozenset()


def _windows_features() -> frozenset[str]:
    import ctypes

    if sys.platform != "win32":
        return frozenset()
    kernel = ctypes.windll.kernel32
    found = {
        name
        for name, number in WINDOWS_FEATURES.items()
        if kernel.IsProcessorFeaturePresent(number)
    }
    # Windows has no question for these; every processor with AVX2 that runs it has them.
    return frozenset(found | {"fma", "f16c", "bmi2"} if "avx2" in found else found)


def build_jobs() -> int:
    """How many compilers may run at once: one a core, one a free GiB."""
    if sys.platform.startswith("linux"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    free = _free_bytes()
    return max(1, cores if free is None else min(cores, free // BYTES_A_JOB))


def _free_bytes() -> int | None:
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return None
    for line in text.splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None
