"""Guided mode: answers from replies written beforehand, for when no model writes.

It understands the situation and the feeling by their words and by the passages that lie near a
message, follows the stage of the talk, keeps the thread, quotes the person now and then, and
repeats nothing in a conversation.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.content.guided import GuidedReplies, GuidedReply
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.domain.passage import Found
from psylite_desktop.domain.talk import Stage
from psylite_desktop.safety.assess import Assessor

FADE = 0.4
"""What an earlier message weighs beside the one after it."""
TOPIC_FADE = 0.8
"""The same, for what the talk is about."""
BESIDE = 0.6
"""What a feeling weighs where a situation is named beside it."""
REACH = 5
"""Messages of the person that are listened back to."""
FROM_ROUTE = 3.0
FROM_PASSAGE = 4.0
"""For the situations of the nearest passage, which is right far more often than a single word."""
SURE = 0.45
"""From this score the nearest passage is the right one in six of seven messages (measured,
model_store/embedder/README.md): its own sentence is the answer then. Below, the passages near only
say what cannot be meant."""
MISSING = 1.5
OTHER = 3.0
"""Against a reply about something that nobody spoke of."""
STAGE = 1.5
WRONG_STAGE = 2.5
NEW = 1.0
"""For a reply to something that the newest message itself speaks of."""
QUOTED = 1.2
THREAD = 3.0
UNCLEAR = 1.0
JUST_USED = 4.0
AS_GOOD = 0.6
"""Replies within this much of the best are as good; the conversation decides between them."""
REMEMBERED = 60
_UNCLEAR = "unclear"
_THREAD = "thread"
_OPEN = frozenset({_UNCLEAR, _THREAD})
_QUOTE_MARK = "“"
WANDER = 2
"""Messages of the person that a model's sentence may take up."""
TAKEN_UP = 0.25
"""The share of a sentence's pairs of characters that must come from there."""
_EVERYWHERE = re.compile(
    "你好|你的|我的|自己|什么|怎么|这样|那样|这个|那个|现在|最近|觉得|感觉|听起来|可以|知道|时候|一下|"
    "有没有|是不是|能不能|因为|所以|但是|可能|还是|已经|如果|一个|没有|不是|就是|[的了吗呢吧啊你我他她它]"
)


@dataclass(frozen=True, slots=True)
class Guided:
    """A chosen reply: its text, its id, and what of the person's it takes up."""

    text: str
    id: str
    quote: str = ""
    topics: tuple[str, ...] = ()


