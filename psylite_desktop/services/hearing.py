"""What replies written beforehand go by: situations, the subject of a talk, what a message does.

Words point to situations, and the passages that lie near a message correct them. What the talk is
about is heard from its messages together: one of them alone often names nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.moves import Moves
from psylite_desktop.domain.passage import Found
from psylite_desktop.domain.talk import Act, Move

FADE = 0.4
"""What an earlier message weighs beside the one after it."""
TOPIC_FADE = 0.8
"""The same, for what the talk is about."""
BESIDE = 0.6
"""What a feeling weighs where a situation is named beside it."""
REACH = 5
"""Messages of the person that are listened back to."""
SUBJECT_REACH = 12
"""The same, for what the talk is about."""
FROM_ROUTE = 3.0
FROM_PASSAGE = 4.0
"""For the situations of the nearest passage, which is right far more often than a single word."""
SURE = 0.45
"""From this score the nearest passage is the right one in six of seven messages (measured,
model_store/embedder/README.md): its own sentence is the answer then. Below, the passages near only
say what cannot be meant."""
SAYS_LITTLE = 0.25
"""A passage at this score says nothing about what is meant."""
BESIDE_MAIN = 0.5
"""What a passage's further tags weigh beside its first."""
AGREED = {"zh": 0.22, "en": 0.28}
"""From this vote of the passages their tag is named. This and `AROUND_LEAST` were chosen on 60
talks of six messages; for each message a reader named the subjects that are right to go on with."""
NEAREST = 3
"""Passages that vote."""
AROUND = 16.0
"""What a vote about the whole talk weighs beside words; what is agreed weighs like a short one."""
AROUND_LEAST = {"zh": 0.18, "en": 0.22}
"""From this vote a talk as a whole names a situation; below, nothing named is better than that."""
OPENS_SURELY = 0.58
"""From this score a passage opens another subject by itself; below, the talk as a whole must lie
nearest to it as well."""
TAKEN_UP = 8.0
"""For the situation that a reply took up, whatever else stood in the message."""
_LOSSES = frozenset({"pets"})
"""Situations of loss whose words stand in happy messages as well: they must surely be meant."""
CLOSE = 0.1
"""Passages so near to the best one are as good: words decide between them."""
NAMED = {"zh": 4.5, "en": 5.0}
"""What words must weigh to name a situation that no passage near shares: a long word, or two."""
STILL_LIGHT = 2.0
"""What light talk weighs in a message of it that names nothing."""
REMEMBERED = 60
OPENS = 5.0
"""What words must weigh to open another situation while one is spoken of: more than one word."""
_GOODBYE = "goodbye"
_ENDS = frozenset({"thanks", _GOODBYE, "misread", "dontwant"})
"""What is answered for itself, whatever is spoken of."""
_LIGHT = "smalltalk"
_LIGHT_TALK = frozenset({_LIGHT, "joy"})
_STAYS = frozenset({"advice", _LIGHT})
"""Somebody who asks what to do, or says what they ate, still speaks of what they spoke of."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Situations in the newest message, in all lately, and the name of the one to come back to.

    `subject` is the situation that the newest message goes on with; "" where it opens one.
    """

    now: Mapping[str, float]
    scores: Mapping[str, float]
    topic: str
    subject: str
    act: Act


def by_words(near: Sequence[Found], said: Mapping[str, float]) -> Sequence[Found]:
    """Passages with that one first which shares the loudest situation of the words.

    `said` are situations that words point to. Only where the best passage shares none of them and
    another lies close, surely meant too where the best one is: "the one in the next bed plays until
    two" is about a roommate, not about a game.
    """
    if not near or any(tag in said for tag in near[0].passage.tags):
        return near
    least = near[0].score - CLOSE
    if near[0].score >= OPENS_SURELY:
        least = max(SURE, least)
    shared = [
        (max((said.get(tag, 0.0) for tag in one.passage.tags), default=0.0), -place)
        for place, one in enumerate(near)
        if one.score >= least
    ]
    loudest, place = max(shared, default=(0.0, 0))
    if not loudest:
        return near
    first = near[-place]
    return (first, *(one for one in near if one is not first))


