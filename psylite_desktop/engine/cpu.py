"""What this processor can do, asked before anything native is imported.

An instruction that a processor lacks kills the process (SIGILL) and no `except` catches it.
Features have the names that Linux gives them.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from pathlib import Path

SSE42 = frozenset({"popcnt", "sse4_1", "sse4_2", "ssse3"})
"""What every part needs that is here: the engine, NumPy, the encoder's runtime, Qt."""
AVX = SSE42 | {"avx"}
AVX2 = AVX | {"avx2", "bmi2", "f16c", "fma"}
"""What LanceDB is compiled to use, and a llama.cpp made for one processor alone."""
AVX512 = AVX2 | {"avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"}

# sys/platform/x86.h and bits/platform/x86.h of glibc: leaf, register (eax to edx), bit.
_LEAVES = {
    "ssse3": (0, 2, 9),
    "fma": (0, 2, 12),
    "sse4_1": (0, 2, 19),
    "sse4_2": (0, 2, 20),
    "popcnt": (0, 2, 23),
    "avx": (0, 2, 28),
    "f16c": (0, 2, 29),
    "avx2": (1, 1, 5),
    "bmi2": (1, 1, 8),
    "avx512f": (1, 1, 16),
    "avx512dq": (1, 1, 17),
    "avx512cd": (1, 1, 28),
    "avx512bw": (1, 1, 30),
    "avx512vl": (1, 1, 31),
}
_ACTIVE = 4
"""The struct holds what the processor has, then what the system lets programs use."""

# winnt.h, PF_..._INSTRUCTIONS_AVAILABLE. There is no question for the rest; every processor with
# the named feature that Windows runs on has what is added (ggml asks the processor once more).
_PF_FEATURES = {
    36: {"ssse3"},
    37: {"sse4_1"},
    38: {"sse4_2", "popcnt"},
    39: {"avx"},
    40: {"avx2", "bmi2", "f16c", "fma"},
    41: {"avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"},
}


def features() -> frozenset[str] | None:
    """What processor and system offer; None where that cannot be told or does not matter."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return None
    if sys.platform == "win32":
        return _windows_features()
    if sys.platform == "darwin":
        return None  # every x86 Mac that runs a supported macOS has AVX2
    return glibc_features() or features_in_cpuinfo(_read(Path("/proc/cpuinfo")))


def missing(needed: frozenset[str]) -> frozenset[str]:
    """Needed features that this processor certainly lacks; empty where that cannot be told."""
    found = features()
    return frozenset() if found is None else needed - found


def spelled(names: frozenset[str]) -> str:
    """Features as people write them, oldest first: "SSE4.2 AVX2"."""
    steps: tuple[str, ...] = ("sse4_2", "avx", "avx2", "avx512f")
    shown = [name for name in steps if name in names]
    return " ".join(
        name.upper().replace("4_2", "4.2").removesuffix("F") for name in shown or sorted(names)
    )


def glibc_features() -> frozenset[str] | None:
    """What glibc (2.33 and later) found when the process started; None without it.

    It asks the processor itself, and also whether the system keeps the wide registers.
    """
    try:
        ask = ctypes.CDLL(None)["__x86_get_cpuid_feature_leaf"]
    except (AttributeError, OSError):
        return None
    ask.argtypes, ask.restype = [ctypes.c_uint], ctypes.POINTER(ctypes.c_uint32 * 8)
    leaves = [ask(number) for number in range(2)]
    if not all(leaves):
        return None
    return frozenset(
        name
        for name, (leaf, register, bit) in _LEAVES.items()
        if leaves[leaf].contents[_ACTIVE + register] >> bit & 1
    )


def features_in_cpuinfo(cpuinfo: str) -> frozenset[str] | None:
    """Features in the first `flags` line of a /proc/cpuinfo text; None if there is none."""
    for line in cpuinfo.splitlines():
        key, _, flags = line.partition(":")
        if key.strip() == "flags":
            return frozenset(flags.split())
    return None


def _windows_features() -> frozenset[str] | None:
    if sys.platform != "win32":
        return None
    ask = ctypes.windll.kernel32.IsProcessorFeaturePresent
    # Windows 10 before 2004 does not know the question for SSSE3; SSE4.2 came after it.
    found = frozenset(
        name for number in _PF_FEATURES if ask(number) for name in _PF_FEATURES[number]
    )
    return found | SSE42 if "sse4_2" in found else found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
