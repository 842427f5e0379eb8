"""The measurement itself, not its figures."""

from __future__ import annotations

from psylite_desktop.evaluation.latency import measure, plain_pass, stretches

TEXTS = ["今天吃了面。" * 20, "I had noodles. " * 20]


def test_each_length_is_measured_as_often_as_asked() -> None:
    heard: list[str] = []
    found = measure(heard.append, TEXTS, repeats={5: 4, 50: 3})
    assert [one.length for one in found] == [5, 50]
    assert [len(text) for text in heard] == [5] * 4 + [50] * 3
    assert all(0 <= one.p50_ms <= one.p99_ms <= one.slowest_ms for one in found)


def test_the_figures_of_a_known_clock() -> None:
    ticks = iter(tick for step in range(1, 101) for tick in (0.0, step / 1000))
    found = measure(lambda _text: None, TEXTS, repeats={5: 100}, clock=lambda: next(ticks))
    assert [round(ms, 6) for ms in (found[0].p50_ms, found[0].p99_ms, found[0].slowest_ms)] == [
        50,
        99,
        100,
    ]


def test_short_texts_are_gone_through_again_for_long_stretches() -> None:
    parts = list(stretches(["ab", "cd"], 50, 3))
    assert [len(part) for part in parts] == [50, 50, 50]
    assert set("".join(parts)) == set("abcd\n")
    assert parts == list(stretches(["ab", "cd"], 50, 3))


def test_a_plain_pass_takes_some_time() -> None:
    assert plain_pass(TEXTS) >= 0
