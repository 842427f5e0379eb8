"""Which backups are kept: 7 days, 4 weeks, whatever the clock does."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.backup import (
    DAILY,
    EXTRA,
    WEEKLY,
    Backup,
    BackupKind,
    due,
    kept,
)

START = date(2026, 11, 21)


def one(number: int, day: date, kind: BackupKind = BackupKind.AUTO) -> Backup:
    return Backup(f"{number}", number, day.isoformat(), 0.0, kind)


days = st.integers(-40_000, 40_000).map(lambda offset: START + timedelta(days=offset % 400 - 200))
lists = st.lists(st.tuples(days, st.sampled_from(BackupKind)), max_size=60).map(
    lambda pairs: [one(number, day, kind) for number, (day, kind) in enumerate(pairs, 1)]
)


@given(lists)
def test_never_too_many_and_never_without_the_newest(backups: list[Backup]) -> None:
    keep = kept(backups)
    assert len(keep) <= DAILY + WEEKLY + 3 * EXTRA
    good = [backup for backup in backups if backup.kind is not BackupKind.DAMAGED]
    if good:
        assert good[-1].name in keep
    assert keep <= {backup.name for backup in backups}


@given(lists)
def test_the_same_again_lets_nothing_more_go(backups: list[Backup]) -> None:
    keep = kept(backups)
    rest = [backup for backup in backups if backup.name in keep]
    assert kept(rest) == keep


@given(lists)
def test_the_last_of_each_of_the_newest_days_stays(backups: list[Backup]) -> None:
    good = [backup for backup in backups if backup.kind is not BackupKind.DAMAGED]
    last: dict[str, str] = {}
    for backup in reversed(good):
        last.setdefault(backup.day, backup.name)
    assert set(list(last.values())[:DAILY]) <= kept(backups)


@given(lists, st.lists(days, max_size=6))
def test_a_clock_that_jumps_pushes_out_no_more_than_one_group_each(
    backups: list[Backup], jumps: list[date]
) -> None:
    """Each strange day takes one place at most; what ranked higher than that stays."""
    good = [backup for backup in backups if backup.kind is not BackupKind.DAMAGED]
    last: dict[str, str] = {}
    for backup in reversed(good):
        last.setdefault(backup.day, backup.name)
    after = [one(10_000 + number, day) for number, day in enumerate(jumps)]
    strange = {day.isoformat() for day in jumps}
    room = DAILY - len(strange)
    survivors = [name for day, name in last.items() if day not in strange][:room]
    assert set(survivors) <= kept([*backups, *after])


def test_a_steady_year_keeps_seven_days_and_four_weeks_before() -> None:
    held: list[Backup] = []
    for offset in range(365):
        held.append(one(offset + 1, START + timedelta(days=offset)))
        keep = kept(held)
        held = [backup for backup in held if backup.name in keep]
    assert len(held) == DAILY + WEEKLY
    reach = date.fromisoformat(held[-1].day) - date.fromisoformat(held[0].day)
    assert timedelta(days=27) <= reach <= timedelta(days=42)


def test_a_clock_in_the_far_future_for_one_day_costs_nothing_later() -> None:
    held = [one(number, START + timedelta(days=number)) for number in range(1, 8)]
    held.append(one(8, date(2106, 2, 7)))
    for number in range(9, 20):
        held.append(one(number, START + timedelta(days=number)))
        keep = kept(held)
        held = [backup for backup in held if backup.name in keep]
    assert [backup.number for backup in held][-7:] == list(range(13, 20))


@given(lists, days)
def test_a_backup_is_due_on_any_other_day(backups: list[Backup], today: date) -> None:
    assert due([*backups, one(999, today)], today.isoformat()) is False
    assert due([*backups, one(999, today)], (today - timedelta(days=1)).isoformat()) is True
    assert due([one(1, today, BackupKind.DAMAGED)], today.isoformat()) is True
