"""Whether this processor can run the native libraries, asked before any of them is imported.

An instruction that a processor lacks kills the process (SIGILL) and no `except` catches it.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

NEEDED = frozenset({"avx2", "bmi2", "f16c", "fma"})
"""What the shipped build of llama.cpp is compiled to use, beside older instructions."""

_PF_AVX2 = 40  # winnt.h, PF_AVX2_INSTRUCTIONS_AVAILABLE


def missing_features() -> frozenset[str]:
    """Needed features that this processor certainly lacks; empty where that cannot be told."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return frozenset()
    if sys.platform == "win32":
        return _missing_windows()
    if sys.platform == "darwin":
        return frozenset()  # every x86 Mac that runs a supported macOS has AVX2
    return missing_in_cpuinfo(_read(Path("/proc/cpuinfo")))


def missing_in_cpuinfo(cpuinfo: str) -> frozenset[str]:
    """Needed features that the first `flags` line of a /proc/cpuinfo text does not name."""
    for line in cpuinfo.splitlines():
        key, _, flags = line.partition(":")
        if key.strip() == "flags":
            return NEEDED - frozenset(flags.split())
    return frozenset()


def _missing_windows() -> frozenset[str]:
    if sys.platform == "win32":
        import ctypes

        if not ctypes.windll.kernel32.IsProcessorFeaturePresent(_PF_AVX2):
            return frozenset({"avx2"})
    return frozenset()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
