"""What leaves one vault comes back whole in another, whichever kind they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.export import ExportFormat, Scope
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Assessment
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.export_names import ExportWords
from psylite_desktop.storage.profiles import ProfileShelf
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.outward import TEXTS, make_outward

NOW = 1_795_000_000.25


class Calm:
    def look(self, _text: str) -> Assessment:
        return Assessment()


def _guest(folder: Path) -> Vault:
    return ProfileShelf(folder / "profiles").guest()


def _memory(_folder: Path) -> Vault:
    return MemoryVault()


@pytest.fixture(params=[_guest, _memory], ids=["guest", "memory"])
def vaults(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Vault, Vault]]:
    make: Callable[[Path], Vault] = request.param
    one, other = make(tmp_path / "one"), make(tmp_path / "other")
    yield one, other
    one.close()
    other.close()


def _fill(vault: Vault) -> None:
    number = vault.conversations.start(NOW)
    vault.conversations.append(number, Message(Role.USER, "室友 \U0001f331", created_at=NOW))
    vault.conversations.append(
        number, Message(Role.ASSISTANT, "ja", created_at=NOW + 0.5, mode=Mode.MODEL, complete=False)
    )
    vault.conversations.rename(number, "a title")
    vault.endings.save(Ending(number, ("one", "", "three"), "rest", NOW))
    vault.check_ins.add(CheckIn(NOW, "2026-11-18", 1, ("anxious",), ("own tag",), "a\nline"))
    exercise = TEXTS.exercises.find("worry-time", "en")
    assert exercise is not None
    step = exercise.steps[0].id
    answers = {step: "x", "n": 3, "l": ("y", "z")}
    vault.exercise_runs.save(ExerciseRun(exercise.id, "en", (step,), answers, NOW, NOW, NOW))
    vault.scale_runs.add(ScaleRun("phq9", NOW, "en", (("total", 10),), (1,) * 8 + (2,)))
    vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, "Mum 138", NOW)])
    vault.memory_notes.add(MemoryNote("likes tea", created_at=NOW, expires_at=NOW + 9000))


def _held(vault: Vault) -> dict[str, Any]:
    talks = vault.conversations.conversations(limit=100)
    return {
        "talks": [
            [replace(one, id=0) for one in vault.conversations.messages(talk.id)] for talk in talks
        ],
        "titles": [talk.title for talk in talks],
        "lines": [(end := vault.endings.load(talk.id)) and end.lines for talk in talks],
        "check_ins": [replace(one, id=0) for one in vault.check_ins.between("0000", "9999")],
        "runs": [replace(one, id=0) for one in vault.exercise_runs.finished_runs()],
        "scales": [replace(one, id=0) for one in vault.scale_runs.runs()],
        "plan": vault.safety_plan.entries(),
        "notes": [replace(one, id=0) for one in vault.memory_notes.notes(NOW)],
    }


def test_what_leaves_one_vault_comes_back_in_another(vaults: tuple[Vault, Vault]) -> None:
    one, other = vaults
    _fill(one)
    empty = _held(other)
    clock = Clock(lambda: NOW)
    scope = Scope(with_risk=True)
    export = make_outward(one, Calm(), clock)["export"]
    encoder = export.encoder(ExportFormat.JSON, scope, lang="zh", words=ExportWords())
    job = export.job(scope, export.section_ids, encoder, None)
    assert job.run()
    imports = make_outward(other, Calm(), clock)["imports"]
    preview = imports.preview(imports.read_bytes(job.data))
    assert preview.skipped == ()
    bringing = imports.job(preview)
    while not bringing.step().finished:
        pass
    assert _held(other) == _held(one)
    assert imports.preview(imports.read_bytes(job.data)).added == ()
    assert imports.undo().count == 6
    assert _held(other) == empty


def test_settings_of_reminders_come_back(vaults: tuple[Vault, Vault]) -> None:
    vault, _other = vaults
    chosen = PrivateSettings(
        reminders=True,
        reminder_times=("07:30", "20:00"),
        quiet_from="23:00",
        quiet_to="06:30",
        remind_when_locked=True,
    )
    vault.settings.save(chosen)
    assert vault.settings.load() == chosen
