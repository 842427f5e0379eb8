"""A short article beside a reply, where one fits well and is not in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.domain.aside import Aside, AsideKind, Why
from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.ports import PassageIndex
from psylite_desktop.domain.stores import AsideStore
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.humor import NOT_AGAIN_S

ROUTES = frozenset({Route.INSIGHT, Route.ACTION, Route.EXERCISE})
"""Whoever is still being listened to is not handed something to read."""
TURNS_BETWEEN = 4
CODE = "article_topic"


class Reading:
    """Finds an article for what the talk is about."""

    def __init__(
        self,
        *,
        situations: GuidedReplies,
        index: PassageIndex,
        asides: AsideStore,
        clock: Clock,
    ) -> None:
        self._situations = situations
        self._index = index
        self._asides = asides
        self._clock = clock
        self._turns = TURNS_BETWEEN

    def article(
        self,
        texts: Sequence[str],
        route: Route,
        *,
        lang: str,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Aside | None:
        """An article that shares a situation with what was said lately and was not shown lately.

        Raises VaultError.
        """
        self._turns += 1
        if route not in ROUTES or self._turns < TURNS_BETWEEN:
            return None
        words, tags = self._topics(texts[-2:], lang)
        if not tags:
            return None
        recent = {shown.passage_id for shown in self._asides.since(self._now() - NOT_AGAIN_S)}
        try:
            found = self._index.search(
                AsideKind.ARTICLE, " ".join(texts[-2:]), lang=lang, cancelled=cancelled
            )
        except EngineError:
            return None
        for one in found:
            if one.passage.id not in recent and tags & set(one.passage.tags):
                self._turns = 0
                return Aside(AsideKind.ARTICLE, one.passage, Why(CODE, words))
        return None

    def _now(self) -> float:
        return self._clock.now()

    def _topics(self, texts: Sequence[str], lang: str) -> tuple[str, set[str]]:
        """The most telling of the person's words, and the situations they point to."""
        tags: set[str] = set()
        words: set[str] = set()
        for text in texts:
            tags |= self._situations.situations(lang, text).keys()
            words |= self._situations.words_of(lang, text)
        return max(words, key=len, default=""), tags