class GuidedTalk:
    """Chooses replies for one profile, and remembers what it said lately."""

    def __init__(self, replies: GuidedReplies, quoting: Quoting, assessor: Assessor) -> None:
        """`assessor` keeps words of risk out of quotations."""
        self._replies = replies
        self._quoting = quoting
        self._assessor = assessor
        self._lately: deque[str] = deque(maxlen=REMEMBERED)

    def reply(
        self,
        texts: Sequence[str],
        shown: Sequence[str],
        *,
        lang: str,
        stage: Stage = Stage.EXPLORE,
        tags: Sequence[str] = (),
        near: Sequence[Found] = (),
    ) -> Guided:
        """Answer the newest of the person's `texts` (oldest first).

        `shown` are the replies of this conversation: none comes again while another is left.
        `tags` add situations known from elsewhere, a route for example; unknown ones are ignored.
        `near` are the techniques near the newest message, best first.
        """
        sure = near[0].passage if near and near[0].score >= SURE else None
        if sure is not None and stage is Stage.EXPLORE and not tags and sure.say not in shown:
            return Guided(sure.say, f"say-{sure.id}", topics=sure.tags)
        heard = self._hear(texts, lang, tags, near)
        quote = "" if _quoted_last(shown) else self._quote(texts[-1], lang)
        fresh = [one for one in self._replies.replies(lang) if not one.is_in(shown)]
        if not fresh:
            return self._oldest(shown, lang, heard, self._quote(texts[-1], lang))
        usable = [
            one for one in fresh if (quote or not one.quotes) and (heard.topic or not one.recalls)
        ]
        fits = {one.id: self._fit(one, heard, stage, quote) for one in usable or fresh}
        best = max(fits.values())
        good = [one for one in usable or fresh if fits[one.id] >= best - AS_GOOD]
        seed = zlib.crc32((texts[0] + str(len(shown))).encode("utf-8", "replace"))
        chosen = good[seed % len(good)]
        self._lately.append(chosen.id)
        return _filled(chosen, heard, quote)

    def wanders(
        self, sentence: str, texts: Sequence[str], note: str, *, lang: str, is_first: bool
    ) -> bool:
        """Whether a model's sentence has nothing to do with the person's words or the passage.

        It wanders where it brings up a situation that nobody spoke of; a first sentence also where
        it names none and takes up hardly a word of the last messages and of `note`.
        """
        near = [*texts[-WANDER:], note]
        told = {tag for text in near for tag in self._replies.situations(lang, text)}
        known = self._replies.tags(lang)
        said = self._replies.situations(lang, sentence)
        if any(known[tag].label and not known[tag].feeling and tag not in told for tag in said):
            return True
        if said or not is_first:
            return False
        pairs = _pairs(sentence)
        taken_up = pairs & {pair for text in near for pair in _pairs(text)}
        return len(taken_up) < max(2, TAKEN_UP * len(pairs))

    def _hear(
        self, texts: Sequence[str], lang: str, tags: Sequence[str], near: Sequence[Found]
    ) -> _Heard:
        known = self._replies.tags(lang)
        now = self._meant(self._weighed(lang, texts[-1]), lang, near)
        for tag in tags:
            if tag in known:
                now[tag] = now.get(tag, 0.0) + FROM_ROUTE
        scores, before = dict(now), dict[str, float]()
        for steps, text in enumerate(reversed(texts[-REACH:-1]), start=1):
            for tag, score in self._weighed(lang, text).items():
                scores[tag] = scores.get(tag, 0.0) + FADE**steps * score
                before[tag] = before.get(tag, 0.0) + TOPIC_FADE**steps * score
        topic = ""
        if not any(known[tag].label for tag in now):
            named = [tag for tag in before if known[tag].label]
            if named:
                topic = known[max(named, key=lambda tag: before[tag])].label
        return _Heard(now, scores, topic)

    def _meant(self, said: dict[str, float], lang: str, near: Sequence[Found]) -> dict[str, float]:
        """What words say, corrected by the passages near them, where there are any.

        A situation that no passage near shares was named by the way: nothing heard is better.
        """
        if not near:
            return said
        known = self._replies.tags(lang)
        shared = {tag for one in near for tag in one.passage.tags}
        now = {
            tag: score
            for tag, score in said.items()
            if tag in shared or known[tag].feeling or not known[tag].label
        }
        if near[0].score >= SURE:
            for tag in near[0].passage.tags:
                if tag in known:
                    extra = FROM_PASSAGE * (BESIDE if known[tag].feeling else 1.0)
                    now[tag] = now.get(tag, 0.0) + extra
        return now

    def _weighed(self, lang: str, text: str) -> dict[str, float]:
        """Situations in a text; beside one, a feeling counts for less."""
        known = self._replies.tags(lang)
        found = self._replies.situations(lang, text)
        if all(known[tag].feeling for tag in found):
            return found
        return {
            tag: score * (BESIDE if known[tag].feeling else 1.0) for tag, score in found.items()
        }

    def _quote(self, text: str, lang: str) -> str:
        words = self._replies.words_of(lang, text)

        def weight(clause: str) -> float:
            folded = clause.lower()
            return sum(len(word) for word in words if word in folded) or 0.1

        return self._quoting.phrase(text, lang, weight=weight, is_safe=self._is_safe)

    def _is_safe(self, clause: str) -> bool:
        return not any(signs for _, _, signs in self._assessor.scan(clause)) and (
            self._assessor.assess(clause).level == 0
        )

    def _fit(self, reply: GuidedReply, heard: _Heard, stage: Stage, quote: str) -> float:
        """How well a reply fits; what the newest message says weighs most."""
        fit = sum(heard.scores.get(tag, 0.0) for tag in reply.tags)
        asked = [tag for tag in reply.tags if tag not in _OPEN]
        fit -= MISSING * sum(tag not in heard.scores for tag in asked)
        if asked and not any(tag in heard.scores for tag in asked):
            fit -= OTHER
        if reply.stage != "any":
            fit += STAGE if reply.stage == stage.value else -WRONG_STAGE
        if any(tag in heard.now for tag in reply.tags):
            fit += NEW
        elif not asked and not heard.topic and heard.now:
            fit -= OTHER  # an open reply, although something was named
        if quote and reply.quotes:
            fit += QUOTED
        if heard.topic and _THREAD in reply.tags:
            fit += THREAD
        if _UNCLEAR in reply.tags and not heard.topic and not heard.now:
            fit += UNCLEAR
        return fit - (JUST_USED if reply.id in self._lately else 0.0)

    def _oldest(self, shown: Sequence[str], lang: str, heard: _Heard, quote: str) -> Guided:
        """With everything said, the reply that was said longest ago and can be said again."""
        order = [
            (max(place for place, text in enumerate(shown) if one.is_in([text])), one)
            for one in self._replies.replies(lang)
            if (quote or not one.quotes) and (heard.topic or not one.recalls)
        ]
        return _filled(min(order, key=lambda pair: pair[0])[1], heard, quote)


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring characters without the words that stand in every sentence."""
    plain = _EVERYWHERE.sub(" ", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1) if plain[at : at + 2].isalnum()}


@dataclass(frozen=True, slots=True)
class _Heard:
    """Situations in the newest message, in all lately, and the one to come back to."""

    now: Mapping[str, float]
    scores: Mapping[str, float]
    topic: str


def _filled(reply: GuidedReply, heard: _Heard, quote: str) -> Guided:
    topics = tuple(tag for tag in reply.tags if tag in heard.scores)
    return Guided(
        reply.filled(quote=quote, topic=heard.topic),
        reply.id,
        quote=quote if reply.quotes else "",
        topics=(*topics, heard.topic) if reply.recalls else topics,
    )


def _quoted_last(shown: Sequence[str]) -> bool:
    return bool(shown) and _QUOTE_MARK in shown[-1]
