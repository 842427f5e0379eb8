"""What is brought in: shown before, never twice, and taken back as a whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.clock_trust import DAY_S
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.errors import ExportError, InputError, PsyLiteError, VaultError
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.export import ExportFormat, Scope
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.services.clock import Clock, Lived
from psylite_desktop.services.export_names import ExportWords
from psylite_desktop.services.imports import ImportService
from psylite_desktop.services.listening import Listening
from psylite_desktop.services.screening import Screening
from tests.fakes.floor import floor
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.outward import make_outward

ROOT = Path(__file__).parents[3]
ASSESSOR = floor()
NOON = datetime(2026, 11, 20, 12, 0).astimezone().timestamp()
DAY = "2026-11-20"
KEYS = [
    *("day", "mood", "at", "tags", "feelings", "note", "level"),
    *("text", "role", "mode", "title", "conversation", "complete"),
    *("scale", "scores", "answers", "lang", "exercise", "path"),
    *("started_at", "updated_at", "finished_at", "created_at", "expires_at", "pinned"),
    *("step", "topic", "lines", "next_step"),
    *("number", "versions", "after", "gave_way"),
]
VALUES = ["user", "2026-11-20", "2026-11-20T01:00:00+00:00", "gad7", "total", "worry-time", "own"]
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
HEAD = "full_date,date,weekday,time,mood,activities,note_title,note\n"


class Hands:
    def __init__(self, life: Lived | None = None) -> None:
        self.vault = MemoryVault()
        clock = Clock(lambda: NOON, life=life)
        self.screening = Screening(Listening(ASSESSOR), self.vault.risk_state, clock)
        made = make_outward(self.vault, self.screening, clock)
        self.export, self.imports = made["export"], made["imports"]

    def exported(self, scope: Scope | None = None) -> bytes:
        scope = scope or Scope(with_risk=True)
        encoder = self.export.encoder(ExportFormat.JSON, scope, lang="en", words=ExportWords())
        job = self.export.job(scope, self.export.section_ids, encoder, None)
        assert job.run()
        return bytes(job.data)

    def bring(self, data: bytes, moods: dict[str, int] | None = None) -> Any:
        preview = self.imports.preview(self.imports.read_bytes(data), moods)
        job = self.imports.job(preview)
        step = job.step()
        while not step.finished:
            step = job.step()
        return step

    def kept(self) -> dict[str, object]:
        vault = self.vault
        talks = vault.conversations.conversations(limit=1000)
        return {
            "check_ins": [replace(one, id=0) for one in vault.check_ins.between("0000", "9999")],
            "pages": [replace(one, id=0) for one in vault.journal.entries()],
            "scales": [replace(one, id=0) for one in vault.scale_runs.runs()],
            "runs": [replace(one, id=0) for one in vault.exercise_runs.finished_runs()],
            "plan": vault.safety_plan.entries(),
            "notes": [replace(one, id=0) for one in vault.memory_notes.notes(NOON)],
            "talks": [
                (
                    one.title,
                    [replace(m, id=0) for m in vault.conversations.messages(one.id)],
                    (ending := vault.endings.load(one.id)) and replace(ending, conversation_id=0),
                )
                for one in talks
            ],
        }


@pytest.fixture
def hands() -> Hands:
    return Hands()


def fill(vault: MemoryVault, note: str = "a line", text: str = "hello") -> None:
    number = vault.conversations.start(NOON)
    vault.conversations.append(number, Message(Role.USER, text, created_at=NOON))
    vault.conversations.append(
        number, Message(Role.ASSISTANT, "yes", created_at=NOON + 1.25, mode=Mode.MODEL)
    )
    vault.conversations.rename(number, "a title")
    vault.endings.save(Ending(number, ("one", "", "three"), "rest", NOON + 9))
    vault.check_ins.add(CheckIn(NOON, DAY, 2, ("anxious",), ("study",), note))
    vault.journal.add(
        JournalEntry(
            0, NOON, DAY, f"{text}\n{note}", "a page", Level.NONE, True, NOON, "moment-sound"
        )
    )
    run = ExerciseRun("worry-time", "en", (_step(),), {_step(): "x", "n": 3, "l": ("y",)})
    vault.exercise_runs.save(replace(run, started_at=NOON, updated_at=NOON, finished_at=NOON))
    vault.scale_runs.add(ScaleRun("gad7", NOON, "en", (("total", 7),), (1,) * 7))
    vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, "Mum 138", NOON)])
    vault.memory_notes.add(MemoryNote("likes tea", created_at=NOON, lang="en"))


def _step() -> str:
    from tests.fakes.outward import TEXTS

    exercise = TEXTS.exercises.find("worry-time", "en")
    assert exercise is not None
    return exercise.steps[0].id


def test_an_export_comes_back_whole(hands: Hands) -> None:
    fill(hands.vault)
    other = Hands()
    step = other.bring(hands.exported())
    assert step.total == 7
    assert other.kept() == hands.kept()


@settings(max_examples=40, deadline=None)
@given(
    note=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80),
    text=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80
    ),
    at=st.floats(0, 4e9),
    mood=st.integers(1, 5),
)
def test_any_words_come_back(note: str, text: str, at: float, mood: int) -> None:
    one, other = Hands(), Hands()
    fill(one.vault, note, text)
    one.vault.check_ins.add(CheckIn(round(at, 6), "2020-02-29", mood))
    other.bring(one.exported())
    assert [message.text for _t, messages, _e in other.kept()["talks"] for message in messages] == [  # type: ignore[attr-defined]
        text,
        "yes",
    ]
    found = other.vault.check_ins.between("0000", "9999")
    assert [one.note for one in found] == ["", note]
    assert found[0].at == pytest.approx(at, abs=2e-6)


class Lagging:
    """Time of a vault that was lived for so long less than the clock on the wall says."""

    def __init__(self, by: float) -> None:
        self.by = by

    def lived(self) -> float:
        return NOON - self.by

    def shown(self, lived: float) -> float:
        return lived + self.by


@pytest.mark.parametrize("there", [0.0, 10.0, 183.0])
@pytest.mark.parametrize("here", [0.0, 183.0, 400.0])
def test_notes_keep_their_days_in_a_vault_of_another_age(here: float, there: float) -> None:
    one, other = Hands(Lagging(here * DAY_S)), Hands(Lagging(there * DAY_S))
    for text, days in (("likes tea", 20.0), ("has a cat", None), ("over", -1.0)):
        ends = None if days is None else NOON + (days - here) * DAY_S
        one.vault.memory_notes.add(MemoryNote(text, created_at=NOON, lang="en", expires_at=ends))
    exported = one.exported()
    assert "2026-12-10" in exported.decode()
    other.bring(exported)
    left = {
        note.text: None if note.expires_at is None else note.expires_at - (NOON - there * DAY_S)
        for note in other.vault.memory_notes.notes(NOON - there * DAY_S)
    }
    assert left == {"likes tea": pytest.approx(20 * DAY_S, abs=1e-3), "has a cat": None}


def test_an_ended_note_stays_outside_in_lived_time(hands: Hands) -> None:
    hands.vault.memory_notes.add(
        MemoryNote("likes tea", created_at=NOON, lang="en", expires_at=NOON + DAY_S)
    )
    document = json.loads(hands.exported())
    document["sections"]["memory"][0]["expires_at"] = "2026-11-18T00:00:00+00:00"
    data = json.dumps(document).encode()
    other = Hands(Lagging(183 * DAY_S))
    found = other.imports.preview(other.imports.read_bytes(data))
    assert [one.reason for one in found.skipped] == ["ended"]


def test_nothing_comes_twice(hands: Hands) -> None:
    fill(hands.vault)
    data = hands.exported()
    preview = hands.imports.preview(hands.imports.read_bytes(data))
    assert preview.added == ()
    assert {one.reason for one in preview.skipped} == {"exists"}
    doubled = json.loads(data)
    doubled["sections"]["check_ins"] *= 2
    other = Hands()
    found = other.imports.preview(other.imports.read_bytes(json.dumps(doubled).encode()))
    assert [(one.section, one.number, one.reason) for one in found.skipped] == [
        ("check_ins", 2, "twice")
    ]


def test_all_of_it_is_taken_back(hands: Hands) -> None:
    fill(hands.vault)
    other = Hands()
    other.vault.check_ins.add(CheckIn(NOON - 9000, DAY, 5, note="was here before"))
    before = other.kept()
    other.bring(hands.exported())
    assert other.kept() != before
    again = ImportService(other.vault, other.imports._texts, other.screening.look, Clock())
    assert again.can_undo()
    gone = again.undo()
    assert gone.count == 7
    assert len(gone.conversations) == 1
    assert other.kept() == before
    assert not again.can_undo()
    assert again.undo().count == 0


def test_a_plan_of_ones_own_is_not_written_over(hands: Hands) -> None:
    fill(hands.vault)
    other = Hands()
    other.vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, "my sister")])
    preview = other.imports.preview(other.imports.read_bytes(hands.exported()))
    assert [one.reason for one in preview.skipped] == ["filled"]


def test_a_disk_that_is_full_half_way_leaves_nothing(hands: Hands) -> None:
    fill(hands.vault)
    other = Hands()
    before = other.kept()
    job = other.imports.job(other.imports.preview(other.imports.read_bytes(hands.exported())))
    add = other.vault.scale_runs.add

    def fail(_run: ScaleRun) -> ScaleRun:
        other.vault.scale_runs.add = add  # type: ignore[method-assign]
        raise VaultError("vault_disk_full")

    other.vault.scale_runs.add = fail  # type: ignore[method-assign,assignment]
    with pytest.raises(VaultError):
        job.step()
    assert other.kept() == before
    assert not other.imports.can_undo()


def test_stopping_takes_everything_back(hands: Hands) -> None:
    for number in range(50):
        hands.vault.check_ins.add(CheckIn(NOON + 60 * number, DAY, 3))
    other = Hands()
    job = other.imports.job(other.imports.preview(other.imports.read_bytes(hands.exported())))
    assert job.step().done == 20
    job.stop()
    assert job.step().done == 0
    assert other.vault.check_ins.between("0000", "9999") == []
    assert not other.imports.can_undo()


def test_levels_are_heard_again_and_recent_danger_is_told(hands: Hands) -> None:
    rows = [
        {"day": DAY, "at": "2026-11-20T01:00:00+00:00", "mood": 1, "note": "我不想活了"},
        {"day": "2020-01-01", "at": "2020-01-01T01:00:00+00:00", "mood": 1, "note": "我不想活了"},
    ]
    file = {"format": "psylite-export", "version": 1, "sections": {"check_ins": rows}}
    step = hands.bring(json.dumps(file).encode())
    kept = hands.vault.check_ins.between("0000", "9999")
    assert [one.level >= Level.CRISIS for one in kept] == [True, True]
    assert step.heavy == ("我不想活了",)
    assert step.has_heavy


def test_a_heavy_note_never_reaches_replies(hands: Hands) -> None:
    row = {"text": "我不想活了", "created_at": "2026-11-20T01:00:00+00:00"}
    file = {"format": "psylite-export", "version": 1, "sections": {"memory": [row]}}
    preview = hands.imports.preview(hands.imports.read_bytes(json.dumps(file).encode()))
    assert [one.reason for one in preview.skipped] == ["risk"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"day": "2026-02-30", "mood": 3}, "day"),
        ({"day": "20260220", "mood": 3}, "day"),
        ({"day": DAY, "mood": 6}, "mood"),
        ({"day": DAY, "mood": True}, "mood"),
        ({"day": DAY, "mood": 3, "at": "yesterday"}, "time"),
        ({"day": DAY, "mood": 3, "note": 5}, "unreadable"),
        ({"day": DAY, "mood": 3, "tags": "x"}, "unreadable"),
        ("words", "unreadable"),
    ],
)
def test_what_cannot_be_read_is_named(hands: Hands, row: object, reason: str) -> None:
    good = {"day": DAY, "at": "2026-11-20T01:00:00+00:00", "mood": 3}
    whole = good | row if isinstance(row, dict) else row
    file = {"format": "psylite-export", "version": 1, "sections": {"check_ins": [good, whole]}}
    preview = hands.imports.preview(hands.imports.read_bytes(json.dumps(file).encode()))
    assert len(preview.added) == 1
    assert [(one.number, one.reason) for one in preview.skipped] == [(2, reason)]


def test_other_files_are_refused(hands: Hands, tmp_path: Path) -> None:
    newer = {"format": "psylite-export", "version": 2, "sections": {}}
    for data, code in (
        (b"", "import_unknown"),
        (b"a,b\n1,2\n", "import_unknown"),
        (b'{"format": "psylite-export", "version": 1}', "import_unknown"),
        (b'{"format": "psylite-export"' + b"[" * 100_000, "import_unknown"),
        (json.dumps(newer).encode(), "import_newer"),
        ("我".encode("gb18030"), "input_encoding"),
    ):
        with pytest.raises((ExportError, InputError)) as caught:
            hands.imports.read_bytes(data)
        assert caught.value.code == code
    with pytest.raises(ExportError) as failed:
        hands.imports.read(tmp_path / "gone.json")
    assert failed.value.code == "import_failed"


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | FLOATS
        | st.text(max_size=12)
        | st.sampled_from(VALUES),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(KEYS) | st.text(max_size=4),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    ),
    st.sampled_from(["check_ins", "scales", "plan", "memory", "exercises", "conversations"]),
)
def test_no_file_breaks_the_reader(rows: object, section: str) -> None:
    file = {"format": "psylite-export", "version": 1, "sections": {section: rows, "endings": rows}}
    hands = HANDS
    read = hands.imports.read_bytes(json.dumps(file).encode())
    hands.imports.preview(read)


HANDS = Hands()


# -- Daylio


def test_daylio_moods_go_by_their_order(hands: Hands) -> None:
    lines = [
        f'2026-11-1{number},"November 1{number}",Sunday,8:3{number} PM,{mood},"学习 | 跑步",,'
        for number, mood in enumerate(["awful", "bad", "meh", "good", "rad"], start=1)
    ]
    hands.bring((HEAD + "\n".join(lines)).encode("utf-8-sig"))
    kept = hands.vault.check_ins.between("0000", "9999")
    assert [one.mood for one in kept] == [1, 2, 3, 4, 5]
    assert kept[0].tags == ("study", "跑步")
    assert datetime.fromtimestamp(kept[0].at).astimezone().strftime("%H:%M") == "20:31"


def test_daylio_lines_that_stay_outside_are_named(hands: Hands) -> None:
    text = (
        HEAD
        + '2026-11-11,x,y,20:30,good,,"Title","two\nlines <b>bold</b>"\n'
        + "someday,x,y,20:30,good,,,\n"
        + "2026-11-12,x,y,25:99,good,,,\n"
        + "2026-11-13,x,y,,,,,\n"
        + f"2026-11-14,x,y,09:00,meh,,,{'a' * 600}\n"
        + '2026-11-11,x,y,20:30,good,,Title,"two\nlines bold"\n'
        + "2026-11-15,x,y,09:00,cloudy,,,\n"
    )
    read = hands.imports.read_bytes(text.encode())
    assert [(mood.name, mood.mood) for mood in read.moods] == [
        ("good", 4),
        ("meh", 3),
        ("cloudy", 0),
    ]
    preview = hands.imports.preview(read)
    assert [(one.number, one.reason) for one in preview.skipped] == [
        (4, "day"),
        (5, "time"),
        (6, "mood"),
        (7, "cut"),
        (8, "twice"),
        (10, "mood_open"),
    ]
    assert [one.value.note for one in preview.added if isinstance(one.value, CheckIn)] == [
        "Title\ntwo\nlines bold",
        "a" * 500,
    ]
    placed = hands.imports.preview(read, {"cloudy": 2, "meh": -1})
    assert [one.value.mood for one in placed.added if isinstance(one.value, CheckIn)] == [4, 2]


@pytest.mark.parametrize(
    ("clock", "wanted"),
    [
        ("8:30 PM", "20:30"),
        ("12:05 am", "00:05"),
        ("下午8:30", "20:30"),
        ("20:30", "20:30"),
        ("上午 9:05", "09:05"),
        ("", "12:00"),
    ],
)
def test_daylio_clocks(hands: Hands, clock: str, wanted: str) -> None:
    hands.bring((HEAD + f"2026-11-11,x,y,{clock},good,,,\n").encode())
    [kept] = hands.vault.check_ins.between("0000", "9999")
    assert datetime.fromtimestamp(kept.at).astimezone().strftime("%H:%M") == wanted


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_table_breaks_the_reader(text: str) -> None:
    try:
        HANDS.imports.preview(HANDS.imports.read_bytes((HEAD + text).encode("utf-8", "replace")))
    except PsyLiteError:
        return


def ways(vault: MemoryVault) -> list[list[str]]:
    """Every talk that can be had, and the one that is shown first."""
    (talk,) = vault.conversations.conversations()
    shown = vault.conversations.messages(talk.id)
    others = vault.conversations.other_versions(talk.id)
    texts = {one.id: one.text for one in (*shown, *(one.message for one in others))}
    after = dict(zip([one.id for one in shown], (0, *(m.id for m in shown)), strict=False))
    after |= {one.message.id: one.after for one in others}
    found = []
    for key in set(after) - set(after.values()):
        way, at = [], key
        while at:
            way.insert(0, texts[at])
            at = after[at]
        found.append(way)
    return [[one.text for one in shown], *sorted(found)]


def with_versions(vault: MemoryVault) -> None:
    store = vault.conversations
    number = store.start(NOON)

    def said(text: str) -> Message:
        return Message(Role.USER, text, created_at=NOON)

    first, second, _third = (store.append(number, said(text)) for text in ("one", "two", "three"))
    store.replace_from(number, second.id, [said("two again"), said("three again")])
    store.replace_from(number, first.id, [said("one again")])
    store.append(number, said("two anew"))
    store.show_version(number, second.id)
    store.replace_from(number, second.id, [said("two once more")])


def test_other_versions_come_and_go_with_their_talk(hands: Hands) -> None:
    other = Hands()
    with_versions(other.vault)
    hands.bring(other.exported())
    hands.imports.undo()
    assert hands.vault.conversations.conversations() == []
    hands.bring(other.exported())
    assert ways(hands.vault) == ways(other.vault)
    assert len(ways(hands.vault)) == 5
    assert len(hands.vault.conversations.search("again")) == 0
    before = ways(hands.vault)
    assert hands.bring(other.exported()).total == 0, "it is there already"
    assert ways(hands.vault) == before


def test_danger_in_another_version_is_heard_when_it_comes_in(hands: Hands) -> None:
    other = Hands()
    store = other.vault.conversations
    number = store.start(NOON)
    grave = store.append(number, Message(Role.USER, "我不想活了", created_at=NOON - 60))
    store.replace_from(number, grave.id, [Message(Role.USER, "室友很吵", created_at=NOON)])
    step = hands.bring(other.exported(Scope()))
    assert step.has_heavy
    assert step.heavy == ("我不想活了",)
    (talk,) = hands.vault.conversations.conversations()
    (kept,) = hands.vault.conversations.other_versions(talk.id)
    assert kept.message.level >= Level.CRISIS


@pytest.mark.parametrize(
    "spoil",
    [
        {"number": 0},
        {"number": 1},
        {"number": "x"},
        {"after": -1},
        {"role": "nobody"},
        {"at": "never"},
        {"gave_way": 1 << 60},
    ],
)
def test_versions_that_cannot_be_read_stay_outside_and_the_talk_comes(
    hands: Hands, spoil: dict[str, object]
) -> None:
    other = Hands()
    with_versions(other.vault)
    data = json.loads(other.exported())
    data["sections"]["conversations"][0]["versions"][0] |= spoil
    preview = hands.imports.preview(hands.imports.read_bytes(json.dumps(data).encode()))
    assert [one.section for one in preview.skipped] == ["conversations"]
    hands.bring(json.dumps(data).encode())
    assert ways(hands.vault)[0] == ways(other.vault)[0]
    assert len(ways(hands.vault)) == 2
