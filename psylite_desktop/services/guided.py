"""Guided mode: answers from replies written beforehand, for when no model writes.

A situation is opened by the sentence of the passage that is surely meant, or by a reply that fits
what was heard and the stage of the talk. While the talk stays with it, what a message plainly tells
is taken up, else replies for what it does go on from there. Nothing is repeated in a conversation.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psylite_desktop.content.guided import GuidedReplies, GuidedReply
from psylite_desktop.content.moments import CORPUS as MOMENTS
from psylite_desktop.content.moments import Moment
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.domain.chat_events import PassageUse
from psylite_desktop.domain.passage import Found, Near
from psylite_desktop.domain.talk import Act, Stage
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.hearing import OPENS_SURELY, REMEMBERED, SURE, Heard, Hearing
from psylite_desktop.services.passage_use import used

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
_UNCLEAR = "unclear"
_THREAD = "thread"
_GOODBYE = "goodbye"
_THANKS = "thanks"
THANKS_MOST = 60
"""Characters of a message that is thanks and little more."""
NOTHING_NEAR = Near()
_LIGHT = "smalltalk"
_GREETING = "greeting"
_JOY = "joy"
_LIGHT_TALK = frozenset({_LIGHT, _JOY})
_TOLD_IN = _LIGHT_TALK | {"advice"}
_ASKS = frozenset({Act.ASK, Act.WONDER})
_TELLS = frozenset({Act.MORE, Act.TOLD})
_ASKED = re.compile("[?？]")
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
    """A chosen reply: its text, its id, and what of the person's it takes up.

    `meant` is the passage or the moment whose own sentence it is.
    """

    text: str
    id: str
    quote: str = ""
    topics: tuple[str, ...] = ()
    meant: PassageUse | None = None


class GuidedTalk:
    """Chooses replies for one profile, and remembers what it said lately."""

    def __init__(
        self, replies: GuidedReplies, moves: Moves, quoting: Quoting, assessor: Assessor
    ) -> None:
        """`assessor` keeps words of risk out of quotations."""
        self._replies = replies
        self._hearing = Hearing(replies, moves)
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
        near: Near = NOTHING_NEAR,
    ) -> Guided:
        """Answer the newest of the person's `texts` (oldest first).

        `shown` are the replies of this conversation: none comes again while another is left.
        `tags` add situations known from elsewhere, a route for example; unknown ones are ignored.
        """
        heard = self._hearing.hear(texts, lang, tags, near.message, near.talk)
        nearest = self._hearing.ordered(texts[-1], lang, near.message)
        opens = stage is Stage.EXPLORE and not tags
        sure = self._surely_meant(heard, nearest) if opens else None
        if sure is not None and sure.passage.say not in shown:
            meant = sure.passage
            self._hearing.answered(texts[-1], meant.tags, lang)
            return Guided(meant.say, f"say-{meant.id}", topics=meant.tags, meant=used(sure))
        closing = _closing(texts[-1], heard, tags)
        choice = None if closing or _is_light(heard) else self._choice(texts, shown, lang)
        if choice is not None:
            return choice
        if not closing and _TOLD_IN.issuperset(tags):
            told = self._replies.moments(lang).told(texts[-1], [m.passage.id for m in near.moments])
            light = not _LIGHT_TALK.isdisjoint(tags)
            moment = self._moment(heard, told, shown, light=light, seed=texts[0])
            if moment is not None:
                return moment
        quote = "" if _quoted_last(shown) else self._quote(texts[-1], lang)
        going_on = self._going_on(heard, shown, lang, quote)
        if going_on is not None:
            self._lately.append(going_on.id)
            return _filled(going_on, heard, quote)
        fresh = [
            one for one in self._replies.replies(lang) if one.act is None and not one.is_in(shown)
        ]
        if not fresh:
            return self._oldest(shown, lang, heard, self._quote(texts[-1], lang))
        usable = [
            one
            for one in fresh
            if (quote or not one.quotes)
            and (heard.topic or not one.recalls)
            and not (shown and _GREETING in one.tags)
        ]
        if closing:  # answered as that, whatever else its words point to
            usable = [one for one in usable if closing in one.tags] or usable
        fits = {one.id: self._fit(one, heard, stage, quote) for one in usable or fresh}
        best = max(fits.values())
        good = [one for one in usable or fresh if fits[one.id] >= best - AS_GOOD]
        seed = zlib.crc32((texts[0] + str(len(shown))).encode("utf-8", "replace"))
        chosen = good[seed % len(good)]
        self._lately.append(chosen.id)
        self._hearing.answered(texts[-1], [tag for tag in chosen.tags if tag in heard.now], lang)
        return _filled(chosen, heard, quote)

    @staticmethod
    def _surely_meant(heard: Heard, near: Sequence[Found]) -> Found | None:
        """The passage whose own sentence answers; None beside what the talk is about.

        In a glad talk trouble must be plainly meant: "I always failed until today" is a triumph.
        """
        asked = OPENS_SURELY if _JOY in heard.scores else SURE
        if not near or near[0].score < asked or (heard.act is Act.SHORT and heard.subject):
            return None
        tags = near[0].passage.tags
        return near[0] if not heard.subject or heard.subject in tags else None

    def _choice(self, texts: Sequence[str], shown: Sequence[str], lang: str) -> Guided | None:
        """Company for somebody who asks which of two ways to go: no answer is picked for them."""
        choices = self._replies.choices(lang)
        choice = choices.hear(texts[-1])
        if choice is None or not all(map(self._may_quote(lang), (choice.one, choice.other))):
            return None
        fresh = [one for one in choices.replies(choice) if not one.is_in(shown)]
        fresh = [one for one in fresh if one.id not in self._lately] or fresh
        if not fresh:
            return None
        chosen = fresh[zlib.crc32(texts[0].encode("utf-8", "replace")) % len(fresh)]
        self._lately.append(chosen.id)
        return Guided(chosen.filled(choice), chosen.id, quote=choice.one)

    def _moment(
        self, heard: Heard, told: Sequence[Moment], shown: Sequence[str], *, light: bool, seed: str
    ) -> Guided | None:
        """A sentence for what the newest message plainly tells; each moment once in a talk.

        Who asks for something is answered as that, unless the moment is the asking. In light talk
        only glad ones are told, and a glad one not beside what weighs: an orange peeled by a sick
        father is no treat.
        """
        if heard.act in _ASKS:
            told = [one for one in told if one.asked]
        glad = light or (heard.act in _TELLS and heard.subject in {"", _JOY})
        for one in told:
            if (glad if one.glad else not light) and not set(one.says) & set(shown):
                return self._said_of(one, seed)
        return None

    def _said_of(self, told: Moment, seed: str) -> Guided:
        """One of a moment's sentences, none that was said lately: they take turns."""
        names = [f"moment-{told.id}-{place}" for place in range(len(told.says))]
        fresh = [name for name in names if name not in self._lately] or names
        name = fresh[zlib.crc32(seed.encode("utf-8", "replace")) % len(fresh)]
        self._lately.append(name)
        meant = PassageUse(MOMENTS, told.id, 1.0, told.title)
        return Guided(told.says[names.index(name)], f"moment-{told.id}", meant=meant)

    def _going_on(
        self, heard: Heard, shown: Sequence[str], lang: str, quote: str
    ) -> GuidedReply | None:
        """The next reply that goes on with the subject, in the order they were written in.

        Where all for this act are said, what answers somebody who tells more is right as well.
        Where nothing is heard of any subject, the replies that suit every one.
        """
        nothing = not (heard.now or heard.topic or _LIGHT in heard.scores)
        if nothing and not shown and heard.act in _TELLS:
            return None  # "I deliver parcels, six years now" opens a talk: a welcome, no follow-up
        subject = heard.subject or (_UNCLEAR if nothing else "")
        told = heard.act is Act.TOLD
        acts = [heard.act, Act.MORE]
        if told and shown and not _ASKED.search(shown[-1]):
            acts.reverse()  # after one that asks nothing, one that goes on: most of these ask
        for act in dict.fromkeys(acts):
            fresh = [
                one
                for one in self._replies.going_on(lang, subject, act)
                if not one.is_in(shown) and (quote or not one.quotes)
            ]
            if told:
                fresh = [one for one in fresh if not one.scene] or (
                    fresh if act is acts[-1] else []
                )
            if fresh:
                return next((one for one in fresh if one.id not in self._lately), fresh[0])
        return None

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

    def _quote(self, text: str, lang: str) -> str:
        words = self._replies.words_of(lang, text)

        def weight(clause: str) -> float:
            folded = clause.lower()
            return sum(len(word) for word in words if word in folded) or 0.1

        return self._quoting.phrase(text, lang, weight=weight, is_safe=self._is_safe)

    def _may_quote(self, lang: str) -> Callable[[str], bool]:
        return lambda way: self._is_safe(way) and not self._quoting.is_private(way, lang)

    def _is_safe(self, clause: str) -> bool:
        return not any(signs for _, _, signs in self._assessor.scan(clause)) and (
            self._assessor.assess(clause).level == 0
        )

    def _fit(self, reply: GuidedReply, heard: Heard, stage: Stage, quote: str) -> float:
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

    def _oldest(self, shown: Sequence[str], lang: str, heard: Heard, quote: str) -> Guided:
        """With everything said, the reply that was said longest ago and can be said again."""
        order = [
            (max(place for place, text in enumerate(shown) if one.is_in([text])), one)
            for one in self._replies.replies(lang)
            if one.act is None and (quote or not one.quotes) and (heard.topic or not one.recalls)
        ]
        return _filled(min(order, key=lambda pair: pair[0])[1], heard, quote)


