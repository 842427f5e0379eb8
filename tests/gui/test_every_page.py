"""What holds for every page: it opens, is named, is plain text, is reachable, and fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.backup import (
    Backup,
    BackupKind,
    Contents,
    SalvageReport,
    TableReport,
)
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.profile import Profile
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.backup.rescue_order import RescueOrder
from psylite_desktop.ui.pages.unlock.door import door_of
from psylite_desktop.ui.pages.unlock.keys_view import KeysState
from psylite_desktop.ui.pages.unlock.page import UnlockPage
from psylite_desktop.ui.pages.welcome.page import WelcomePage
from psylite_desktop.ui.shell.registry import PAGES
from psylite_desktop.ui.widgets.text import has_han
from tests.fakes.app_context import CODE, Desk

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)

Make = Callable[[PageContext], QWidget]


def _unlock(step: str) -> Make:
    def make(context: PageContext) -> QWidget:
        page = UnlockPage(context.app)
        view = getattr(page, step)
        page.show_step(view)
        if step == "recovery_code":
            view.show_code(CODE, name="teal-7")
            view.written.click()
        if step == "create_profile":
            view.suggestion.ask.click()
        return page

    return make


def _keys(step: str) -> Make:
    def make(context: PageContext) -> QWidget:
        page = UnlockPage(context.app)
        profile = Profile("teal-1", "teal-1")
        page.show_step(page.keys)
        page.keys.door.ask(door_of(profile))
        page.keys.keys.show_keys(KeysState(profile, has_keyring=True, is_thrifty=True))
        page.keys.delete.ask(profile)
        page.keys.setCurrentWidget(getattr(page.keys, step))
        return page

    return make


def _rescue(step: str) -> Make:
    def make(context: PageContext) -> QWidget:
        page = UnlockPage(context.app)
        rescuer = page.rescuer
        page.show_step(getattr(rescuer, step))
        backup = Backup("b", 1, "2026-11-20", 1_795_262_400.0, BackupKind.AUTO, 123_456)
        profile = Profile("teal-1", "teal-1")
        contents = Contents((("messages", 5_000), ("check_ins", 30)), 1_795_262_400.0, 4)
        lost = tuple(range(1000, 1060))
        tables = (TableReport("messages", 4_000, 12, lost), TableReport("new_things", 3))
        order = RescueOrder(profile=profile, backup=backup)
        rescuer.choice.ask([backup], code="vault_header_damaged", secret="", lang="en")
        rescuer.preview.ask(order, secret="x", lang="en")
        rescuer.preview.show_contents(contents)
        rescuer.done.tell(report=SalvageReport(profile, tables, 900, 3))
        return page

    return make


def _choices(context: PageContext) -> QWidget:
    page = WelcomePage(context, PrivateSettings())
    page.about.proceed.click()
    return page


def _contact(context: PageContext) -> QWidget:
    page = WelcomePage(context, PrivateSettings())
    page.about.proceed.click()
    page.choices.proceed.click()
    return page


SCREENS: dict[str, Make] = {
    **{
        f"unlock-{step}": _unlock(step)
        for step in (
            "profiles",
            "passphrase",
            "create_profile",
            "recovery_code",
            "recover",
            "replace",
            "discreet",
        )
    },
    "unlock-rescue-choice": _rescue("choice"),
    "unlock-rescue-preview": _rescue("preview"),
    "unlock-rescue-done": _rescue("done"),
    **{f"keys-{step}": _keys(step) for step in ("door", "keys", "change", "renew", "delete")},
    "welcome-about": lambda context: WelcomePage(context, PrivateSettings()),
    "welcome-choices": _choices,
    "welcome-contact": _contact,
    **{spec.id: spec.create for spec in PAGES},
}


@pytest.fixture(params=SCREENS)
def screen(
    request: pytest.FixtureRequest, page_context: PageContext, qtbot: QtBot
) -> Iterator[QWidget]:
    store = page_context.session.vault.conversations
    conversation = store.start(1_800_000_000)
    store.append(conversation, Message(Role.USER, "室友又吵架了", created_at=1_800_000_000))
    page = SCREENS[request.param](page_context)
    qtbot.addWidget(page)
    page.resize(740, 560)
    page.show()
    qtbot.waitExposed(page)
    _settle(qtbot)
    yield page
    leave = getattr(page, "leave", None)
    if leave is not None:
        leave()
    _settle(qtbot)


def _settle(qtbot: QtBot) -> None:
    """Let results of background work and layouts arrive."""
    for _ in range(3):
        qtbot.wait(10)


def _named(page: QWidget, kind: type | tuple[type, ...]) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, kind)
        and widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox)
    ]


def test_every_control_is_named_and_reached_and_every_label_is_plain(screen: QWidget) -> None:
    """Three looks at one screen: making it takes far longer than looking."""
    nameless, unreachable, marked = _nameless(screen), _unreachable(screen), _marked(screen)
    assert (nameless, unreachable, marked) == ([], [], [])


def _nameless(screen: QWidget) -> list[str]:
    return [
        type(widget).__name__
        for widget in _named(screen, CONTROLS)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]


def _unreachable(screen: QWidget) -> list[str]:
    """Controls that Tab does not reach."""
    chain, widget = set(), screen.nextInFocusChain()
    while widget is not None and widget is not screen:
        chain.add(widget)
        widget = widget.nextInFocusChain()
    return [
        f"{type(control).__name__} {control.accessibleName()}"
        for control in _named(screen, CONTROLS)
        if control.isEnabled() and (control not in chain or not _takes_tab(control))
    ]


def _takes_tab(control: QWidget) -> bool:
    """Of a group of radio buttons Tab reaches one; arrows go to the others."""
    group = control.group() if isinstance(control, QRadioButton) else None
    members = group.buttons() if group is not None else [control]
    return any(member.focusPolicy() & Qt.FocusPolicy.TabFocus for member in members)


def _marked(screen: QWidget) -> list[str]:
    """Labels that would read their words as markup."""
    return [
        label.text()
        for label in screen.findChildren(QLabel)
        if label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ]


@pytest.mark.parametrize("language", Language)
def test_nothing_is_cut_off_at_175_percent(
    screen: QWidget, desk: Desk, qtbot: QtBot, language: Language
) -> None:
    desk.plain.change(zoom=175, language=language)
    _settle(qtbot)
    cut = []
    for widget in _named(screen, (QLabel, QAbstractButton)):
        if isinstance(widget, QLabel):
            need = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
            if widget.height() < need or widget.height() < widget.fontMetrics().height():
                cut.append(f"{widget.text()!r}: {widget.height()} < {need}")
        elif widget.sizeHint().height() > widget.height() + 1:
            cut.append(f"{widget.text()!r} is too low")
        right = widget.mapTo(screen, widget.rect().topRight()).x()
        if right > screen.width():
            cut.append(f"{type(widget).__name__} reaches {right} of {screen.width()}")
    assert cut == []


def test_the_language_changes_while_it_is_open(
    screen: QWidget, desk: Desk, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    def words() -> str:
        return "".join(
            widget.text()
            for widget in _named(screen, (QLabel, QAbstractButton))
            if widget.text() not in ("中文", "室友又吵架了")
        )

    if request.node.callspec.params["screen"] not in ("talk", "help"):
        assert not has_han(words())
    before = words()
    desk.context.language.set(Language.ZH)
    qtbot.waitUntil(lambda: words() != before)
    assert has_han(words())


def test_the_theme_changes_while_it_is_open(screen: QWidget, desk: Desk, qtbot: QtBot) -> None:
    light = screen.grab().toImage()
    desk.plain.change(theme="dark")
    _settle(qtbot)
    assert screen.grab().toImage() != light


def test_the_registry_lists_each_page_once() -> None:
    assert len({spec.id for spec in PAGES}) == len(PAGES)
    assert "talk" in {spec.id for spec in PAGES if spec.in_rail}
    assert "help" in {spec.id for spec in PAGES}
