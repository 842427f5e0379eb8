"""Help that never depends on the engine: the crisis card, crisis replies, help lines."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.content.crisis import CrisisTexts
from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.risk import Assessment, Kind, Level, Request, Who

_EMERGENCY = "emergency"
# The emergency number that is asked for first where a region has two.
_POLICE_FIRST = (Kind.ABUSE, Kind.HARM_OTHERS)
_USES = {Kind.ABUSE: ("abuse", "women"), Kind.HARM_OTHERS: ()}
_ON_CARD = 3


class HelpService:
    """Chooses lines and words. Pure: the same question gets the same answer."""

    def __init__(self, hotlines: Sequence[Hotline], crisis_texts: CrisisTexts) -> None:
        """`hotlines` in the order of the card, region by region."""
        self._hotlines = tuple(hotlines)
        self._texts = crisis_texts

    def card(
        self,
        assessment: Assessment,
        *,
        lang: str,
        region: str,
        previous: str = "",
        young: bool = False,
    ) -> CrisisCard:
        """Make the card for an assessment; its sentence is never `previous`.

        For somebody under 18 (`young`) the region's line for young people comes second.

        At level 0 it is the quiet card of the help page. Without a region there are no lines and
        no emergency number; `notice` says why.
        """
        level, kind, who = assessment.level, assessment.kind, assessment.who
        if level is Level.NONE:
            who = Who.SELF
        child = told_by_a_child(assessment)

        def words(use: str) -> tuple[str, ...]:
            return self._texts.texts(use, level=level, kind=kind, who=who, lang=lang, child=child)

        return CrisisCard(
            level=level,
            kind=kind,
            who=who,
            lang=lang,
            sentence=_next(words("card"), previous),
            lines=self._card_lines(region, kind, child=child, young=young),
            emergency=self._emergency(region, kind),
            steps=words("step"),
            message=words("message")[0],
            grounding=self._texts.texts(
                "grounding", level=level, kind=kind, who=Who.SELF, lang=lang
            ),
        )

    def reply(
        self,
        level: Level,
        kind: Kind,
        who: Who,
        *,
        lang: str,
        shown: Sequence[str] = (),
        child: bool = False,
    ) -> str:
        """The reply for levels 1 to 3 in the conversation.

        `shown` are earlier replies, oldest first: nothing is said twice while something is left.
        """
        found = self._texts.texts(
            "reply", level=max(level, Level.WATCH), kind=kind, who=who, lang=lang, child=child
        )
        return _fresh(found, shown)

    def follow(self, told: Assessment, *, lang: str, shown: Sequence[str] = ()) -> str:
        """The reply while level 2 or 3 stands and the newest words do not speak of it.

        `shown` as in `reply`.
        """
        found = self._texts.texts(
            "follow", level=told.level, kind=Kind.NONE, who=told.who, lang=lang
        )
        return _fresh(found, shown)

    def sounded(self, *, lang: str, shown: Sequence[str], again: bool) -> str:
        """The reply to a crisis that models alone hear: it may be wrong, and it asks plainly.

        `again`: while it stands and the newest words do not sound so. `shown` as in `reply`.
        """
        use = "sound_follow" if again else "sound"
        found = self._texts.texts(use, level=Level.CRISIS, kind=Kind.NONE, who=Who.SELF, lang=lang)
        return _fresh(found, shown)

    def request_reply(self, request: Request, *, lang: str, shown: Sequence[str] = ()) -> str:
        """The reply to a request that cannot be met, empty for none; `shown` as in `reply`."""
        return _fresh(self._texts.request_texts(request, lang), shown)

    def lines(self, region: str, lang: str) -> list[Hotline]:
        """All lines of a region, those in the person's language first, emergency numbers last.

        The first line stays first whatever its language. Empty where no region was chosen.
        """
        here = [line for line in self._hotlines if line.region == region]
        calm = [line for line in here if line.use != _EMERGENCY]
        emergency = [line for line in here if line.use == _EMERGENCY]
        spoken = [line for line in calm[1:] if not line.languages or lang in line.languages]
        others = [line for line in calm[1:] if line not in spoken]
        return calm[:1] + spoken + others + emergency

    def notice(self, lang: str) -> str:
        """What to say where no region was chosen: choose one; until then, who can help."""
        found = self._texts.texts(
            "notice", level=Level.NONE, kind=Kind.NONE, who=Who.SELF, lang=lang
        )
        return found[0]

    def _card_lines(
        self, region: str, kind: Kind, *, child: bool, young: bool
    ) -> tuple[Hotline, ...]:
        """The main line first; a line made for what was said comes next, then the second line."""
        here = [line for line in self._hotlines if line.region == region and line.use != _EMERGENCY]
        wanted = ("abuse", "youth", "women") if child else _USES.get(kind, ())
        if young and "youth" not in wanted:
            wanted = (*wanted, "youth")
        special = [line for use in wanted for line in here if line.use == use]
        first = here[:1]
        if kind is Kind.ABUSE and special and not special[0].one_source:
            first, special = special[:1], special[1:] + here[:1]
        plain = [line for line in here if line.use in ("suicide", "emotional")]
        ordered = dict.fromkeys(line.id for line in (*first, *special, *plain, *here))
        by_id = {line.id: line for line in here}
        return tuple(by_id[line_id] for line_id in ordered)[:_ON_CARD]

    def _emergency(self, region: str, kind: Kind) -> Hotline | None:
        found = [
            line for line in self._hotlines if line.region == region and line.use == _EMERGENCY
        ]
        if not found:
            return None
        return found[-1] if kind in _POLICE_FIRST else found[0]


def told_by_a_child(assessment: Assessment) -> bool:
    """Whether the reasons speak of an adult touching a child."""
    return any(".child_abuse." in reason.rule for reason in assessment.reasons)


def _next(texts: Sequence[str], previous: str) -> str:
    """The text after `previous`, or the first one."""
    if not texts:
        return ""
    place = texts.index(previous) + 1 if previous in texts else 0
    return texts[place % len(texts)]


def _fresh(texts: Sequence[str], shown: Sequence[str]) -> str:
    """The first text not shown yet, else the one shown longest ago."""
    last = {text: place for place, text in enumerate(shown)}
    return min(texts, key=lambda text: last.get(text, -1), default="")
