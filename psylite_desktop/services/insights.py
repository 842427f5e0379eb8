"""Insights of one profile: reads what the charts stand on and puts the numbers together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.insights import FactorKind, Insights, Period, Together
from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.stores import CheckInStore, ExerciseRunStore, ScaleRunStore
from psylite_desktop.services import mood
from psylite_desktop.services.clock import Clock

RECENT_DAYS = 14
GLANCE_DAYS = 31
"""Days that the first view needs: the longest month, which holds the last weeks too."""
_FIRST, _LAST = "0000-01-01", "9999-12-31"
_RUNS_AT_ONCE = 500


class InsightsService:
    """Reads and counts; keeps nothing between two questions. Methods raise VaultError."""

    def __init__(
        self,
        *,
        check_ins: CheckInStore,
        exercise_runs: ExerciseRunStore,
        scale_runs: ScaleRunStore,
        look: Callable[[str], Assessment],
        clock: Clock,
    ) -> None:
        """`look` is the floor of the safety layer."""
        self._check_ins = check_ins
        self._exercise_runs = exercise_runs
        self._scale_runs = scale_runs
        self._look = look
        self._clock = clock
        self._harmless: dict[str, bool] = {}

    def today(self) -> str:
        """The day on the calendar on the wall."""
        return mood.local_day(self._clock.now())

    def read(self, period: Period) -> Insights:
        """Everything the page shows; takes a moment over many years, so not on the GUI thread."""
        made = insights(
            self._check_ins.between(_FIRST, _LAST),
            self._finished_runs(),
            self._scale_runs.runs(),
            period=period,
            today=date.fromisoformat(self.today()),
        )
        return replace(made, together=tuple(row for row in made.together if self._may_name(row)))

    def _may_name(self, row: Together) -> bool:
        """Whether something may stand beside a mood: no tag in which danger is heard does.

        That such a thing "went together with a higher mood" is nothing to tell anybody.
        """
        if row.kind is FactorKind.EXERCISE:
            return True
        if row.id not in self._harmless:
            self._harmless[row.id] = self._look(row.id).level is Level.NONE
        return self._harmless[row.id]

    def glance(self) -> Insights:
        """This month and the last weeks alone, at once however many years there are."""
        today = date.fromisoformat(self.today())
        first = (today - timedelta(days=GLANCE_DAYS - 1)).isoformat()
        recent = self._check_ins.between(first, _LAST)
        return insights(recent, [], [], period=Period.DAYS_30, today=today)

    def _finished_runs(self) -> list[ExerciseRun]:
        found: list[ExerciseRun] = []
        while True:
            more = self._exercise_runs.finished_runs(limit=_RUNS_AT_ONCE, offset=len(found))
            found += more
            if len(more) < _RUNS_AT_ONCE:
                return found


def insights(
    check_ins: Sequence[CheckIn],
    exercise_runs: Sequence[ExerciseRun],
    scale_runs: Sequence[ScaleRun],
    *,
    period: Period,
    today: date,
) -> Insights:
    """Put the numbers of a period together. Days to come are left out."""
    last = today.isoformat()
    calendar = mood.day_means(one for one in check_ins if one.day <= last)
    first = (today - timedelta(days=period.days - 1)).isoformat()
    if not period.days:
        first = calendar[0].day if calendar else last
    inside = [one for one in check_ins if first <= one.day <= last]
    days = tuple(one for one in calendar if one.day >= first)
    # Without days there is no beginning of everything: all runs count.
    since = first if period.days else _FIRST
    runs = [
        run
        for run in exercise_runs
        if run.finished_at is not None and since <= mood.local_day(run.finished_at) <= last
    ]
    return Insights(
        period=period,
        today=last,
        first=first,
        is_empty=not (calendar or exercise_runs or scale_runs),
        calendar=calendar,
        days=days,
        check_ins=len(inside),
        recent_noted=mood.noted_of_last(calendar, today=today, of=RECENT_DAYS),
        recent_days=RECENT_DAYS,
        # The days before a period belong to the first means inside it.
        trend=tuple(
            kept
            for stretch in mood.rolling_mean(calendar)
            if (kept := tuple(point for point in stretch if point.day >= first))
        ),
        weekdays=mood.weekday_pattern(days),
        hours=mood.hour_pattern(inside),
        feelings=mood.feeling_uses(inside),
        together=mood.went_together(days, mood.factors(inside, runs)),
        exercises=mood.before_after(runs),
        scales=mood.scale_lines(
            run for run in scale_runs if since <= mood.local_day(run.at) <= last
        ),
    )
