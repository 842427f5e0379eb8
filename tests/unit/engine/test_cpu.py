from psylite_desktop.engine.cpu import missing_in_cpuinfo


def test_features_are_read_from_the_flags_line() -> None:
    old = "processor : 0\nmodel name : x\nflags\t\t: fpu sse4_2 avx f16c\nflags : avx2\n"
    assert missing_in_cpuinfo(old) == {"avx2", "bmi2", "fma"}
    assert missing_in_cpuinfo("flags : avx2 bmi2 f16c fma sse2\n") == frozenset()


def test_what_cannot_be_told_is_not_refused() -> None:
    assert missing_in_cpuinfo("") == frozenset()
    assert missing_in_cpuinfo("Features : neon\n") == frozenset()