def _is_light(heard: Heard) -> bool:
    """Whether somebody chats or is glad: no weighing of tofu against flatbread."""
    loudest = max(heard.scores, key=lambda tag: heard.scores[tag], default="")
    return heard.subject == _JOY or loudest in _LIGHT_TALK


def _closing(text: str, heard: Heard, tags: Sequence[str]) -> str:
    """Whether a message parts or thanks and says little more: the tag of such replies."""
    if _GOODBYE in tags or _GOODBYE in heard.now:
        return _GOODBYE
    return _THANKS if _THANKS in heard.now and len(text) <= THANKS_MOST else ""


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring characters without the words that stand in every sentence."""
    plain = _EVERYWHERE.sub(" ", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1) if plain[at : at + 2].isalnum()}


def _filled(reply: GuidedReply, heard: Heard, quote: str) -> Guided:
    topics = tuple(tag for tag in reply.tags if tag in heard.scores or tag == heard.subject)
    return Guided(
        reply.filled(quote=quote, topic=heard.topic),
        reply.id,
        quote=quote if reply.quotes else "",
        topics=(*topics, heard.topic) if reply.recalls else topics,
    )


def _quoted_last(shown: Sequence[str]) -> bool:
    return bool(shown) and _QUOTE_MARK in shown[-1]
