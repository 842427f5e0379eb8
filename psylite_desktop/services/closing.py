"""How a talk is closed: a summary of three lines and one next step, made by rules alone.

Extractive: labels of situations and short phrases of the person's own, put into sentences written
beforehand. No model has a part in it, and nothing of a talk that held danger is told again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psylite_desktop.content.closing import ClosingTexts
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.content.words import count_words
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.ending import Ending, Lines, Sketch
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.domain.stores import EndingStore
from psylite_desktop.domain.talk import Move
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.prompting import language_of

LIGHT = frozenset({"joy", "proud", "better"})
"""Situations that lighten instead of weighing."""
FEELING_WEIGHS = 2.0
"""What a word of feeling counts beside one of a situation."""
TRIED = 12
"""Phrases that are asked about for danger before the line goes without one."""
LONGEST_PLAN = 40
"""Characters (Chinese) or words of a next step in the person's own words."""
LONGEST_LINE = 400
"""Characters kept of one line."""
_SILENT = frozenset({Move.GREET, Move.LEAVE, Move.ASK_ABOUT, Move.CHAT})
"""Messages that are about nothing worth keeping."""


class Sketcher:
    """Proposes an ending. Pure: the same messages get the same one."""

    def __init__(
        self,
        *,
        texts: ClosingTexts,
        situations: GuidedReplies,
        moves: Moves,
        quoting: Quoting,
        is_safe: Callable[[str], bool],
    ) -> None:
        """`is_safe` refuses phrases with words of risk."""
        self._texts = texts
        self._situations = situations
        self._moves = moves
        self._quoting = quoting
        self._is_safe = is_safe

    def sketch(self, messages: Sequence[Message], level: Level, *, default_lang: str) -> Sketch:
        """Three lines and a next step for a talk; `level` is where the person stands now."""
        said = [message for message in messages if message.role is Role.USER]
        lang = language_of(" ".join(message.text for message in said), default_lang)
        pick = _Pick(zlib.crc32(repr([message.text for message in said]).encode()))
        file = self._texts.files[lang]
        if level >= Level.CRISIS or any(message.level >= Level.CRISIS for message in messages):
            lines = (pick(file.lines.guarded), "", "")
            step = pick(file.guarded_step.texts)
            return Sketch(pick(file.goodbye.guarded), lines, step, is_guarded=True)
        heard = self._hear(said, lang)
        own = self._own_step(heard, lang)
        quote, is_light = self._telling(heard, lang, never=own)
        lines = (
            self._about(heard, lang, pick),
            self._weighing(quote, lang, pick, is_light=is_light),
            self._helping(heard, lang, pick, never=quote),
        )
        written = "" if is_light else self._written_step(heard, lang, pick)
        return Sketch(pick(file.goodbye.plain), lines, own or written)

    def _hear(self, said: Sequence[Message], lang: str) -> _Heard:
        scores: dict[str, float] = {}
        for message in said:
            for tag, score in self._situations.situations(lang, message.text).items():
                scores[tag] = scores.get(tag, 0.0) + score
        calm = [message.text for message in said if message.level == Level.NONE]
        telling = [text for text in calm if self._moves.move(text, lang) not in _SILENT]
        order = sorted(scores, key=lambda tag: (-scores[tag], tag))
        return _Heard(tuple(order), tuple(calm), tuple(telling))

    def _about(self, heard: _Heard, lang: str, pick: _Pick) -> str:
        known = self._situations.tags(lang)
        labelled = [tag for tag in heard.tags if known[tag].label]
        labelled.sort(
            key=lambda tag: known[tag].feeling
        )  # stable: what happened before how it felt
        labels = list(dict.fromkeys(known[tag].label for tag in labelled))[:2]
        lines = self._texts.files[lang].lines
        match labels:
            case [topic, other]:
                return pick(lines.two_topics).replace("{topic}", topic).replace("{other}", other)
            case [topic]:
                return pick(lines.one_topic).replace("{topic}", topic)
            case _:
                return pick(lines.no_topic)

    def _telling(self, heard: _Heard, lang: str, *, never: str) -> tuple[str, bool]:
        """The most telling phrase outside of `never`, and whether it is a light one."""

        def weight(clause: str) -> float:
            return 0.0 if clause in never else self._weight(clause, lang)

        best = {
            text: weight(phrase)
            for text in heard.telling
            if (phrase := self._quoting.phrase(text, lang, weight=weight, is_safe=_has_no_number))
        }
        for text in sorted(best, key=lambda text: -best[text])[:TRIED]:
            phrase = self._phrase(text, lang, weight)
            if phrase:
                found = self._situations.situations(lang, phrase)
                known = self._situations.tags(lang)
                is_light = not LIGHT.isdisjoint(found) and not any(known[t].feeling for t in found)
                return phrase, is_light
        return "", False

    def _weight(self, clause: str, lang: str) -> float:
        known = self._situations.tags(lang)
        return sum(
            score * (FEELING_WEIGHS if known[tag].feeling else 1.0)
            for tag, score in self._situations.situations(lang, clause).items()
            if known[tag].label or known[tag].feeling or tag in LIGHT
        )

    def _phrase(self, text: str, lang: str, weight: Callable[[str], float]) -> str:
        return self._quoting.phrase(text, lang, weight=weight, is_safe=self._may_stand)

    def _may_stand(self, text: str) -> bool:
        return _has_no_number(text) and self._is_safe(text)

    def _weighing(self, quote: str, lang: str, pick: _Pick, *, is_light: bool) -> str:
        lines = self._texts.files[lang].lines
        if not quote:
            return pick(lines.no_quote)
        return pick(lines.lightens if is_light else lines.weighs).replace("{quote}", quote)

    def _helping(self, heard: _Heard, lang: str, pick: _Pick, *, never: str) -> str:
        """A connection the person saw, else what eased, else that they came and spoke."""
        lines = self._texts.files[lang].lines
        wondering = [t for t in heard.calm if self._moves.move(t, lang) is Move.WONDER]
        for text in reversed(wondering[-TRIED:]):
            shows = self._moves.find(text, lang)[1]

            def weight(clause: str, shows: str = shows) -> float:
                return 0.0 if clause == never else 1.0 + (shows in clause.lower())

            phrase = self._phrase(text, lang, weight)
            if phrase:
                return pick(lines.saw).replace("{quote}", phrase)
        if wondering:
            return pick(lines.saw_plain)
        return pick(lines.eased if "better" in heard.tags else lines.came)

    def _own_step(self, heard: _Heard, lang: str) -> str:
        tried = 0
        for text in reversed(heard.calm):
            for plan in reversed(self._texts.plans(lang, text)):
                length = len(plan.text) if lang == "zh" else count_words(plan.text)
                if not plan.rest or length > LONGEST_PLAN or tried >= TRIED:
                    continue
                tried += 1
                if not self._quoting.is_private(plan.rest, lang) and self._may_stand(plan.text):
                    return plan.text
        return ""

    def _written_step(self, heard: _Heard, lang: str, pick: _Pick) -> str:
        for tag in heard.tags:
            step = self._texts.step_for(lang, tag)
            if step is not None:
                return pick(step.texts)
        return ""


