from pathlib import Path

import pytest

from psylite_desktop.engine import cpu
from psylite_desktop.engine.cpu import features_in_cpuinfo, missing, spelled


def test_features_are_read_from_the_first_flags_line() -> None:
    old = "processor : 0\nmodel name : x\nflags\t\t: fpu sse4_2 avx f16c\nflags : avx2\n"
    assert features_in_cpuinfo(old) == frozenset({"fpu", "sse4_2", "avx", "f16c"})


@pytest.mark.parametrize("text", ["", "Features : neon\n"])
def test_what_cannot_be_told_is_not_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert features_in_cpuinfo(text) is None
    monkeypatch.setattr(cpu, "features", lambda: None)
    assert missing(cpu.AVX512) == frozenset()


def test_what_is_lacking_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cpu, "features", lambda: cpu.AVX)
    assert missing(cpu.SSE42) == frozenset()
    assert missing(cpu.AVX2) == {"avx2", "bmi2", "f16c", "fma"}


def test_the_c_library_and_the_kernel_agree() -> None:
    asked = cpu.glibc_features()
    cpuinfo = Path("/proc/cpuinfo")
    listed = features_in_cpuinfo(cpuinfo.read_text("utf-8")) if cpuinfo.exists() else None
    if asked is None or listed is None:
        pytest.skip("no glibc 2.33 or no x86 here")
    assert asked == listed & cpu.AVX512


def test_features_are_spelled_as_people_write_them() -> None:
    assert spelled(cpu.SSE42) == "SSE4.2"
    assert spelled(cpu.AVX512) == "SSE4.2 AVX AVX2 AVX512"
    assert spelled(frozenset({"f16c", "fma"})) == "F16C FMA"