class Hearing:
    """Hears the messages of one profile's talks, and remembers how it heard them."""

    def __init__(self, replies: GuidedReplies, moves: Moves) -> None:
        """`replies` know the words of the situations."""
        self._replies = replies
        self._moves = moves
        self._heard: OrderedDict[str, Mapping[str, float]] = OrderedDict()

    def hear(
        self,
        texts: Sequence[str],
        lang: str,
        tags: Sequence[str],
        near: Sequence[Found],
        around: Sequence[Found] = (),
    ) -> Heard:
        """Hear the newest of `texts`; arguments as in `GuidedTalk.reply`."""
        known = self._replies.tags(lang)
        newest = texts[-1]
        act = self._moves.act(newest, lang)
        if act is Act.SHORT and len(texts) > 1:
            near = ()  # a nod says nothing that could be searched for
        near = self.ordered(newest, lang, near)
        now = self._now(newest, lang, tags, near)
        scores, before = self._so_far(texts, lang, now)
        light = not _LIGHT_TALK.isdisjoint(before) and not any(known[tag].feeling for tag in scores)
        for tag, vote in self._votes(() if light else around, lang).items():
            if vote >= AROUND_LEAST[lang]:
                before[tag] = before.get(tag, 0.0) + AROUND * vote
        if light and _LIGHT in before and not now:
            scores[_LIGHT] = max(scores.get(_LIGHT, 0.0), STILL_LIGHT)
        opens = bool(near) and _opens(near[0], around)
        subject = ""
        if set(tags) <= _STAYS:
            subject = self._subject(now, before, lang, near[:1] if opens else ())
        topic = ""
        if not any(known[tag].label for tag in now):
            named = [tag for tag in before if known[tag].label]
            if named:
                topic = known[max(named, key=lambda tag: before[tag])].label
        self._remember(newest, now)
        return Heard(now, scores, topic, subject, act)

    def _so_far(
        self, texts: Sequence[str], lang: str, now: Mapping[str, float]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Situations in all messages lately, and those in the earlier ones."""
        scores, before = dict(now), dict[str, float]()
        for steps, text in enumerate(reversed(texts[-SUBJECT_REACH:-1]), start=1):
            for tag, score in self._heard.get(text, self._weighed(lang, text)).items():
                if steps < REACH:
                    scores[tag] = scores.get(tag, 0.0) + FADE**steps * score
                before[tag] = before.get(tag, 0.0) + TOPIC_FADE**steps * score
        return scores, before

    def ordered(self, text: str, lang: str, near: Sequence[Found]) -> Sequence[Found]:
        """The passages near a message, in the order that its words speak for."""
        known = self._replies.tags(lang)
        said = self._replies.situations(lang, text)
        return by_words(near, {tag: w for tag, w in said.items() if not known[tag].feeling})

    def answered(self, text: str, tags: Sequence[str], lang: str) -> None:
        """Note which situation a reply to a message took up: the talk has that subject now."""
        known = self._replies.tags(lang)
        taken = (tag for tag in tags if self._goes_on(tag, lang) and not known[tag].feeling)
        main = next(taken, None)
        if main is not None:
            heard = dict(self._heard.get(text, {}))
            heard[main] = heard.get(main, 0.0) + TAKEN_UP
            self._remember(text, heard)

    def _now(
        self, newest: str, lang: str, tags: Sequence[str], near: Sequence[Found]
    ) -> dict[str, float]:
        """Situations in the newest message."""
        known = self._replies.tags(lang)
        now = self._corrected(self._weighed(lang, newest), lang, near)
        if _GOODBYE in now and self._moves.move(newest, lang) is not Move.LEAVE:
            del now[_GOODBYE]  # the word alone ends nothing: "to see her again and say goodbye"
        for tag in tags:
            if tag in known:
                now[tag] = now.get(tag, 0.0) + FROM_ROUTE
        return now

    def _subject(
        self,
        now: Mapping[str, float],
        before: Mapping[str, float],
        lang: str,
        opening: Sequence[Found],
    ) -> str:
        """What the talk was about, unless the newest message plainly is about something else.

        A situation stays longer than a feeling: whoever says how sad they are about something
        still speaks of that. `opening` is the passage that opens a subject, where there is one.
        """
        known = self._replies.tags(lang)
        if any(tag in _ENDS for tag in now):
            return ""
        held = {tag: score for tag, score in before.items() if self._goes_on(tag, lang)}
        named = {tag: score for tag, score in held.items() if not known[tag].feeling}
        if not held:
            return ""
        subject = max(named or held, key=lambda tag: held[tag])
        if any(subject not in one.passage.tags for one in opening):
            return ""
        rivals = [
            score
            for tag, score in now.items()
            if tag != subject and known[tag].label and not known[tag].feeling
        ]
        return "" if rivals and max(rivals) >= max(held[subject], OPENS) else subject

    def _goes_on(self, tag: str, lang: str) -> bool:
        """Whether a talk can stay with it."""
        return bool(self._replies.going_on(lang, tag, Act.MORE))

    def _corrected(
        self, said: dict[str, float], lang: str, near: Sequence[Found]
    ) -> dict[str, float]:
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
            if tag in shared or score >= NAMED[lang] or known[tag].feeling or not known[tag].label
        }
        if near[0].score >= SURE:
            self._add(now, near[0].passage.tags, lang)
        else:
            votes = self._votes(near, lang)
            self._add(now, [tag for tag, vote in votes.items() if vote >= AGREED[lang]], lang)
        return now

    def _votes(self, found: Sequence[Found], lang: str) -> dict[str, float]:
        """How much the nearest passages agree on a situation; feelings have no vote."""
        known = self._replies.tags(lang)
        votes: dict[str, float] = {}
        for one in found[:NEAREST]:
            if one.score < SURE and not _LOSSES.isdisjoint(one.passage.tags):
                continue
            weight = max(0.0, one.score - SAYS_LITTLE)
            for place, tag in enumerate(one.passage.tags):
                if self._goes_on(tag, lang) and not known[tag].feeling:
                    votes[tag] = votes.get(tag, 0.0) + weight * (BESIDE_MAIN if place else 1.0)
        return votes

    def _weighed(self, lang: str, text: str) -> dict[str, float]:
        """Situations in a text; beside one, a feeling counts for less."""
        known = self._replies.tags(lang)
        found = self._replies.situations(lang, text)
        if all(known[tag].feeling for tag in found):
            return found
        return {
            tag: score * (BESIDE if known[tag].feeling else 1.0) for tag, score in found.items()
        }

    def _add(self, scores: dict[str, float], tags: Sequence[str], lang: str) -> None:
        known = self._replies.tags(lang)
        for tag in tags:
            if tag in known:
                extra = FROM_PASSAGE * (BESIDE if known[tag].feeling else 1.0)
                scores[tag] = scores.get(tag, 0.0) + extra

    def _remember(self, text: str, heard: Mapping[str, float]) -> None:
        """Keep what was heard with the passages of its time: they are not searched for again."""
        self._heard[text] = heard
        self._heard.move_to_end(text)
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)


def _opens(nearest: Found, around: Sequence[Found]) -> bool:
    """Whether a passage opens a subject of its own: it is surely meant, and not in passing."""
    if not around or nearest.score >= OPENS_SURELY:
        return nearest.score >= SURE
    return nearest.score >= SURE and nearest.passage == around[0].passage
