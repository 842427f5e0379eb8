"""Suggestions over any vault, with the real rules and texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from psylite_desktop.content.exercises import ExerciseTexts
from psylite_desktop.content.feelings import CheckInWords
from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.content.suggestions import SuggestionTexts
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.suggestion import ThemeSaid
from psylite_desktop.services.articles import Articles
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.suggestions import SuggestionContent, SuggestionService

ASSETS = Path(__file__).parents[2] / "assets"


class NoThemes:
    """A journal that says nothing."""

    def themes(self, since: float) -> Sequence[ThemeSaid]:
        del since
        return ()


@cache
def suggestion_content() -> SuggestionContent:
    return SuggestionContent(
        texts=SuggestionTexts.load(ASSETS),
        exercises=ExerciseTexts.of(ASSETS),
        scales=ScaleTexts.load(ASSETS),
        words=CheckInWords.load(ASSETS),
        situations=GuidedReplies.load(ASSETS),
        article=Articles(ASSETS).find,
    )


def make_suggestions(
    vault: Vault, screening: Any, clock: Clock | None = None, **more: Any
) -> SuggestionService:
    return SuggestionService(
        suggestion_content(),
        vault=vault,
        state=lambda: screening.state,
        clock=clock or Clock(),
        **{"themes": NoThemes(), **more},
    )
