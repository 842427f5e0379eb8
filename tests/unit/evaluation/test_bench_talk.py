"""What the bench of waits counts, over a model that counts characters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from psylite_desktop.evaluation.bench_talk import PAUSES, measure_start, measure_talk
from tests.fakes.reading import CountingModel


class Waiting(CountingModel):
    """Takes the flag of the real one; what is read is read at once."""

    def read_ahead(self, turns: Any, *, is_open: bool, wait: bool = False) -> bool:
        return super().read_ahead(turns, is_open=is_open)


def test_reading_ahead_leaves_what_came_after_the_last_pause() -> None:
    report = measure_talk(cast("Any", Waiting(context_length=8_000)), "Listen.", rounds=3)
    assert 1_000 < report.talk_tokens <= 1_500
    assert report.plain.evaluated == report.new_tokens
    message = report.new_tokens - report.ahead.evaluated
    assert 0 < report.ahead.evaluated < report.plain.evaluated
    assert message > 0
    assert PAUSES[-1] < 1
    assert json.loads(json.dumps(report.as_dict()))["with_reading_ahead"]["evaluated_tokens"]


def test_a_start_is_measured_cold_stored_and_warm() -> None:
    forgotten: list[int] = []

    @contextmanager
    def start() -> Iterator[Any]:
        yield Waiting(context_length=8_000)

    report = measure_start(start, lambda: forgotten.append(1), "Listen. " * 50, rounds=2)
    assert len(forgotten) == 2
    assert report.cold.evaluated > report.warm.evaluated
    assert report.as_dict()["stored_to_warm"]