class ClosingService:
    """Proposes, keeps and finds the endings of one profile. Methods raise VaultError."""

    def __init__(
        self,
        *,
        store: EndingStore,
        conversations: ConversationStore,
        sketcher: Sketcher,
        level: Callable[[], Level],
        language: Callable[[], str],
        clock: Clock,
    ) -> None:
        """`level` is where the person stands now; `language` decides where texts do not."""
        self._store = store
        self._conversations = conversations
        self._sketcher = sketcher
        self._level = level
        self._language = language
        self._clock = clock

    def sketch(self, conversation_id: int) -> Sketch:
        """Propose an ending; nothing is stored."""
        messages = self._conversations.messages(conversation_id)
        others = self._conversations.other_versions(conversation_id)
        # What was heard stays heard, whichever version of a message is shown.
        level = max([self._level(), *(Level(one.message.level) for one in others)])
        return self._sketcher.sketch(messages, level, default_lang=self._language())

    def keep(self, conversation_id: int, lines: Lines, next_step: str) -> Ending:
        """Keep an ending as the person left it, each line on one line."""
        first, second, third = (_one_line(line) for line in lines)
        ending = Ending(
            conversation_id, (first, second, third), _one_line(next_step), self._clock.now()
        )
        self._store.save(ending)
        return ending

    def load(self, conversation_id: int) -> Ending | None:
        """What was kept of a conversation; None where nothing was."""
        return self._store.load(conversation_id)


def harmless(assessor: Assessor) -> Callable[[str], bool]:
    """Whether a phrase holds no sign of risk and asks for nothing that would be declined."""

    def is_safe(text: str) -> bool:
        found = assessor.assess(text)
        return (
            found.level is Level.NONE
            and found.request is Request.NONE
            and not any(signs for _, _, signs in assessor.scan(text))
        )

    return is_safe


@dataclass(frozen=True, slots=True)
class _Heard:
    """Situations, the weightiest first; what was said without any risk; what of it tells much."""

    tags: tuple[str, ...]
    calm: tuple[str, ...]
    telling: tuple[str, ...]


class _Pick:
    """Chooses among wordings: another one for another talk, the same for the same."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def __call__(self, wordings: Sequence[str]) -> str:
        return wordings[self._seed % len(wordings)]


def _has_no_number(text: str) -> bool:
    """No digits of any script; Chinese numerals stand in too many ordinary words."""
    return not any(
        char.isdigit() or (char.isnumeric() and not "\u3400" <= char <= "\u9fff") for char in text
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]
