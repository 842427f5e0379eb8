"""Asks a model, in a process of its own, how likely given texts are."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from psylite_desktop.domain.likelihood import Asked, Likelihood
from psylite_desktop.host.model_jobs import JobFailed, LikelihoodJob, OneLikelihood, RunningJob

_LOOK_S = 0.02


def likelihoods(
    model: Path,
    asked: Sequence[Asked],
    *,
    tuning: Path,
    anyway: bool,
    stopped: Callable[[], bool],
) -> Iterator[tuple[int, Likelihood]]:
    """Places in the list and their answers, in order; ends early once `stopped()` is true.

    Raises ModelFileError, EngineError.
    """
    job = LikelihoodJob(
        path=os.fsencode(model.absolute()),
        asked=tuple(asked),
        tuning=os.fsencode(tuning),
        anyway=anyway,
    )
    running = RunningJob(job)
    answered = 0
    try:
        while answered < len(asked) and not stopped():
            for told in running.poll():
                if isinstance(told, JobFailed):
                    raise told.error()
                if isinstance(told, OneLikelihood):
                    answered += 1
                    yield told.place, told.found
            time.sleep(_LOOK_S)
    finally:
        running.stop()
