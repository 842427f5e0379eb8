"""What every vault does: a profile on disk, a guest in memory, and the fake of other tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.aside import AsideKind, AsideRating, ShownAside
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.errors import PsyLiteError, VaultError
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Kind, Level, RiskState, Who
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import AgeBand, PrivateSettings
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
        welcomed=True, age_band=AgeBand.UNDER_18, humor=False, lock_after_min=17
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
    vault.safety_plan.save([PlanEntry(PlanStep.SIGNS, text)])
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
