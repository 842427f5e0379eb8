"""Suggestions of one profile: at most one at a time, made by rules, so that each is true.

A reason is a sentence with numbers counted from what is stored, and a piece of the person's own
words with the place it stands at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.content.suggestions import NAMED, SuggestionTexts
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.exercise import Badge
from psylite_desktop.domain.passage import Passage
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Level, RiskState
from psylite_desktop.domain.suggestion import (
    Answer,
    GivenAnswer,
    Item,
    ItemKind,
    Named,
    NoSuggestion,
    Offer,
    Place,
    Suggestion,
    ThemesSource,
)
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.prompting import language_of
from psylite_desktop.services.suggestion_conditions import Names
from psylite_desktop.services.suggestion_facts import Facts, SaidMessage, local_day
from psylite_desktop.services.suggestion_rules import (
    DAY_S,
    NOT_AGAIN_S,
    Fit,
    Records,
    choose,
    choose_in_talk,
    others_of,
)

DAYS = 14
"""Days that are looked back, today included."""
GRAVE_DAYS = 7
"""Days after something grave in which only plan and help are suggested."""
TALKS = 20
MESSAGES = 200
"""Conversations and messages that are read, the newest ones."""
CHARACTERS, HEARD = 2_000, 800
"""Of one message that are looked at for cautions, and for what it is about."""
REMEMBERED = 1_000
"""Messages whose words are not looked up again."""
RUNS = 100
TURNS_BACK = 2
"""Messages of a talk that an exercise beside a reply goes by."""
FOLDED = "suggestion-card"
"""Name under which it is kept that the card is folded."""


@dataclass(frozen=True, slots=True)
class SuggestionContent:
    """What suggestions are made of; `article` finds one by id and language."""

    texts: SuggestionTexts
    exercises: ExerciseTexts
    scales: ScaleTexts
    words: CheckInWords
    situations: GuidedReplies
    article: Callable[[str, str], Passage | None]


class SuggestionService:
    """Suggests, records, and forgets nothing that was refused. Methods raise VaultError."""

    def __init__(
        self,
        content: SuggestionContent,
        *,
        vault: Vault,
        state: Callable[[], RiskState],
        clock: Clock,
        themes: ThemesSource,
    ) -> None:
        """`state` is where the person stands."""
        self._texts = content.texts
        self._exercises = content.exercises
        self._scales = content.scales
        self._words = content.words
        self._situations = content.situations
        self._article = content.article
        self._vault = vault
        self._state = state
        self._clock = clock
        self._themes = themes
        self._heard: dict[tuple[int, int, str], Mapping[str, tuple[str, ...]]] = {}

    # -- what is suggested

    def now_for(self, lang: str) -> Suggestion | NoSuggestion:
        """The suggestion of now for Home, kept as offered; or why there is none."""
        facts, records, names = self.facts(lang), self._records(), self._names(lang)

        def available(key: str) -> bool:
            return self._is_there(key, lang)

        found = choose(self._texts.rules(lang), facts, records, names, available)
        if not isinstance(found, Fit):
            return NoSuggestion(found)
        offer = found.offer or self._vault.suggestions.add(
            Offer(found.rule.id, found.item, facts.now, Place.HOME)
        )
        others = others_of(found, facts, records, available)
        return self._told(found, others, offer.id, lang)

    def in_talk(
        self, texts: Sequence[str], lang: str, *, is_asked: bool, level: Level = Level.NONE
    ) -> Suggestion | None:
        """An exercise for what was said last in a talk, kept as offered; None where none fits.

        `is_asked`: the person asked for one, so that "not now" does not hold it back. `level` is
        the turn's own.
        """
        records, now = self._records(), self._clock.now()
        if level > Level.NONE or (records.rests(now) and not is_asked):
            return None
        scores: dict[str, float] = {}
        for text in texts[-TURNS_BACK:]:
            for topic, score in self._situations.situations(lang, text[:HEARD]).items():
                scores[topic] = scores.get(topic, 0.0) + score
        topics = sorted(scores, key=lambda one: (-scores[one], one))
        if not topics:
            return None
        facts = self.facts(lang, said=texts)

        def available(key: str) -> bool:
            return self._is_there(key, lang)

        chosen = choose_in_talk(self._texts.rules(lang), facts, records, topics, available)
        if chosen is None:
            return None
        rule, key = chosen
        offer = self._vault.suggestions.add(Offer(rule.id, key, now, Place.TALK))
        return self._told(Fit(rule, key, {}, None), (), offer.id, lang)

    # -- what the person says to it

    def note_opened(self, offer_id: int) -> None:
        """It was taken up."""
        self._vault.suggestions.note_opened(offer_id, self._clock.now())

    def answer(self, suggestion: Suggestion, answer: Answer) -> GivenAnswer:
        """Keep "not now", "not this" or "never for this reason"."""
        subject = {
            Answer.NOT_NOW: "",
            Answer.NOT_THIS: suggestion.item.key,
            Answer.NOT_FOR_THIS: suggestion.rule,
        }[answer]
        given = GivenAnswer(answer, subject, self._clock.now())
        self._vault.suggestions.answer(given)
        return given

    def take_back(self, given: GivenAnswer) -> None:
        """Forget an answer."""
        self._vault.suggestions.take_back(given.answer, given.subject)

    def answers(self) -> list[GivenAnswer]:
        """Answers that hold now, oldest first."""
        now = self._clock.now()
        return [
            one
            for one in self._vault.suggestions.answers()
            if one.answer is not Answer.NOT_NOW or now - one.at < DAY_S
        ]

    def called(self, given: GivenAnswer, lang: str) -> str:
        """What an answer is about, in words: an item's title, or the titles a reason led to."""
        if given.answer is Answer.NOT_THIS:
            return self._title(Item.of(given.subject), lang) or given.subject
        rule = next((one for one in self._texts.rules(lang) if one.id == given.subject), None)
        return rule.about if rule is not None else ""

    @property
    def is_folded(self) -> bool:
        """Whether the card is folded away."""
        return bool(self._vault.drafts.load(FOLDED))

    def fold(self, *, is_folded: bool) -> None:
        """Keep whether the card is folded away."""
        self._vault.drafts.save(FOLDED, "folded" if is_folded else "")

    # -- what is known

    def facts(self, lang: str, *, said: Sequence[str] = ()) -> Facts:
        """Everything rules may go by, as it is stored now; `said` are words that are not."""
        vault, now = self._vault, self._clock.now()
        today = local_day(now)
        first = today - timedelta(days=DAYS - 1)
        since = now - DAYS * DAY_S
        check_ins = tuple(vault.check_ins.between(first.isoformat(), today.isoformat()))
        messages = tuple(self._messages(since, lang))
        texts = [*said, *(one.note for one in check_ins), *(one.text for one in messages)]
        texts += [note.text for note in vault.memory_notes.notes(self._clock.lived())]
        return Facts(
            now=now,
            check_ins=check_ins,
            messages=messages,
            themes=tuple(self._themes.themes(since)),
            finished=tuple(vault.exercise_runs.finished_runs(limit=RUNS)),
            begun=tuple(vault.exercise_runs.open_runs()),
            scale_runs=tuple(vault.scale_runs.runs()),
            has_plan=any(entry.text.strip() for entry in vault.safety_plan.entries()),
            had_danger=self._had_danger(check_ins, messages, now),
            forbidden=self._texts.forbidden(
                texts, (feeling for one in check_ins for feeling in one.feelings)
            ),
        )

    def _messages(self, since: float, lang: str) -> list[SaidMessage]:
        read: list[tuple[int, Message]] = []
        for talk in self._vault.conversations.conversations(limit=TALKS):
            if talk.updated_at < since:
                continue
            for message in self._vault.conversations.messages(talk.id):
                if message.role is Role.USER and message.created_at >= since:
                    read.append((talk.id, message))
        read.sort(key=lambda one: one[1].created_at)
        return [self._said(talk_id, message, lang) for talk_id, message in read[-MESSAGES:]]

    def _said(self, talk_id: int, message: Message, lang: str) -> SaidMessage:
        """A message with the words it holds; looked at once, as long as this service lives."""
        text = message.text[:CHARACTERS]
        key = (message.id, hash(text), lang)
        words = self._heard.get(key)
        if words is None:
            words = self._situations.words_by_situation(language_of(text, lang), text[:HEARD])
            if len(self._heard) >= REMEMBERED:
                self._heard.clear()
            self._heard[key] = words
        return SaidMessage(text, talk_id, message.created_at, message.level, words)

    def _had_danger(
        self, check_ins: Sequence[CheckIn], messages: Sequence[SaidMessage], now: float
    ) -> bool:
        state = self._state()
        lived = self._clock.lived() - GRAVE_DAYS * DAY_S
        if state.level >= Level.CRISIS and (state.raised_at is None or state.raised_at >= lived):
            return True
        recent = now - GRAVE_DAYS * DAY_S
        if any(one.level >= Level.CRISIS and one.at >= recent for one in messages):
            return True
        # Messages that gave way to an edit were heard as well.
        if self._vault.conversations.highest_level(recent, math.inf) >= Level.CRISIS:
            return True
        return any(one.level >= Level.CRISIS and one.at >= recent for one in check_ins)

    # -- words

    def _told(self, found: Fit, others: Sequence[str], offer: int, lang: str) -> Suggestion:
        item = Item.of(found.item)
        exercise = self._exercises.find(item.id, lang) if item.kind is ItemKind.EXERCISE else None
        passage = self._article(item.id, lang) if item.kind is ItemKind.ARTICLE else None
        badge = exercise.badge if exercise is not None else found.rule.badge
        if passage is not None:
            badge = Badge(passage.badge)
        slots = dict(found.slots)
        return Suggestion(
            rule=found.rule.id,
            about=found.rule.about,
            item=item,
            title=self._title(item, lang),
            because=found.rule.because.format(**slots) if slots else found.rule.because,
            helps=found.rule.helps,
            badge=badge,
            others=tuple(Named(Item.of(key), self._title(Item.of(key), lang)) for key in others),
            source=found.source,
            minutes=exercise.minutes if exercise is not None else 0,
            offer=offer,
        )

    def read(self, item: Item, lang: str) -> Passage | None:
        """An article, to be read in place."""
        return self._article(item.id, lang) if item.kind is ItemKind.ARTICLE else None

    def _title(self, item: Item, lang: str) -> str:
        if item.kind is ItemKind.EXERCISE:
            exercise = self._exercises.find(item.id, lang)
            return exercise.title if exercise is not None else ""
        if item.kind is ItemKind.SCALE:
            scale = next((one for one in self._scales.scales(lang) if one.id == item.id), None)
            return scale.name if scale is not None and scale.is_open else ""
        if item.kind is ItemKind.ARTICLE:
            passage = self._article(item.id, lang)
            return passage.title if passage is not None else ""
        return self._texts.name(lang, item.kind) if item.kind in NAMED else ""

    def _is_there(self, key: str, lang: str) -> bool:
        item = Item.of(key)
        return bool(self._title(item, lang))

    def _names(self, lang: str) -> Names:
        def again_after(scale_id: str) -> int:
            known = {scale.id: scale.again_after_days for scale in self._scales.scales(lang)}
            return known.get(scale_id, DAYS)

        return Names(
            feeling=lambda one: self._words.feeling(lang, one),
            tag=lambda one: self._words.tag(lang, one),
            mood=lambda one: self._words.mood(lang, one),
            exercise=lambda one: self._title(Item(ItemKind.EXERCISE, one), lang),
            comma="、" if lang == "zh" else ", ",
            again_after=again_after,
        )

    def _records(self) -> Records:
        store = self._vault.suggestions
        return Records(store.since(self._clock.now() - NOT_AGAIN_S), store.answers())
