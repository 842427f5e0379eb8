"""What every vault does: a profile on disk, a guest in memory, and the fake of other tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.aside import AsideKind, AsideRating, ShownAside
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Mode, Role, Route
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.errors import PsyLiteError, VaultError
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MOST_NOTES, MemoryNote, Topic
from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.risk import Kind, Level, RiskState, Who
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import AgeBand, PrivateSettings
from psylite_desktop.domain.suggestion import Answer, GivenAnswer, Offer, Place
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf
from psylite_desktop.storage.vault import SqlcipherVault
from tests.fakes.memory_vault import MemoryVault

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)


def _profile(folder: Path) -> SqlcipherVault:
    _, vault = ProfileShelf(folder / "profiles").create("a long enough phrase", cost=CHEAP)
    return vault


def _guest(folder: Path) -> SqlcipherVault:
    return ProfileShelf(folder / "profiles").guest()


def _memory(_folder: Path) -> MemoryVault:
    return MemoryVault()


@pytest.fixture(params=[_profile, _guest, _memory], ids=["profile", "guest", "memory"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Vault]:
    make: Callable[[Path], Vault] = request.param
    opened = make(tmp_path)
    yield opened
    opened.close()


def said(text: str, **more: Any) -> Message:
    return replace(Message(role=Role.USER, text=text, created_at=100.0), **more)


def _say(vault: Vault, *texts: str) -> int:
    conversation = vault.conversations.start(50.0)
    for text in texts:
        vault.conversations.append(conversation, said(text))
    return conversation


def _found(vault: Vault, query: str) -> list[str]:
    texts = {
        message.id: message.text
        for conversation in vault.conversations.conversations(limit=1000)
        for message in vault.conversations.messages(conversation.id)
    }
    return [texts[hit.message_id] for hit in vault.conversations.search(query)]


def test_message_comes_back_whole(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    message = Message(
        role=Role.ASSISTANT,
        text="第一行\nsecond line \U0001f331 e\u0301",
        created_at=123.25,
        level=2,
        note="一段笔记",
        mode=Mode.PRACTICE,
        complete=False,
    )
    stored = vault.conversations.append(conversation, message)
    assert stored.id > 0
    assert stored == replace(message, id=stored.id)
    assert vault.conversations.messages(conversation) == [stored]


def test_messages_keep_their_order_whatever_the_clock_does(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    for number, moment in enumerate([100.0, 5.0, 4_300_000_000.0, -10.0, 100.0]):
        vault.conversations.append(conversation, said(str(number), created_at=moment))
    assert [m.text for m in vault.conversations.messages(conversation)] == list("01234")


def test_conversations_are_listed_newest_first_without_empty_ones(vault: Vault) -> None:
    first = _say(vault, "one")
    vault.conversations.start(60.0)
    second = _say(vault, "two", "three")
    assert [c.id for c in vault.conversations.conversations()] == [second, first]
    vault.conversations.append(first, said("four", created_at=200.0))
    listed = vault.conversations.conversations()
    assert [c.id for c in listed] == [first, second]
    assert [c.message_count for c in listed] == [2, 2]
    assert (listed[0].started_at, listed[0].updated_at, listed[0].title) == (50.0, 200.0, "")


def test_conversations_are_cut_into_pages(vault: Vault) -> None:
    made = [_say(vault, str(number)) for number in range(5)]
    page = vault.conversations.conversations(limit=2, offset=1)
    assert [c.id for c in page] == [made[3], made[2]]
    assert vault.conversations.conversations(limit=0) == []
    assert vault.conversations.conversations(offset=9) == []


def test_rename_sets_the_title(vault: Vault) -> None:
    conversation = _say(vault, "one")
    vault.conversations.rename(conversation, "考试周")
    assert vault.conversations.conversations()[0].title == "考试周"


def test_update_replaces_text_mode_and_completeness(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    stored = vault.conversations.append(
        conversation, said("draft words", role=Role.ASSISTANT, complete=False, level=1)
    )
    changed = replace(stored, text="final 句子", mode=Mode.MODEL, complete=True)
    vault.conversations.update(changed)
    assert vault.conversations.messages(conversation) == [changed]
    assert _found(vault, "draft") == []
    assert _found(vault, "句子") == ["final 句子"]


def test_a_note_stays_with_its_message_and_out_of_the_search(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    stored = vault.conversations.append(conversation, said("my words"))
    vault.conversations.set_note(stored.id, "a passage")
    assert vault.conversations.messages(conversation) == [replace(stored, note="a passage")]
    assert _found(vault, "passage") == []


def test_drop_from_deletes_the_message_and_all_after_it(vault: Vault) -> None:
    other = _say(vault, "other words")
    conversation = _say(vault, "keep words", "drop words", "drop words too")
    newer = _say(vault, "newer words")
    target = vault.conversations.messages(conversation)[1].id
    vault.conversations.drop_from(conversation, target)
    assert [m.text for m in vault.conversations.messages(conversation)] == ["keep words"]
    assert [len(vault.conversations.messages(c)) for c in (other, newer)] == [1, 1]
    assert _found(vault, "drop") == []
    assert len(_found(vault, "words")) == 3


def test_deleted_conversation_is_gone_and_its_ids_stay_unused(vault: Vault) -> None:
    kept = _say(vault, "焦虑 kept")
    conversation = _say(vault, "焦虑 gone")
    last = vault.conversations.messages(conversation)[-1].id
    vault.conversations.delete(conversation)
    vault.conversations.delete(conversation)
    assert vault.conversations.messages(conversation) == []
    assert [c.id for c in vault.conversations.conversations()] == [kept]
    assert _found(vault, "焦虑") == ["焦虑 kept"]
    again = _say(vault, "焦虑 again")
    assert again > conversation
    assert vault.conversations.messages(again)[0].id > last


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("焦虑", ["考试让我很焦虑"]),
        ("考试", ["考试让我很焦虑"]),
        ("室友", ["和室友吵架了"]),
        ("焦", ["考试让我很焦虑"]),
        ("让我很焦虑", ["考试让我很焦虑"]),
        ("虑焦", []),
        ("我考", []),
        ("roomm", ["A fight with my Roommate again"]),
        ("ROOMMATE", ["A fight with my Roommate again"]),
        ("mate", []),
        ("fight again", ["A fight with my Roommate again"]),
        ("fight 室友", []),
        ("考试 很", ["考试让我很焦虑"]),
        ("2026", ["exam in 2026"]),
        ("", []),
        ("  \n", []),
        ('"', []),
        ("*", []),
        ("NOT", []),
        ("fight OR", []),
        ("terms:fight", []),
        ("'); DROP TABLE messages; --", []),
    ],
)
def test_search_finds_words(vault: Vault, query: str, expected: list[str]) -> None:
    _say(vault, "考试让我很焦虑", "和室友吵架了", "A fight with my Roommate again", "exam in 2026")
    assert _found(vault, query) == expected


def test_search_is_newest_first_and_limited(vault: Vault) -> None:
    conversation = _say(vault, *(f"焦虑 {number}" for number in range(5)))
    hits = vault.conversations.search("焦虑", limit=3)
    ids = [message.id for message in vault.conversations.messages(conversation)]
    assert [hit.message_id for hit in hits] == ids[:1:-1]
    assert {hit.conversation_id for hit in hits} == {conversation}
    assert hits[0].created_at == 100.0


def test_snippet_marks_the_hit(vault: Vault) -> None:
    _say(vault, "明天的考试让我睡不着")
    (hit,) = vault.conversations.search("考试")
    assert "\ue000考试\ue001" in hit.snippet
    assert hit.snippet.replace("\ue000", "").replace("\ue001", "") == "明天的考试让我睡不着"


def test_unknown_conversation_is_refused(vault: Vault) -> None:
    for call in (
        lambda: vault.conversations.append(99, said("lost")),
        lambda: vault.conversations.rename(99, "lost"),
        lambda: vault.conversations.replace_from(99, 1, [said("lost")]),
        lambda: vault.endings.save(Ending(99, ("a", "b", "c"), "", 1.0)),
        lambda: vault.conversations.update(said("lost", id=99)),
    ):
        with pytest.raises(VaultError) as caught:
            call()
        assert caught.value.code == "conversation_unknown"
    assert vault.conversations.messages(99) == []


def test_risk_state_is_calm_until_saved(vault: Vault) -> None:
    assert vault.risk_state.load() == RiskState()
    raised = RiskState(
        level=Level.CRISIS,
        kind=Kind.SELF_HARM,
        who=Who.OTHER,
        calm_turns=3,
        denied=True,
        raised_at=1_790_000_000.5,
        turn=12,
        signals=(("burden", 9), ("hopeless", 11)),
        strong=True,
        misread=1,
    )
    vault.risk_state.save(raised)
    assert vault.risk_state.load() == raised
    assert isinstance(vault.risk_state.load().level, Level)
    vault.risk_state.save(RiskState())
    assert vault.risk_state.load() == RiskState()


def test_settings_have_defaults_until_saved(vault: Vault) -> None:
    assert vault.settings.load() == PrivateSettings()
    chosen = PrivateSettings(
        welcomed=True, age_band=AgeBand.UNDER_18, humor=False, memory=False, lock_after_min=17
    )
    vault.settings.save(chosen)
    assert vault.settings.load() == chosen
    assert isinstance(vault.settings.load().age_band, AgeBand)


def test_drafts_are_kept_by_place(vault: Vault) -> None:
    assert vault.drafts.load("talk") == ""
    vault.drafts.save("talk", "没写完的")
    vault.drafts.save("journal", "other")
    assert vault.drafts.load("talk") == "没写完的"
    vault.drafts.save("talk", "")
    assert vault.drafts.load("talk") == ""
    assert vault.drafts.load("journal") == "other"


def corrected(message_id: int | None = None, **more: Any) -> Correction:
    correction = Correction(
        Verdict.MISREAD,
        Level.CRISIS,
        Kind.SELF_HARM,
        rules=("zh.intent.not_live", "model.linear.suicide"),
        message_id=message_id,
        at=1_790_000_000.5,
    )
    return replace(correction, **more)


def test_corrections_come_back_in_their_order(vault: Vault) -> None:
    assert vault.corrections.count() == 0
    given = [
        corrected(),
        corrected(verdict=Verdict.NOT_ABOUT_ME, level=Level.WATCH, kind=Kind.NONE, rules=(), at=1),
    ]
    for correction in given:
        vault.corrections.add(correction)
    assert vault.corrections.corrections() == given
    assert vault.corrections.count() == 2
    assert isinstance(vault.corrections.corrections()[0].level, Level)
    vault.corrections.clear()
    assert vault.corrections.corrections() == []


def test_a_correction_goes_with_its_message(vault: Vault) -> None:
    conversation = _say(vault, "one", "two")
    other = _say(vault, "three")
    first, second = (m.id for m in vault.conversations.messages(conversation))
    third = vault.conversations.messages(other)[0].id
    for message_id in (first, second, third, None):
        vault.corrections.add(corrected(message_id))
    vault.conversations.drop_from(conversation, second)
    assert [c.message_id for c in vault.corrections.corrections()] == [first, third, None]
    vault.conversations.delete(conversation)
    assert [c.message_id for c in vault.corrections.corrections()] == [third, None]
    assert vault.corrections.count() == 2


def test_a_correction_of_a_message_that_is_gone_is_kept_without_it(vault: Vault) -> None:
    conversation = _say(vault, "one")
    gone = vault.conversations.messages(conversation)[0].id
    vault.conversations.delete(conversation)
    vault.corrections.add(corrected(gone))
    vault.corrections.add(corrected(12_345))
    assert [c.message_id for c in vault.corrections.corrections()] == [None, None]


def test_the_plan_keeps_its_order_and_forgets_empty_steps(vault: Vault) -> None:
    assert vault.safety_plan.entries() == []
    alone = PlanEntry(PlanStep.ALONE, "散步\n听歌", 5.0)
    reason = PlanEntry(PlanStep.REASON, "my cat \U0001f408", 6.5)
    vault.safety_plan.save([alone, reason])
    assert vault.safety_plan.entries() == [reason, alone]
    assert isinstance(vault.safety_plan.entries()[0].step, PlanStep)
    changed = replace(alone, text="walk", updated_at=7.0)
    vault.safety_plan.save([changed, replace(reason, text="")])
    assert vault.safety_plan.entries() == [changed]
    vault.safety_plan.save([])
    assert vault.safety_plan.entries() == [changed]


def test_scale_runs_come_back_whole_and_in_order(vault: Vault) -> None:
    assert vault.scale_runs.runs() == []
    filled = ScaleRun("phq4", 1_790_000_000.5, "zh", (("total", 5), ("anxiety", 2)), (1, 1, 3, 0))
    paper = ScaleRun("who5", 5.0, "en", (("total", 48),))
    kept = [vault.scale_runs.add(run) for run in (filled, paper)]
    assert kept == [replace(filled, id=kept[0].id), replace(paper, id=kept[1].id)]
    assert 0 < kept[0].id < kept[1].id
    assert vault.scale_runs.runs() == kept
    vault.scale_runs.delete(kept[0].id)
    vault.scale_runs.delete(12_345)
    assert vault.scale_runs.runs() == [kept[1]]
    assert vault.scale_runs.add(filled).id > kept[1].id


def test_an_open_answer_is_kept_as_open(vault: Vault) -> None:
    run = ScaleRun("phq2", 5.0, "en", (), (None, 3))
    assert vault.scale_runs.add(run).answers == (None, 3)
    assert vault.scale_runs.runs()[0].answers == (None, 3)


HOSTILE = {
    "lone surrogate": ("a\ud800b", "a\ufffdb"),
    "surrogate pair": ("a\ud83d\ude00b", "a\U0001f600b"),
    "nul": ("a\0b", "a\ufffdb"),
    "right to left": ("\u202eabc\u202c", "\u202eabc\u202c"),
    "quotes": ("'\"`; --", "'\"`; --"),
    "combining": ("a" + "\u0301" * 1000, "a" + "\u0301" * 1000),
    "long": ("焦虑 word " * 25_000, "焦虑 word " * 25_000),
    "one word": ("x" * 200_000, "x" * 200_000),
}


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_stored_readably(vault: Vault, text: str, expected: str) -> None:
    conversation = vault.conversations.start(50.0)
    stored = vault.conversations.append(conversation, said(text, note=text))
    assert (stored.text, stored.note) == (expected, expected)
    vault.conversations.update(stored)
    vault.conversations.rename(conversation, text)
    vault.drafts.save("talk", text)
    vault.endings.save(Ending(conversation, (text, "", text), text, 1.0))
    assert vault.endings.load(conversation) == Ending(
        conversation, (expected, "", expected), expected, 1.0
    )
    vault.safety_plan.save([PlanEntry(PlanStep.SIGNS, text)])
    noted = vault.check_ins.add(checked_in(note=text, tags=(text[:60],)))
    assert noted.note == expected
    assert vault.check_ins.between(noted.day, noted.day) == [noted]
    assert [entry.text for entry in vault.safety_plan.entries()] == [expected]
    assert vault.conversations.messages(conversation) == [stored]
    assert vault.drafts.load("talk") == expected
    assert isinstance(vault.conversations.search(text), list)


def test_stores_answer_on_any_thread(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                vault.conversations.append(conversation, said(f"{number}-{turn}"))
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    texts = [message.text for message in vault.conversations.messages(conversation)]
    assert sorted(texts) == sorted(f"{number}-{turn}" for number in range(4) for turn in range(10))


def test_submit_runs_stores_in_the_background(vault: SqlcipherVault | MemoryVault) -> None:
    conversation = vault.conversations.start(50.0)
    future = vault.submit(lambda: vault.conversations.append(conversation, said("later")).text)
    assert future.result() == "later"
    failing = vault.submit(lambda: vault.conversations.append(99, said("lost")))
    with pytest.raises(PsyLiteError):
        failing.result()


def checked_in(**more: Any) -> CheckIn:
    return replace(CheckIn(at=1_790_000_000.5, day="2026-09-21", mood=2), **more)


def test_a_check_in_comes_back_whole(vault: Vault) -> None:
    given = checked_in(
        feelings=("wronged", "at_ease"),
        tags=("sleep", "室友 \U0001f408", '"],'),
        note="第一行 second",
        backfilled=True,
        level=Level.CRISIS,
    )
    stored = vault.check_ins.add(given)
    assert stored == replace(given, id=stored.id)
    assert stored.id > 0
    assert vault.check_ins.between("2026-09-21", "2026-09-21") == [stored]
    assert isinstance(vault.check_ins.between("2026-09-21", "2026-09-21")[0].level, Level)
    assert vault.check_ins.latest() == stored


def test_check_ins_stand_by_day_then_by_time(vault: Vault) -> None:
    assert vault.check_ins.latest() is None
    added_later = vault.check_ins.add(checked_in(at=900.0, day="2026-09-20", backfilled=True))
    evening = vault.check_ins.add(checked_in(at=800.0, day="2026-09-21"))
    morning = vault.check_ins.add(checked_in(at=700.0, day="2026-09-21"))
    again = vault.check_ins.add(checked_in(at=800.0, day="2026-09-21"))
    order = [added_later, morning, evening, again]
    assert vault.check_ins.between("2026-09-20", "2026-09-21") == order
    assert vault.check_ins.between("2026-09-21", "2027-01-01") == order[1:]
    assert vault.check_ins.between("2026-09-22", "2026-09-21") == []
    assert vault.check_ins.latest() == again


def test_a_check_in_is_changed_and_deleted(vault: Vault) -> None:
    first = vault.check_ins.add(checked_in(tags=("sleep",)))
    second = vault.check_ins.add(checked_in())
    changed = replace(first, day="2026-09-19", mood=5, tags=(), note="better", level=Level.WATCH)
    vault.check_ins.update(changed)
    vault.check_ins.update(replace(changed, id=99))
    assert vault.check_ins.between("2026-01-01", "2026-12-31") == [changed, second]
    vault.check_ins.delete(second.id)
    vault.check_ins.delete(99)
    assert vault.check_ins.between("2026-01-01", "2026-12-31") == [changed]
    again = vault.check_ins.add(second)
    assert again.id not in (first.id, second.id), "an id is never used twice"


def test_the_level_of_a_check_in_only_rises(vault: Vault) -> None:
    stored = vault.check_ins.add(checked_in(level=Level.WATCH))
    for level, kept in ((Level.CRISIS, 2), (Level.NONE, 2), (Level.EMERGENCY, 3)):
        vault.check_ins.raise_level(stored.id, level)
        latest = vault.check_ins.latest()
        assert latest is not None
        assert latest.level == kept
    vault.check_ins.raise_level(99, Level.CRISIS)


def test_tags_are_listed_by_use(vault: Vault) -> None:
    assert vault.check_ins.tags() == []
    for tags in (("sleep", "study"), ("study",), ("室友",), ("室友",), ("exam",)):
        last = vault.check_ins.add(checked_in(tags=tags))
    assert vault.check_ins.tags() == ["室友", "study", "exam", "sleep"]
    vault.check_ins.delete(last.id)
    assert vault.check_ins.tags() == ["室友", "study", "sleep"]


def test_closed_vault_is_locked(vault: SqlcipherVault | MemoryVault) -> None:
    conversation = _say(vault, "one")
    vault.close()
    vault.close()
    calls: list[Callable[[], object]] = [
        lambda: vault.conversations.start(1.0),
        lambda: vault.conversations.append(conversation, said("two")),
        lambda: vault.conversations.update(said("two", id=1)),
        lambda: vault.conversations.drop_from(conversation, 1),
        lambda: vault.conversations.rename(conversation, "two"),
        lambda: vault.conversations.delete(conversation),
        lambda: vault.conversations.messages(conversation),
        vault.conversations.conversations,
        lambda: vault.conversations.search("one"),
        vault.risk_state.load,
        lambda: vault.risk_state.save(RiskState()),
        vault.settings.load,
        lambda: vault.settings.save(PrivateSettings()),
        lambda: vault.drafts.load("talk"),
        lambda: vault.drafts.save("talk", "two"),
        lambda: vault.corrections.add(corrected()),
        vault.corrections.corrections,
        vault.corrections.count,
        vault.corrections.clear,
        vault.safety_plan.entries,
        lambda: vault.safety_plan.save([PlanEntry(PlanStep.ALONE, "two")]),
        lambda: vault.asides.add(ShownAside(AsideKind.ARTICLE, "x", 1.0)),
        lambda: vault.asides.rate(1, None, at=1.0),
        lambda: vault.asides.since(0.0),
        lambda: vault.memory_notes.add(MemoryNote("two")),
        lambda: vault.memory_notes.update(MemoryNote("two", id=1)),
        lambda: vault.memory_notes.delete(1),
        vault.memory_notes.clear,
        lambda: vault.memory_notes.notes(0.0),
        lambda: vault.memory_notes.set_vector(1, [1.0], "mark"),
        lambda: vault.memory_notes.vectors("mark"),
        lambda: vault.endings.save(Ending(conversation, ("a", "b", "c"), "", 1.0)),
        lambda: vault.endings.load(conversation),
        lambda: vault.conversations.replace_from(conversation, 1, []),
        lambda: vault.conversations.other_versions(conversation),
        lambda: vault.conversations.show_version(conversation, 1),
        lambda: vault.check_ins.add(checked_in()),
        lambda: vault.check_ins.update(checked_in(id=1)),
        lambda: vault.check_ins.raise_level(1, Level.CRISIS),
        lambda: vault.check_ins.delete(1),
        lambda: vault.check_ins.between("2026-01-01", "2026-12-31"),
        vault.check_ins.latest,
        vault.check_ins.tags,
        lambda: vault.exercise_runs.save(run()),
        vault.exercise_runs.open_runs,
        vault.exercise_runs.finished_runs,
        lambda: vault.exercise_runs.delete(1),
        lambda: vault.submit(lambda: None),
    ]
    for call in calls:
        with pytest.raises(VaultError) as caught:
            call()
        assert caught.value.code == "vault_locked"


def test_asides_are_kept_with_what_was_said_of_them(vault: Vault) -> None:
    old = vault.asides.add(ShownAside(AsideKind.CROSSTALK, "printer", 100.0))
    new = vault.asides.add(ShownAside(AsideKind.ARTICLE, "sleep", 200.0))
    assert old.id != new.id
    assert vault.asides.since(150.0) == [new]
    vault.asides.rate(old.id, AsideRating.NOT_FUNNY, at=300.0)
    vault.asides.rate(99, AsideRating.LIKED, at=300.0)
    first, second = vault.asides.since(150.0)
    assert (first.id, first.rating, first.rated_at) == (old.id, AsideRating.NOT_FUNNY, 300.0)
    assert second == new
    vault.asides.rate(old.id, None, at=301.0)
    assert vault.asides.since(0.0)[0].rating is None


def noted(text: str = "I work nights", **more: Any) -> MemoryNote:
    return replace(MemoryNote(text, Topic.LIFE, "en", created_at=100.0, expires_at=200.0), **more)


def test_notes_come_back_newest_first(vault: Vault) -> None:
    conversation = _say(vault, "I work nights")
    message = vault.conversations.messages(conversation)[0].id
    first = vault.memory_notes.add(noted(message_id=message))
    second = vault.memory_notes.add(noted("我喜欢画画", topic=Topic.LIKING, lang="zh", pinned=True))
    assert first.id != second.id
    assert vault.memory_notes.notes(150.0) == [second, first]
    found = vault.memory_notes.notes(150.0)[0]
    assert isinstance(found.topic, Topic)
    assert found.pinned is True
    vault.memory_notes.delete(first.id)
    vault.memory_notes.delete(first.id)
    assert vault.memory_notes.notes(150.0) == [second]
    vault.memory_notes.clear()
    assert vault.memory_notes.notes(150.0) == []


def test_a_clock_that_cannot_be_right_ends_no_note(vault: Vault) -> None:
    note = vault.memory_notes.add(noted("kept"))
    assert vault.memory_notes.notes(2**32 + 5.0) == [note]
    assert vault.memory_notes.notes(199.0) == [note]


def test_a_note_outlives_its_message(vault: Vault) -> None:
    conversation = _say(vault, "I work nights")
    message = vault.conversations.messages(conversation)[0].id
    note = vault.memory_notes.add(noted(message_id=message))
    assert note.message_id == message
    vault.conversations.delete(conversation)
    assert vault.memory_notes.notes(150.0) == [replace(note, message_id=None)]
    assert vault.memory_notes.add(noted(message_id=12_345)).message_id is None


def test_notes_that_have_ended_are_gone_unless_pinned(vault: Vault) -> None:
    vault.memory_notes.add(noted("ended"))
    pinned = vault.memory_notes.add(noted("pinned", pinned=True))
    endless = vault.memory_notes.add(noted("endless", expires_at=None))
    assert len(vault.memory_notes.notes(199.0)) == 3
    assert vault.memory_notes.notes(200.0) == [endless, pinned]
    assert vault.memory_notes.notes(0.0) == [endless, pinned]


def test_a_note_is_changed_in_place_and_its_old_vector_goes(vault: Vault) -> None:
    note = vault.memory_notes.add(noted())
    other = vault.memory_notes.add(noted("other"))
    for one in (note, other):
        vault.memory_notes.set_vector(one.id, [0.5, -0.25], "mark")
    vault.memory_notes.set_vector(99, [1.0], "mark")
    assert dict(vault.memory_notes.vectors("mark")) == {
        note.id: (0.5, -0.25),
        other.id: (0.5, -0.25),
    }
    assert not vault.memory_notes.vectors("another")
    pinned = replace(note, pinned=True, expires_at=None)
    vault.memory_notes.update(pinned)
    vault.memory_notes.update(noted("nobody", id=99))
    assert vault.memory_notes.notes(999.0) == [pinned]
    assert list(vault.memory_notes.vectors("mark")) == [note.id]
    changed = replace(pinned, text="I work days", topic=Topic.OWN)
    vault.memory_notes.update(changed)
    assert vault.memory_notes.notes(999.0) == [changed]
    assert not vault.memory_notes.vectors("mark")


def test_the_oldest_notes_make_room_and_pinned_ones_stay(vault: Vault) -> None:
    pinned = vault.memory_notes.add(noted("pinned", pinned=True))

    def fill() -> None:
        for number in range(MOST_NOTES):
            vault.memory_notes.add(noted(str(number)))

    vault.submit(fill).result()  # type: ignore[attr-defined]
    found = vault.memory_notes.notes(150.0)
    assert len(found) == MOST_NOTES
    assert found[0].text == str(MOST_NOTES - 1)
    assert found[-1] == pinned
    assert found[-2].text == "1"


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_notes_are_stored_readably(vault: Vault, text: str, expected: str) -> None:
    note = vault.memory_notes.add(noted(text))
    assert note.text == expected
    vault.memory_notes.update(note)
    assert vault.memory_notes.notes(150.0) == [note]


def test_an_ending_goes_with_its_conversation(vault: Vault) -> None:
    conversation, other = _say(vault, "one"), _say(vault, "two")
    assert vault.endings.load(conversation) is None
    first = Ending(conversation, ("今天说了家里", "a\nb", ""), "睡一觉", 10.5)
    vault.endings.save(first)
    vault.endings.save(replace(first, conversation_id=other))
    changed = replace(first, lines=("x", "", "z"), next_step="", at=11.0)
    vault.endings.save(changed)
    assert vault.endings.load(conversation) == changed
    vault.conversations.delete(conversation)
    assert vault.endings.load(conversation) is None
    assert vault.endings.load(other) == replace(first, conversation_id=other)
    assert vault.endings.load(99) is None


def test_messages_take_the_place_of_others(vault: Vault) -> None:
    other = _say(vault, "elsewhere")
    conversation = _say(vault, "keep words", "old words", "old words too")
    before = vault.conversations.messages(conversation)
    back = [said("new words", level=1), said("more words", mode=Mode.PRACTICE, note="n")]
    stored = vault.conversations.replace_from(conversation, before[1].id, back)
    assert [replace(message, id=0) for message in stored] == back
    assert min(message.id for message in stored) > before[-1].id
    assert vault.conversations.messages(conversation) == [before[0], *stored]
    assert _found(vault, "old") == []
    assert sorted(_found(vault, "words")) == ["keep words", "more words", "new words"]
    assert len(vault.conversations.messages(other)) == 1


def run(exercise_id: str = "sleep-line", **more: Any) -> ExerciseRun:
    made = ExerciseRun(exercise_id, "zh", ("_before",), started_at=100.0, updated_at=100.0)
    return replace(made, **more)


def test_a_run_comes_back_whole_at_any_step(vault: Vault) -> None:
    kept = vault.exercise_runs.save(run())
    assert kept.id
    answers = {"_before": 7, "line": "一点睡 \U0001f331\nsecond", "list": ("a", "b"), "empty": ""}
    further = replace(kept, path=("_before", "line"), answers=answers, updated_at=200.5)
    assert vault.exercise_runs.save(further) == further
    assert vault.exercise_runs.open_runs() == [further]
    assert vault.exercise_runs.finished_runs() == []


def test_runs_that_were_touched_last_stand_first(vault: Vault) -> None:
    first = vault.exercise_runs.save(run(updated_at=300.0))
    second = vault.exercise_runs.save(run(updated_at=200.0))
    third = vault.exercise_runs.save(run(updated_at=200.0))
    assert vault.exercise_runs.open_runs() == [first, third, second]


def test_finished_runs_leave_the_open_ones(vault: Vault) -> None:
    one = vault.exercise_runs.save(run(finished_at=10.0))
    two = vault.exercise_runs.save(run("breath-box", finished_at=20.0))
    three = vault.exercise_runs.save(run(finished_at=20.0))
    assert vault.exercise_runs.open_runs() == []
    assert vault.exercise_runs.finished_runs() == [three, two, one]
    assert vault.exercise_runs.finished_runs("sleep-line") == [three, one]
    assert vault.exercise_runs.finished_runs(limit=1, offset=1) == [two]
    assert vault.exercise_runs.finished_runs("nothing") == []


def test_a_deleted_run_stays_deleted(vault: Vault) -> None:
    kept = vault.exercise_runs.save(run())
    vault.exercise_runs.delete(kept.id)
    vault.exercise_runs.delete(99)
    assert vault.exercise_runs.save(kept) == kept
    assert vault.exercise_runs.open_runs() == []
    assert vault.exercise_runs.save(run()).id != kept.id


def test_words_in_a_run_are_made_storable(vault: Vault) -> None:
    vault.exercise_runs.save(run(answers={"line": "a\0b\ud83d", "list": ("c\0",)}))
    (kept,) = vault.exercise_runs.open_runs()
    assert kept.answers == {"line": "a\ufffdb\ufffd", "list": ("c\ufffd",)}


def test_marks_of_a_reply_come_back_whole_and_change(vault: Vault) -> None:
    conversation = _say(vault, "one", "two")
    first, second = vault.conversations.messages(conversation)
    assert vault.ratings.load(second.id) is None
    rated = ReplyRating(second.id, 4, None, 1, 5, 10.5, Mode.MODEL, "Qwen 4B", Route.EXPLORE)
    vault.ratings.save(rated)
    vault.ratings.save(ReplyRating(first.id, logic=2, at=11.0))
    assert vault.ratings.load(second.id) == rated
    assert vault.ratings.ratings() == [ReplyRating(first.id, logic=2, at=11.0), rated]
    changed = replace(rated, fluency=3, at=12.0)
    vault.ratings.save(changed)
    assert vault.ratings.load(second.id) == changed
    vault.ratings.save(ReplyRating(second.id, at=13.0))
    assert vault.ratings.load(second.id) is None


def test_marks_go_with_their_message(vault: Vault) -> None:
    conversation = _say(vault, "one", "two", "three")
    first, second, third = vault.conversations.messages(conversation)
    for message in (first, second, third):
        vault.ratings.save(ReplyRating(message.id, 3, 3, 3, 3, 1.0))
    vault.conversations.drop_from(conversation, third.id)
    assert [one.message_id for one in vault.ratings.ratings()] == [first.id, second.id]
    vault.conversations.replace_from(conversation, second.id, [said("again")])
    assert [one.message_id for one in vault.ratings.ratings()] == [first.id]
    vault.conversations.delete(conversation)
    assert vault.ratings.ratings() == []


def test_marks_of_an_unknown_message_change_nothing(vault: Vault) -> None:
    vault.ratings.save(ReplyRating(1 << 30, 3, 3, 3, 3, 1.0))
    assert vault.ratings.ratings() == []


def test_offers_come_back_by_time(vault: Vault) -> None:
    early = vault.suggestions.add(Offer("tense", "exercise:muscle-release", 10.0, Place.HOME))
    late = vault.suggestions.add(Offer("night", "plan", 20.0, Place.TALK))
    assert early.id != late.id
    vault.suggestions.note_opened(late.id, 21.5)
    vault.suggestions.note_opened(99, 22.0)
    assert vault.suggestions.since(0.0) == [early, replace(late, opened_at=21.5)]
    assert vault.suggestions.since(20.0) == [replace(late, opened_at=21.5)]


def test_answers_to_suggestions_are_kept_once_and_taken_back(vault: Vault) -> None:
    rest = GivenAnswer(Answer.NOT_NOW, "", 5.0)
    never = GivenAnswer(Answer.NOT_THIS, "exercise:miracle", 6.0)
    for given in (rest, never, replace(rest, at=7.0)):
        vault.suggestions.answer(given)
    assert vault.suggestions.answers() == [never, replace(rest, at=7.0)]
    vault.suggestions.take_back(Answer.NOT_THIS, "exercise:miracle")
    vault.suggestions.take_back(Answer.NOT_FOR_THIS, "nothing")
    assert vault.suggestions.answers() == [replace(rest, at=7.0)]


def page(text: str = "下了一天雨", **more: Any) -> JournalEntry:
    made = JournalEntry(0, 100.0, "2026-11-21", text, "", Level.NONE, False, 100.0)
    return replace(made, **more)


def test_a_page_comes_back_whole(vault: Vault) -> None:
    words = page(
        "第一行\nsecond line \U0001f331 e\u0301",
        title="题目",
        level=Level.WATCH,
        locked=True,
        prompt_id="moment-sound",
    )
    stored = vault.journal.add(words)
    assert stored == replace(words, id=stored.id)
    assert stored.id > 0
    found = vault.journal.entry(stored.id)
    assert found == stored
    assert isinstance(found.level, Level)
    assert found.locked is True
    assert vault.journal.entry(99) is None


def test_pages_are_listed_newest_day_first(vault: Vault) -> None:
    days = [("2026-11-20", 5.0), ("2026-11-21", 1.0), ("2026-11-21", 3.0), ("2025-11-21", 9.0)]
    made = [vault.journal.add(page(day=day, at=at)) for day, at in days]
    order = [made[2], made[1], made[0], made[3]]
    assert vault.journal.entries() == order
    assert vault.journal.entries(limit=2, offset=1) == order[1:3]
    assert vault.journal.entries(limit=0) == []
    assert vault.journal.of_days(["2025-11-21", "2026-11-20"]) == [made[0], made[3]]
    assert vault.journal.of_days([]) == []


def test_a_page_is_changed_and_what_stood_there_is_kept(vault: Vault) -> None:
    first = vault.journal.add(page("first", title="one", locked=True))
    assert vault.journal.newest_revision(first.id) is None
    second = replace(first, text="second", title="", updated_at=200.0, prompt_id="p")
    vault.journal.update(second)
    assert vault.journal.revisions(first.id) == []
    third = replace(second, text="third", level=Level.CRISIS, updated_at=300.0)
    vault.journal.update(third, keep_at=301.0)
    vault.journal.update(replace(third, text="fourth", at=999.0, day="1999-01-01"), keep_at=400.0)
    assert vault.journal.entry(first.id) == replace(third, text="fourth"), "its day stays"
    newest, oldest = vault.journal.revisions(first.id)
    assert (oldest.text, oldest.title, oldest.at, oldest.kept_at) == ("second", "", 200.0, 301.0)
    assert (newest.text, newest.at, newest.kept_at) == ("third", 300.0, 400.0)
    assert vault.journal.newest_revision(first.id) == newest
    vault.journal.drop_revisions([newest.id, 99])
    assert vault.journal.revisions(first.id) == [oldest]
    vault.journal.update(page("nobody", id=99), keep_at=1.0)
    assert vault.journal.revisions(99) == []


def test_level_and_lock_of_a_page(vault: Vault) -> None:
    kept = vault.journal.add(page())
    vault.journal.set_level(kept.id, Level.EMERGENCY)
    vault.journal.set_locked(kept.id, locked=True)
    assert vault.journal.entry(kept.id) == replace(kept, level=Level.EMERGENCY, locked=True)
    vault.journal.set_level(kept.id, Level.WATCH)
    vault.journal.set_locked(kept.id, locked=False)
    vault.journal.set_level(99, Level.WATCH)
    vault.journal.set_locked(99, locked=True)
    assert vault.journal.entry(kept.id) == replace(kept, level=Level.WATCH)


def test_a_page_in_the_bin_is_seen_by_the_bin_alone(vault: Vault) -> None:
    kept, gone, other = (vault.journal.add(page(f"rain {n}", title=f"page{n}")) for n in range(3))
    vault.journal.delete(gone.id, at=500.0)
    vault.journal.delete(gone.id, at=600.0)
    vault.journal.delete(other.id, at=550.0)
    vault.journal.delete(99, at=550.0)
    assert vault.journal.entries() == [kept]
    assert vault.journal.of_days([kept.day]) == [kept]
    assert vault.journal.entry(gone.id) is None
    assert [hit.entry_id for hit in vault.journal.search("rain")] == [kept.id]
    binned = vault.journal.binned()
    assert [(one.entry, one.deleted_at) for one in binned] == [(other, 550.0), (gone, 500.0)]
    for touch in (
        lambda: vault.journal.update(replace(gone, text="changed"), keep_at=1.0),
        lambda: vault.journal.set_level(gone.id, Level.CRISIS),
        lambda: vault.journal.set_locked(gone.id, locked=True),
    ):
        touch()
    assert vault.journal.binned()[1].entry == gone
    vault.journal.restore(gone.id)
    vault.journal.restore(gone.id)
    vault.journal.restore(99)
    assert vault.journal.entries() == [gone, kept]
    assert [hit.entry_id for hit in vault.journal.search("rain")] == [gone.id, kept.id]
    assert [hit.entry_id for hit in vault.journal.search("page1")] == [gone.id]


def test_erased_is_erased_with_all_that_belongs_to_it(vault: Vault) -> None:
    made = [vault.journal.add(page(f"焦虑 {number}")) for number in range(4)]
    for one in made:
        vault.journal.update(replace(one, text=one.text + "!"), keep_at=101.0)
    vault.journal.erase(made[0].id)
    vault.journal.erase(99)
    for number, at in ((1, 10.0), (2, 20.0)):
        vault.journal.delete(made[number].id, at=at)
    vault.journal.erase_binned(10.0)
    assert [one.entry.id for one in vault.journal.binned()] == [made[2].id]
    assert [one.id for one in vault.journal.entries()] == [made[3].id]
    assert [hit.entry_id for hit in vault.journal.search("焦虑")] == [made[3].id]
    for gone in made[:2]:
        assert vault.journal.revisions(gone.id) == []
    vault.journal.restore(made[1].id)
    assert vault.journal.entry(made[1].id) is None
    assert vault.journal.add(page()).id > made[3].id, "ids are never used twice"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("焦虑", ["a"]),
        ("考试 焦", ["a"]),
        ("虑焦", []),
        ("roomm", ["b"]),
        ("fight again", ["b"]),
        ("题目", ["b"]),
        ("题目 fight", ["b"]),
        ("mate", []),
        ("", []),
        ('"', []),
        ("terms:fight", []),
    ],
)
def test_pages_are_found_by_words(vault: Vault, query: str, expected: list[str]) -> None:
    a = vault.journal.add(page("考试让我很焦虑"))
    b = vault.journal.add(page("A fight with my Roommate again", title="题目"))
    names = {a.id: "a", b.id: "b"}
    assert [names[hit.entry_id] for hit in vault.journal.search(query)] == expected


def test_a_found_page_says_where(vault: Vault) -> None:
    kept = vault.journal.add(page("早上考试，晚上下雨", title="周六", day="2026-11-21", at=7.5))
    [hit] = vault.journal.search("下雨")
    assert (hit.entry_id, hit.day, hit.at, hit.title) == (kept.id, "2026-11-21", 7.5, "周六")
    assert "\ue000下雨\ue001" in hit.snippet
    vault.journal.update(replace(kept, text="早上考试"))
    assert vault.journal.search("下雨") == []
    assert len(vault.journal.search("考试", limit=0)) == 0


def taken_back(quote: str = "他肯定觉得我烦", **more: Any) -> MirrorCorrection:
    return replace(MirrorCorrection(ClaimKind.DISTORTION, "mind_reading", quote, at=5.5), **more)


def test_a_claim_of_the_mirror_is_taken_back_once(vault: Vault) -> None:
    kept = vault.journal.add(page())
    first = taken_back(entry_id=kept.id)
    second = taken_back(kind=ClaimKind.THEME, label="family", at=5.0)
    for one in (first, second, taken_back("unknown page", entry_id=99, at=6.0)):
        vault.mirror_corrections.add(one)
    found = vault.mirror_corrections.corrections()
    assert found == [second, first, taken_back("unknown page", at=6.0)]
    assert isinstance(found[0].kind, ClaimKind)
    vault.mirror_corrections.add(replace(first, at=7.0))
    assert vault.mirror_corrections.corrections()[-1] == replace(first, at=7.0)
    vault.mirror_corrections.remove(first)
    vault.mirror_corrections.remove(first)
    assert len(vault.mirror_corrections.corrections()) == 2


def test_a_correction_goes_with_its_page(vault: Vault) -> None:
    kept = vault.journal.add(page())
    vault.mirror_corrections.add(taken_back("a\0b", entry_id=kept.id))
    vault.mirror_corrections.add(taken_back("of no page"))
    assert vault.mirror_corrections.corrections()[0].quote == "a\ufffdb"
    vault.journal.delete(kept.id, at=1.0)
    assert len(vault.mirror_corrections.corrections()) == 2
    vault.journal.erase(kept.id)
    assert vault.mirror_corrections.corrections() == [taken_back("of no page")]


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_are_stored_readably(vault: Vault, text: str, expected: str) -> None:
    kept = vault.journal.add(page(text, title=text))
    assert (kept.text, kept.title) == (expected, expected)
    vault.journal.update(replace(kept, text=text), keep_at=1.0)
    assert vault.journal.entries() == [kept]
    assert [one.text for one in vault.journal.revisions(kept.id)] == [expected]


def test_the_gravest_level_of_a_stretch_of_time(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    for at, level in ((100.0, 1), (200.0, 3), (300.0, 2)):
        vault.conversations.append(conversation, said("words", created_at=at, level=level))
    assert vault.conversations.highest_level(0.0, 100.0) == 0
    assert vault.conversations.highest_level(100.0, 200.0) == 1
    assert vault.conversations.highest_level(100.0, 200.5) == 3
    assert vault.conversations.highest_level(201.0, 400.0) == 2


# -- earlier conversations


def talk(vault: Vault, text: str) -> int:
    conversation = vault.conversations.start(50.0)
    vault.conversations.append(conversation, said(text))
    return conversation


def test_the_bin_hides_a_conversation_from_everything(vault: Vault) -> None:
    kept, gone = talk(vault, "rain one"), talk(vault, "rain two")
    vault.conversations.rename(gone, "Rain")
    vault.earlier.put_in_bin(gone, at=500.0)
    vault.earlier.put_in_bin(gone, at=900.0)
    vault.earlier.put_in_bin(99, at=500.0)
    assert [c.id for c in vault.conversations.conversations()] == [kept]
    assert [hit.conversation_id for hit in vault.conversations.search("rain")] == [kept]
    assert vault.earlier.titled("rain") == []
    (binned,) = vault.earlier.binned()
    assert (binned.conversation.id, binned.deleted_at) == (gone, 500.0), "the first time counts"
    assert binned.conversation.message_count == 1
    assert "rain two" in binned.beginning
    vault.earlier.restore(gone)
    vault.earlier.restore(99)
    assert [c.id for c in vault.conversations.conversations()] == [gone, kept]
    assert [hit.title for hit in vault.conversations.search("rain")] == ["Rain", ""]
    assert [c.id for c in vault.earlier.titled("RAI")] == [gone]
    assert vault.earlier.titled("  ") == []


def test_the_bin_is_emptied_by_time(vault: Vault) -> None:
    first, second = talk(vault, "one"), talk(vault, "two")
    vault.earlier.put_in_bin(first, at=100.0)
    vault.earlier.put_in_bin(second, at=200.0)
    assert [one.conversation.id for one in vault.earlier.binned()] == [second, first]
    vault.earlier.erase_binned(100.0)
    assert [one.conversation.id for one in vault.earlier.binned()] == [second]
    assert vault.conversations.messages(first) == []
    vault.conversations.delete(second)
    assert vault.earlier.binned() == []


def test_topics_of_conversations(vault: Vault) -> None:
    first, second, third = (talk(vault, f"text {n}") for n in range(3))
    waiting = vault.earlier.without_topics(10)
    assert [key for key, _ in waiting] == [third, second, first]
    newest = dict(waiting)
    vault.earlier.set_topics(first, ["sleep", "exam"], read_to=newest[first])
    vault.earlier.set_topics(second, ["exam"], read_to=newest[second])
    vault.earlier.set_topics(third, [], read_to=newest[third])
    vault.earlier.set_topics(99, ["exam"], read_to=1)
    assert vault.earlier.without_topics(10) == []
    assert vault.earlier.topics() == [("exam", 2), ("sleep", 1)]
    assert [c.id for c in vault.earlier.of_topic("exam")] == [second, first]
    assert [c.id for c in vault.earlier.of_topic("exam", limit=1, offset=1)] == [first]
    vault.earlier.put_in_bin(second, at=1.0)
    assert vault.earlier.topics() == [("exam", 1), ("sleep", 1)]
    vault.conversations.append(first, said("more"))
    assert [key for key, _ in vault.earlier.without_topics(10)] == [first]


def test_words_are_found_in_what_has_no_index(vault: Vault) -> None:
    vault.check_ins.add(CheckIn(1.0, "2026-01-02", 2, note="宿舍的灯太亮"))
    vault.check_ins.add(CheckIn(2.0, "2026-01-03", 2, tags=("灯光",)))
    vault.exercise_runs.save(
        ExerciseRun("sleep-line", "zh", ("a",), {"a": "关灯", "b": ("一", "灯"), "c": 3}, 1.0, 1.0)
    )
    vault.memory_notes.add(
        MemoryNote(text="怕黑，要开灯", topic=Topic.OWN, lang="zh", created_at=1.0)
    )
    ended = MemoryNote(text="灯", topic=Topic.OWN, lang="zh", created_at=1.0, expires_at=5.0)
    vault.memory_notes.add(ended)
    found = vault.kept_words.search("灯", now=10.0)
    assert [str(one.kind) for one in found] == ["check_in", "check_in", "run", "note"]
    assert [one.day for one in found[:2]] == ["2026-01-03", "2026-01-02"]
    assert found[2].name == "sleep-line"
    assert all("\ue000灯" in one.snippet for one in found)
    assert len(vault.kept_words.search("灯", now=10.0, limit=1)) == 3
    assert vault.kept_words.search("", now=1.0) == []
    assert vault.kept_words.search("斑马", now=1.0) == []


@pytest.mark.parametrize("query", ["cafe", "CAFÉ", "ｃａｆé"])
def test_kept_words_are_found_without_case_and_accents(vault: Vault, query: str) -> None:
    if isinstance(vault, MemoryVault):
        pytest.skip("the fake is simpler")
    vault.check_ins.add(CheckIn(1.0, "2026-01-02", 2, note="In the Café again"))
    vault.check_ins.add(CheckIn(1.0, "2026-01-01", 2, note="decaf"))
    (found,) = vault.kept_words.search(query, now=1.0)
    assert found.day == "2026-01-02"


# -- versions


def _edited(vault: Vault, conversation: int, place: int, *texts: str) -> list[int]:
    """Messages in the place of the one that stands `place`th, and of all after it; their ids."""
    old = vault.conversations.messages(conversation)[place]
    new = [said(text) for text in texts]
    return [one.id for one in vault.conversations.replace_from(conversation, old.id, new)]


def _shown(vault: Vault, conversation: int) -> str:
    return " ".join(message.text for message in vault.conversations.messages(conversation))


def _kept(vault: Vault, conversation: int) -> dict[str, tuple[int, int]]:
    return {
        one.message.text: (one.after, one.gave_way)
        for one in vault.conversations.other_versions(conversation)
    }


def test_what_gives_way_stays_as_another_version(vault: Vault) -> None:
    elsewhere = _say(vault, "elsewhere")
    conversation = _say(vault, "first", "answer", "second", "more")
    first, answer, second, more = (m.id for m in vault.conversations.messages(conversation))
    _edited(vault, conversation, 2, "another", "reply")
    assert _shown(vault, conversation) == "first answer another reply"
    assert _kept(vault, conversation) == {"second": (answer, 1), "more": (second, 1)}
    _edited(vault, conversation, 3, "reply two")
    _edited(vault, conversation, 0, "begun anew")
    assert _shown(vault, conversation) == "begun anew"
    assert {text: when for text, (_, when) in _kept(vault, conversation).items()} == {
        "second": 1,
        "more": 1,
        "reply": 2,
        "first": 3,
        "answer": 3,
        "another": 3,
        "reply two": 3,
    }
    assert _kept(vault, conversation)["first"][0] == 0
    assert [c.message_count for c in vault.conversations.conversations()] == [1, 1]
    assert vault.conversations.other_versions(elsewhere) == []
    assert vault.conversations.other_versions(99) == []
    kept = {one.message.id: one.message for one in vault.conversations.other_versions(conversation)}
    assert kept[more] == said("more", id=more)
    assert min(kept) == first


def test_another_version_is_shown_with_what_stood_after_it(vault: Vault) -> None:
    conversation = _say(vault, "first", "answer", "second", "more")
    ids = [m.id for m in vault.conversations.messages(conversation)]
    another, _reply = _edited(vault, conversation, 2, "another", "reply")
    (anew,) = _edited(vault, conversation, 0, "anew")
    vault.conversations.show_version(conversation, ids[0])
    assert _shown(vault, conversation) == "first answer another reply", "as it was left"
    vault.conversations.show_version(conversation, ids[2])
    assert _shown(vault, conversation) == "first answer second more"
    assert [m.id for m in vault.conversations.messages(conversation)] == ids
    vault.conversations.show_version(conversation, anew)
    vault.conversations.show_version(conversation, another)  # its beginning comes with it
    assert _shown(vault, conversation) == "first answer another reply"
    before = vault.conversations.other_versions(conversation)
    vault.conversations.show_version(conversation, another)
    assert vault.conversations.other_versions(conversation) == before
    vault.conversations.append(conversation, said("on"))
    vault.conversations.show_version(conversation, ids[3])
    vault.conversations.show_version(conversation, another)
    assert _shown(vault, conversation) == "first answer another reply on"


def test_only_what_is_shown_is_found_listed_and_rated(vault: Vault) -> None:
    conversation = _say(vault, "rain first", "rain answer")
    first, answer = vault.conversations.messages(conversation)
    vault.ratings.save(ReplyRating(answer.id, 3, at=1.0))
    (another,) = _edited(vault, conversation, 1, "rain again")
    vault.conversations.update(replace(answer, text="rain changed"))
    vault.conversations.set_note(answer.id, "a note")
    assert _found(vault, "rain") == ["rain again", "rain first"]
    assert vault.conversations.search("changed") == []
    assert vault.ratings.ratings() == []
    vault.conversations.show_version(conversation, answer.id)
    assert _found(vault, "rain") == ["rain changed", "rain first"]
    assert vault.conversations.messages(conversation)[1].note == "a note"
    assert [one.message_id for one in vault.ratings.ratings()] == [answer.id]
    vault.earlier.put_in_bin(conversation, at=1.0)
    (binned,) = vault.earlier.binned()
    assert binned.beginning == "rain first\n\nrain changed"
    assert binned.conversation.message_count == 2
    vault.earlier.restore(conversation)
    vault.conversations.show_version(conversation, another)
    assert _shown(vault, conversation) == "rain first rain again"
    assert first.id < another


def test_a_level_counts_in_every_version(vault: Vault) -> None:
    conversation = vault.conversations.start(50.0)
    grave = vault.conversations.append(conversation, said("words", level=3))
    vault.conversations.replace_from(conversation, grave.id, [said("other words", level=1)])
    assert vault.conversations.highest_level(0.0, 200.0) == 3
    assert [one.message.level for one in vault.conversations.other_versions(conversation)] == [3]
    vault.conversations.show_version(conversation, grave.id)
    assert vault.conversations.highest_level(0.0, 200.0) == 3


def test_versions_are_erased_with_their_message(vault: Vault) -> None:
    conversation = _say(vault, "one", "two", "three")
    ids = [m.id for m in vault.conversations.messages(conversation)]
    vault.corrections.add(Correction(Verdict.MISREAD, Level.WATCH, Kind.NONE, message_id=ids[2]))
    _edited(vault, conversation, 1, "two again", "three again")
    _edited(vault, conversation, 2, "three anew")
    vault.conversations.drop_from(conversation, 1 << 40)
    assert len(vault.conversations.other_versions(conversation)) == 3
    last = vault.conversations.messages(conversation)[-1]
    vault.conversations.drop_from(conversation, last.id)
    assert _shown(vault, conversation) == "one two again"
    assert sorted(_kept(vault, conversation)) == ["three", "two"], "versions of another message"
    two = vault.conversations.messages(conversation)[-1]
    vault.conversations.drop_from(conversation, two.id)
    assert _shown(vault, conversation) == "one"
    assert vault.conversations.other_versions(conversation) == []
    assert vault.corrections.count() == 0
    _edited(vault, conversation, 0, "one again")
    vault.conversations.delete(conversation)
    assert vault.conversations.other_versions(conversation) == []
    with pytest.raises(VaultError) as caught:
        vault.conversations.show_version(conversation, ids[0])
    assert caught.value.code == "conversation_unknown"


def test_a_version_of_another_conversation_is_refused(vault: Vault) -> None:
    mine, other = _say(vault, "mine"), _say(vault, "other")
    (key,) = (m.id for m in vault.conversations.messages(other))
    _edited(vault, other, 0, "changed")
    for conversation, message in ((mine, key), (99, key), (mine, 99)):
        with pytest.raises(VaultError) as caught:
            vault.conversations.show_version(conversation, message)
        assert caught.value.code == "conversation_unknown"
    assert _shown(vault, mine) == "mine"


def test_another_version_is_read_for_its_topics_and_makes_nothing_older(vault: Vault) -> None:
    first = _say(vault, "one")
    (key,) = (m.id for m in vault.conversations.messages(first))
    second = _say(vault, "two")
    (another,) = _edited(vault, first, 0, "one again")
    vault.earlier.set_topics(first, ["sleep"], read_to=another)
    vault.earlier.set_topics(second, [], read_to=another)
    vault.conversations.show_version(first, key)
    assert vault.earlier.without_topics(10) == [(first, another)]
    assert [c.id for c in vault.conversations.conversations()] == [first, second]
