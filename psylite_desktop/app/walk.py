"""A walk through the real window, for installers and finished bundles.

`first_start` makes a profile, talks, sees the crisis card and checks in; `second_start` unlocks and
finds it all again, also where a newer version wrote it. The texts were made for this, in the words
of nobody.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.selftest import CRISIS, ORDINARY
from psylite_desktop.app.services import build_services
from psylite_desktop.app.window import build_context, close_context
from psylite_desktop.domain.settings import AgeBand
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.checkin.page import CheckInPage
from psylite_desktop.ui.pages.history.page import HistoryPage
from psylite_desktop.ui.pages.talk.page import TalkPage
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.shell.window import MainWindow

PASSPHRASE = "three quiet otters and a kettle"  # noqa: S105 - of a profile that lives for a minute
NOTE = "今天走了很久的路"
PATIENCE_S = 180.0
MOOD = 4

PageT = TypeVar("PageT", bound=QWidget)


class LostError(Exception):
    """The walk cannot go on; says where it stopped."""


class Walk:
    """One start of the program on a data folder; `shots` is a folder for pictures, if wanted."""

    def __init__(self, app: QApplication, paths: AppPaths, shots: Path | None) -> None:
        self._app = app
        self._shots = shots
        self._context: AppContext = build_context(app, build_services(paths))
        self.window = MainWindow(self._context)
        self.window.show()

    def first_start(self) -> None:
        """Make a profile, talk, see the card, check in. Raises LostError."""
        self._make_profile()
        page = self._talk_page()
        self._say(page, ORDINARY)
        self._require(not page.crisis.card.isVisible(), "card_without_reason")
        self._shoot("talk")
        self._say(page, CRISIS)
        self._require(page.crisis.card.isVisible(), "no_crisis_card")
        self._shoot("crisis-card")
        self._check_in()

    def second_start(self) -> None:
        """Unlock, find the words and the day again, have them copied. Raises LostError."""
        unlock = self.window.unlock_page
        self._until(lambda: len(unlock.profiles.cards) == 1, "profile_gone")
        if not unlock.passphrase.isVisible():
            unlock.profiles.cards[0].click()
        self._type(unlock.passphrase.passphrase.edit, PASSPHRASE)
        unlock.passphrase.open.click()
        self._until(lambda: self.window.pages is not None, "no_pages")
        pages = self.window.pages
        if pages is not None and pages.notice.read_only.isVisibleTo(pages.notice):
            self._find_history()
            self._shoot("read-only")
            return
        said = self._shown(self._talk_page())
        self._require([text for text in said if text in (ORDINARY, CRISIS)] != [], "talk_gone")
        self._shoot("talk-again")
        check_in = self._page("checkin", CheckInPage)
        self._until(
            lambda: any(row.check_in.note == NOTE for row in check_in.entries.rows), "check_in_gone"
        )
        self._find_history()
        if pages is not None:
            # Made some seconds after unlocking: whoever closes before has it made next time.
            self._until(lambda: pages.notice.backup.is_over, "no_backup")

    def _find_history(self) -> None:
        history = self._page("history", HistoryPage)
        self._until(lambda: history.list.rows_model.rowCount() > 0, "history_gone")
        self._shoot("history")

    def close(self) -> None:
        """Lock, close the window, stop the engine."""
        self.window.close()
        try:
            self._until(lambda: not self.window.isVisible(), "window_stays")
        finally:
            close_context(self._context)
            self.window.deleteLater()

    def _make_profile(self) -> None:
        unlock = self.window.unlock_page
        self._until(unlock.profiles.create_first.isVisible, "no_window")
        self._shoot("start")
        unlock.profiles.create_first.click()
        for field in (unlock.create_profile.first, unlock.create_profile.second):
            self._type(field.edit, PASSPHRASE)
        unlock.create_profile.submit.click()
        code = unlock.recovery_code
        self._until(code.isVisible, "no_recovery_code")
        end = "".join(code.code.text().split()[-2:])
        code.written.click()
        self._type(code.answer, end)
        code.proceed.click()
        self._until(lambda: isinstance(self.window.front, WelcomePage), "no_welcome")
        welcome = self.window.front
        if isinstance(welcome, WelcomePage):
            welcome.about.proceed.click()
            welcome.choices.ages[AgeBand.ADULT].click()
            welcome.choices.proceed.click()
            welcome.contact.proceed.click()

    def _talk_page(self) -> TalkPage:
        self._until(lambda: self.window.pages is not None, "no_pages")
        page = self._page("talk", TalkPage)
        self._until(lambda: not page.presenter.is_opening, "talk_does_not_open")
        return page

    def _say(self, page: TalkPage, text: str) -> None:
        before = len(self._shown(page))
        page.composer.put(text)
        self._press(page.composer.editor, Qt.Key.Key_Return)
        self._until(
            lambda: not page.presenter.is_busy and len(self._shown(page)) == before + 2, "no_reply"
        )

    def _check_in(self) -> None:
        page = self._page("checkin", CheckInPage)
        page.form.faces.pick(MOOD)
        page.form.note.setText(NOTE)
        self._until(page.save.isEnabled, "check_in_cannot_be_saved")
        page.save.click()
        self._until(page.saved.isVisible, "check_in_not_saved")
        self._shoot("check-in")

    def _page(self, name: str, kind: type[PageT]) -> PageT:
        pages = self.window.pages
        page = pages.show_page(name) if pages is not None else None
        if not isinstance(page, kind):
            raise LostError(f"no_page_{name}")
        return page

    def _shown(self, page: TalkPage) -> list[str]:
        messages = page.presenter.messages
        return [str(messages.index(row).data()) for row in range(messages.rowCount())]

    def _type(self, field: QWidget, text: str) -> None:
        for letter in text:
            self._press(field, Qt.Key.Key_unknown, letter)

    def _press(self, widget: QWidget, key: Qt.Key, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QApplication.sendEvent(widget, event)

    def _until(self, condition: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                self._shoot(f"lost-{otherwise}")
                raise LostError(otherwise)
            self._app.processEvents()
            time.sleep(0.01)

    def _require(self, holds: bool, otherwise: str) -> None:  # noqa: FBT001 - an assertion
        if not holds:
            self._shoot(f"lost-{otherwise}")
            raise LostError(otherwise)

    def _shoot(self, name: str) -> None:
        if self._shots is None:
            return
        for _ in range(20):  # animations come to rest
            self._app.processEvents()
            time.sleep(0.02)
        self._shots.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(self._shots / f"{name}.png"))


def walk(paths: AppPaths, shots: Path | None, *, starts: int) -> list[str]:
    """Start the program on a data folder, once or more; each start does what comes next there.

    On an empty folder that is the first part, on one with a profile the second. Returns the places
    where it stopped, as codes; empty when all went well.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("PsyLite")
    for _ in range(starts):
        is_first = not paths.profiles.is_dir() or not any(paths.profiles.iterdir())
        one = Walk(app, paths, shots)
        try:
            if is_first:
                one.first_start()
            else:
                one.second_start()
        except LostError as lost:
            return [str(lost)]
        finally:
            one.close()
    return []
