from pathlib import Path

import pytest

from installer.setup import cpu

X86 = "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu sse4_2 avx avx2\n\nflags\t\t: other\n"
ARM = "processor\t: 0\nFeatures\t: fp asimd asimddp asimdhp\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (X86, {"fpu", "sse4_2", "avx", "avx2"}),
        (ARM, {"fp", "asimd", "asimddp", "asimdhp"}),
        ("", set()),
    ],
)
def test_features_are_those_of_the_first_processor(tmp_path, text, expected):
    file = tmp_path / "cpuinfo"
    file.write_text(text, encoding="ascii")
    assert cpu.linux_features(file) == expected


def test_a_missing_file_means_no_features():
    assert cpu.linux_features(Path("/nonexistent/cpuinfo")) == frozenset()


@pytest.mark.parametrize(("name", "kind"), [("AMD64", "x86_64"), ("aarch64", "arm64")])
def test_processors_have_one_name_on_all_systems(monkeypatch, name, kind):
    monkeypatch.setattr(cpu.platform, "machine", lambda: name)
    assert cpu.machine() == kind


@pytest.mark.parametrize(("free_gib", "most"), [(0, 1), (1, 1), (1000, 4096)])
def test_little_memory_means_few_compilers(monkeypatch, free_gib, most):
    monkeypatch.setattr(cpu, "_free_bytes", lambda: free_gib << 30)
    assert 1 <= cpu.build_jobs() <= most
