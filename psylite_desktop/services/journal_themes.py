"""What the pages of the last weeks were about, for suggestions (port ThemesSource)."""

from __future__ import annotations

from collections.abc import Sequence

from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.stores import JournalStore, MirrorCorrectionStore
from psylite_desktop.domain.suggestion import ThemeSaid
from psylite_desktop.services.mirror import MirrorService

PAGE = 50
MOST = 60
"""Pages that are read, the newest ones."""
LONGEST = 4000
"""Characters of a page that are read."""


class JournalThemes:
    """Reads pages that may be read, each once while the profile is open.

    A page that the person keeps out of the mirror, or in which danger was heard, is left alone;
    what was taken back in the mirror is not said here either.
    """

    def __init__(
        self, store: JournalStore, mirror: MirrorService, corrections: MirrorCorrectionStore
    ) -> None:
        self._store = store
        self._mirror = mirror
        self._corrections = corrections
        self._known: dict[tuple[int, str, int], tuple[ThemeSaid, ...]] = {}

    def themes(self, since: float) -> Sequence[ThemeSaid]:
        """Themes of pages begun at or after a time (UTC seconds), oldest first.

        Raises VaultError.
        """
        taken_back = self._corrections.corrections()
        said: list[ThemeSaid] = []
        for page in self._pages(since):
            key = (page.id, page.text, len(taken_back))
            if key not in self._known:
                mirror = self._mirror.reflect(page.text[:LONGEST], corrections=taken_back)
                self._known[key] = tuple(
                    ThemeSaid(str(one.theme), page.id, page.at, page.day, one.quotes[0].text)
                    for one in mirror.themes
                    if one.quotes
                )
            said += self._known[key]
        return said

    def _pages(self, since: float) -> list[JournalEntry]:
        found: list[JournalEntry] = []
        offset = 0
        while len(found) < MOST and (some := self._store.entries(limit=PAGE, offset=offset)):
            found += [page for page in some if page.at >= since]
            if some[-1].at < since:
                break
            offset += len(some)
        readable = [page for page in found if not page.locked and page.level < Level.CRISIS]
        return list(reversed(readable[:MOST]))
