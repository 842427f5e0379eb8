"""Suggestions: one at a time, true to the number, and never against the person's word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.exercise import AFTER, BEFORE, ExerciseRun
from psylite_desktop.domain.risk import Level, RiskState
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.suggestion import (
    Answer,
    Item,
    ItemKind,
    NoReason,
    NoSuggestion,
    SourceKind,
    Suggestion,
    ThemeSaid,
)
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.suggestion_facts import LONGEST_QUOTE, clause_with
from psylite_desktop.services.suggestions import SuggestionService
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.suggestions import make_suggestions, suggestion_content

NOON = datetime(2026, 11, 20, 12, 0).astimezone().timestamp()
DAY = 24 * 3600.0
FEELINGS = ["tense", "anxious", "overthinking", "panicky", "lonely", "listless", "guilty", "happy"]


@dataclass
class Person:
    """One profile with a clock that tests move."""

    vault: MemoryVault
    now: float = NOON
    state: RiskState = field(default_factory=RiskState)

    def service(self, **more: object) -> SuggestionService:
        return make_suggestions(self.vault, self, Clock(now=lambda: self.now), **more)

    def day(self, back: int = 0) -> str:
        today = datetime.fromtimestamp(self.now).astimezone().date()
        return (today - timedelta(days=back)).isoformat()

    def notes(self, back: int, mood: int = 3, **more: object) -> CheckIn:
        made = CheckIn(self.now - back * DAY, self.day(back), mood, **more)  # type: ignore[arg-type]
        return self.vault.check_ins.add(made)

    def says(self, text: str, back: float = 1, level: int = 0) -> int:
        at = self.now - back * DAY
        talk = self.vault.conversations.start(at)
        self.vault.conversations.append(talk, Message(Role.USER, text, created_at=at, level=level))
        return talk

    def tense(self) -> None:
        self.notes(1, feelings=("tense",), note="肩膀一直端着，放不下来")
        self.notes(2, feelings=("tense",))


@pytest.fixture
def person() -> Person:
    return Person(MemoryVault())


def why_none(found: Suggestion | NoSuggestion) -> NoReason:
    assert isinstance(found, NoSuggestion)
    return found.reason


def one(found: Suggestion | NoSuggestion | None) -> Suggestion:
    assert isinstance(found, Suggestion)
    return found


def test_with_nothing_known_it_says_so(person: Person) -> None:
    assert why_none(person.service().now_for("zh")) is NoReason.NO_WORDS
    person.notes(0, 3)
    assert why_none(person.service().now_for("zh")) is NoReason.NOTHING


def test_a_reason_has_numbers_a_quote_and_its_place(person: Person) -> None:
    person.tense()
    found = one(person.service().now_for("zh"))
    assert found.item == Item(ItemKind.EXERCISE, "muscle-release")
    assert found.because == "最近 7 天记心情时，有 2 次你选了“紧绷”。"
    assert found.badge.value == "B"
    assert found.source is not None
    assert (found.source.kind, found.source.day) == (SourceKind.CHECK_IN, person.day(1))
    assert found.source.words == "肩膀一直端着，放不下来"
    assert len(found.others) == 2
    english = one(person.service().now_for("en"))
    assert english.because == "You picked “tense” in 2 check-ins over the last 7 days."
    assert english.offer == found.offer, "the same suggestion in another language"


def test_words_in_which_danger_was_heard_are_not_told_again(person: Person) -> None:
    person.notes(1, feelings=("tense",), note="level1", level=Level.WATCH)
    person.notes(2, feelings=("tense",))
    found = one(person.service().now_for("zh"))
    assert found.source is not None
    assert found.source.words == ""


def test_it_stays_all_day_and_does_not_come_again_within_seven(person: Person) -> None:
    person.tense()
    first = one(person.service().now_for("en"))
    person.now += 3600
    assert one(person.service().now_for("en")).offer == first.offer
    for _ in range(6):
        person.now += DAY
        person.tense()
        assert why_none(person.service().now_for("en")) is NoReason.TOLD_LATELY
    person.now += DAY
    person.tense()
    assert one(person.service().now_for("en")).item == first.item


def test_what_was_taken_up_is_enough_for_a_day(person: Person) -> None:
    person.tense()
    service = person.service()
    service.note_opened(one(service.now_for("en")).offer)
    person.notes(0, feelings=("lonely",))
    person.notes(1, feelings=("lonely",))
    assert why_none(service.now_for("en")) is NoReason.DONE_TODAY
    person.now += DAY
    assert one(service.now_for("en")).rule == "lonely"


def test_not_now_is_quiet_for_a_day(person: Person) -> None:
    person.tense()
    person.notes(0, feelings=("lonely",))
    person.notes(1, feelings=("lonely",))
    service = person.service()
    given = service.answer(one(service.now_for("en")), Answer.NOT_NOW)
    assert why_none(service.now_for("en")) is NoReason.REST
    person.now += DAY - 60
    assert why_none(service.now_for("en")) is NoReason.REST
    assert service.answers() == [given]
    person.now += 120
    assert one(service.now_for("en")).rule == "lonely"
    assert service.answers() == []


def test_not_this_and_not_for_this_reason_hold_until_taken_back(person: Person) -> None:
    person.tense()
    service = person.service()
    never = service.answer(one(service.now_for("en")), Answer.NOT_THIS)
    assert service.called(never, "en") == "Muscles: tighten, let go"
    assert why_none(service.now_for("en")) is NoReason.TURNED_OFF
    service.take_back(never)
    reason = service.answer(one(service.now_for("en")), Answer.NOT_FOR_THIS)
    assert service.called(reason, "zh") == "紧绷"
    person.now += 90 * DAY
    person.tense()
    assert why_none(service.now_for("en")) is NoReason.TURNED_OFF
    service.take_back(reason)
    assert one(service.now_for("en")).rule == "tense"


def test_what_was_refused_is_no_alternative_either(person: Person) -> None:
    person.tense()
    service = person.service()
    found = one(service.now_for("en"))
    refused = replace(found, item=found.others[0].item)
    service.answer(refused, Answer.NOT_THIS)
    assert refused.item not in [other.item for other in one(service.now_for("en")).others]


@pytest.mark.parametrize("where", ["state", "message", "check-in"])
def test_after_something_grave_only_plan_and_help(person: Person, where: str) -> None:
    person.tense()
    if where == "state":
        person.state = RiskState(Level.CRISIS, raised_at=person.now - 3 * DAY)
    elif where == "message":
        person.says("...", back=3, level=2)
    else:
        person.notes(3, 1, level=Level.EMERGENCY)
    service = person.service()
    found = one(service.now_for("zh"))
    assert (found.rule, found.item.kind) == ("after-danger-plan", ItemKind.PLAN)
    assert found.source is None, "nothing grave is quoted"
    service.answer(found, Answer.NOT_THIS)
    assert why_none(service.now_for("zh")) is NoReason.AFTER_DANGER
    person.vault.safety_plan.save([PlanEntry(PlanStep.SIGNS, "不回消息")])
    assert one(service.now_for("zh")).item.kind is ItemKind.HELP
    person.now += 8 * DAY
    person.tense()
    assert one(service.now_for("zh")).rule == "tense"


def test_cautions_forbid(person: Person) -> None:
    for back in (1, 2):
        person.notes(back, feelings=("overwhelmed",))
    service = person.service()
    assert one(service.now_for("zh")).item.id == "breath-sigh"
    person.says("我从小有哮喘")
    assert why_none(service.now_for("zh")) is NoReason.NOTHING
    person.now += 3600
    found = service.in_talk(["我压力好大，喘口气都难"], "zh", is_asked=True)
    assert one(found).item.id == "five-senses", "what does not touch the breath"


def test_no_miracle_question_after_a_loss(person: Person) -> None:
    for back in (1, 2, 3):
        person.says("以后的路看不清，人生没方向", back=back)
    service = person.service()
    assert "miracle" in [other.item.id for other in one(service.now_for("zh")).others]
    person.says("外婆走了")
    assert "miracle" not in [other.item.id for other in one(service.now_for("zh")).others]


def test_what_helped_before_comes_with_its_numbers(person: Person) -> None:
    at = person.now - 9 * DAY
    answers = {BEFORE: 8, AFTER: 3}
    run = ExerciseRun("body-scan", "en", ("_before",), answers, at, at, finished_at=at)
    kept = person.vault.exercise_runs.save(run)
    person.notes(0, 2)
    found = one(person.service().now_for("en"))
    assert found.item == Item(ItemKind.EXERCISE, "body-scan")
    assert "9 days ago" in found.because
    assert "from 8 to 3" in found.because
    assert found.badge.value == "B", "the exercise's own"
    assert found.source is not None
    assert (found.source.kind, found.source.id) == (SourceKind.RUN, kept.id)


def test_a_scale_is_due_by_its_manual(person: Person) -> None:
    run = ScaleRun("phq9", person.now - 13 * DAY, "zh", (("total", 11),))
    kept = person.vault.scale_runs.add(run)
    person.notes(0)
    assert why_none(person.service().now_for("zh")) is NoReason.NOTHING
    person.now += 2 * DAY
    found = one(person.service().now_for("zh"))
    assert found.because == "上次填 PHQ-9 是 15 天前，总分 11。"
    assert kept.score("total") == 11
    person.now += 60 * DAY
    person.notes(0)
    assert why_none(person.service().now_for("zh")) is NoReason.NOTHING


def test_a_hard_week_and_a_blank_plan(person: Person) -> None:
    for back in (0, 2, 5):
        person.notes(back, 2)
    found = one(person.service().now_for("en"))
    assert found.item.kind is ItemKind.PLAN
    assert "On 3 of the last 7 days" in found.because


def test_an_unfinished_exercise_and_a_long_silence(person: Person) -> None:
    at = person.now - 3 * DAY
    run = ExerciseRun("thought-record", "zh", ("_before", "what"), {}, at, at)
    person.vault.exercise_runs.save(run)
    found = one(person.service().now_for("zh"))
    assert (found.rule, found.item.id) == ("unfinished", "thought-record")
    other = Person(MemoryVault())
    other.notes(4, 2, note="今天谁也不想见")
    found = one(other.service().now_for("zh"))
    assert found.because == "4 天前那次记心情，你选的是“不太好”。"
    assert found.item.kind is ItemKind.CHECK_IN


def test_lighter_days_are_averaged_rightly(person: Person) -> None:
    for back, mood in ((0, 4), (1, 5), (3, 4), (8, 3), (9, 3), (10, 4)):
        person.notes(back, mood)
    found = one(person.service().now_for("en"))
    assert found.rule == "lighter"
    assert "The 3 days" in found.because
    assert "averaged 4.3" in found.because
    assert "averaged" in found.because
    assert "3.3" in found.because


@dataclass
class FakeThemes:
    said: tuple[ThemeSaid, ...]

    def themes(self, since: float) -> tuple[ThemeSaid, ...]:
        return tuple(theme for theme in self.said if theme.at >= since)


def test_journal_themes_come_through_their_source(person: Person) -> None:
    said = tuple(
        ThemeSaid("self_worth", entry, person.now - entry * DAY, person.day(entry), "我总是不够好")
        for entry in (1, 2, 2)
    )
    found = one(person.service(themes=FakeThemes(said)).now_for("zh"))
    assert found.rule == "journal-self-worth"
    assert "有 2 篇" in found.because
    assert found.source is not None
    assert (found.source.kind, found.source.words) == (SourceKind.ENTRY, "我总是不够好")
    assert why_none(person.service().now_for("zh")) is NoReason.NO_WORDS


def test_a_page_of_the_journal_is_suggested(person: Person) -> None:
    person.notes(0, feelings=("torn",))
    person.notes(1, feelings=("lost",))
    found = one(person.service().now_for("zh"))
    assert found.item.kind is ItemKind.JOURNAL


@pytest.mark.parametrize(("hour", "item"), [(23, "sleep-bed"), (2, "sleep-bed"), (8, "sleep-line")])
def test_the_time_of_day_decides(hour: int, item: str) -> None:
    now = datetime(2026, 11, 20, hour, 30).astimezone().timestamp()
    person = Person(MemoryVault(), now)
    person.says("又睡不着，翻来翻去", back=1)
    person.says("半夜醒了三次", back=2)
    found = one(person.service().now_for("zh"))
    assert found.item.id == item
    assert "有 2 条消息" in found.because
    assert found.source is not None
    assert found.source.words in ("又睡不着，翻来翻去", "半夜醒了三次")


def test_a_quote_is_in_the_message_it_comes_from(person: Person) -> None:
    talk = person.says("I keep putting off the essay. " + "It sits there. " * 30, back=1)
    person.says("another deadline gone", back=2)
    found = one(person.service().now_for("en"))
    assert found.rule == "delay"
    assert found.source is not None
    assert found.source.id == talk
    assert found.source.words == "I keep putting off the essay."


def test_in_talk_an_exercise_for_what_was_said(person: Person) -> None:
    service = person.service()
    found = one(service.in_talk(["我又跟室友吵架了", "怎么开口跟他说"], "zh", is_asked=False))
    assert found.item.id == "hard-talk"
    again = service.in_talk(["我又跟室友吵架了"], "zh", is_asked=False)
    assert again is None or again.item.id != "hard-talk"
    assert service.in_talk(["今天天气不错"], "zh", is_asked=False) is None


def test_in_talk_danger_and_not_now_hold_it_back(person: Person) -> None:
    service = person.service()
    said = ["我拖着论文不想动"]
    assert service.in_talk(said, "zh", is_asked=False, level=Level.WATCH) is None
    person.tense()
    service.answer(one(service.now_for("zh")), Answer.NOT_NOW)
    assert service.in_talk(said, "zh", is_asked=False) is None
    assert one(service.in_talk(["教我放松一下"], "zh", is_asked=True)).item.id == "breath-sigh"
    person.state = RiskState(Level.CRISIS, raised_at=person.now)
    assert service.in_talk(said, "zh", is_asked=True) is None


def test_what_was_offered_in_talk_is_today_s_one(person: Person) -> None:
    person.tense()
    service = person.service()
    assert service.in_talk(["我拖着论文不想动"], "zh", is_asked=False) is not None
    assert why_none(service.now_for("zh")) is NoReason.DONE_TODAY


def test_the_card_can_be_folded_away(person: Person) -> None:
    service = person.service()
    assert not service.is_folded
    service.fold(is_folded=True)
    assert person.service().is_folded
    service.fold(is_folded=False)
    assert not service.is_folded


CHECK_INS = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.integers(1, 5),
        st.lists(st.sampled_from(FEELINGS), max_size=3, unique=True),
        st.lists(st.sampled_from(["sleep", "study", "work", "screen"]), max_size=2, unique=True),
        st.sampled_from(["", "今天有点紧。明天再说", "so tired of it all", "a" * 300]),
    ),
    max_size=14,
)
STEPS = st.lists(
    st.sampled_from([*Answer, "open", "talk", "hour", "day", "week"]), min_size=1, max_size=14
)


@given(CHECK_INS, STEPS, st.sampled_from(["zh", "en"]))
def test_never_two_at_once_and_never_what_was_dismissed(
    check_ins: list[tuple[int, int, list[str], list[str], str]], steps: list[object], lang: str
) -> None:
    person = Person(MemoryVault())
    for back, mood, feelings, tags, note in check_ins:
        person.notes(back, mood, feelings=tuple(feelings), tags=tuple(tags), note=note)
    service = person.service()
    rested_at, never, reasons = -10 * DAY, set[str](), set[str]()
    made: dict[str, float] = {}
    for step in steps:
        found = service.now_for(lang)
        again = service.now_for(lang)
        assert found == again, "asking twice makes no second one"
        if isinstance(found, Suggestion):
            assert person.now - rested_at >= DAY
            assert found.item.key not in never
            assert found.rule not in reasons
            key = found.item.key
            today = date.fromisoformat(person.day())
            if key in made and made[key] != person.now:
                day = datetime.fromtimestamp(made[key]).astimezone().date()
                assert day == today or person.now - made[key] >= 7 * DAY
            if key not in made or person.now - made[key] >= 7 * DAY:
                made[key] = person.now
            if isinstance(step, Answer):
                service.answer(found, step)
                rested_at = person.now if step is Answer.NOT_NOW else rested_at
                never |= {key} if step is Answer.NOT_THIS else set()
                reasons |= {found.rule} if step is Answer.NOT_FOR_THIS else set()
            elif step == "open":
                service.note_opened(found.offer)
        if step == "talk":
            offered = service.in_talk(["我拖着论文不想动"], "zh", is_asked=False)
            if offered is not None:
                made[offered.item.key] = person.now
        person.now += {"hour": 3600.0, "day": DAY, "week": 7 * DAY}.get(str(step), 0.0)


@given(CHECK_INS, st.sampled_from(["zh", "en"]), st.integers(0, 23))
def test_numbers_of_a_reason_are_those_counted_again(
    check_ins: list[tuple[int, int, list[str], list[str], str]], lang: str, hour: int
) -> None:
    now = datetime(2026, 11, 20, hour, 5).astimezone().timestamp()
    person = Person(MemoryVault(), now)
    kept = [
        person.notes(back, mood, feelings=tuple(feelings), tags=tuple(tags), note=note)
        for back, mood, feelings, tags, note in check_ins
    ]
    found = person.service().now_for(lang)
    if not isinstance(found, Suggestion):
        return
    assert "{" not in found.because
    rule = next(r for r in suggestion_content().texts.rules(lang) if r.id == found.rule)
    week = [c for c in kept if person.day(6) <= c.day <= person.day()]
    numbers = [int(n) for n in re.findall(r"(?<![\d.-])\d+(?![\d.-])", found.because)]
    first = rule.when[0]
    if first.__class__.__name__ == "Feelings":
        hits = [c for c in week if set(c.feelings) & set(first.found)]  # type: ignore[union-attr]
        assert sorted(numbers) == sorted([first.days, len(hits)])  # type: ignore[union-attr]
    elif first.__class__.__name__ == "Moods":
        inside = [c for c in kept if person.day(first.days - 1) <= c.day]  # type: ignore[union-attr]
        days = {c.day for c in inside}
        means = [
            sum(c.mood for c in inside if c.day == day) / sum(c.day == day for c in inside)
            for day in days
        ]
        hit = [m for m in means if first.lowest <= m <= first.highest]  # type: ignore[union-attr]
        assert sorted(numbers) == sorted([first.days, len(hit)])  # type: ignore[union-attr]
    if found.source is not None and found.source.kind is SourceKind.CHECK_IN:
        source = next(c for c in kept if c.id == found.source.id)
        assert found.source.words in source.note
        assert source.day == found.source.day


@given(st.text(max_size=300), st.text(max_size=5))
def test_a_quote_is_the_person_s_own_letter_by_letter(text: str, word: str) -> None:
    found = clause_with(text, word)
    assert found in text
    assert len(found) <= LONGEST_QUOTE
