"""Where an item of a suggestion leads, and the place its reason comes from."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.found import FoundKind, FoundText
from psylite_desktop.domain.suggestion import Item, ItemKind, Source, SourceKind
from psylite_desktop.ui.shell.page import PageHost

_PAGES = {
    ItemKind.EXERCISE: "exercises",
    ItemKind.SCALE: "scales",
    ItemKind.PLAN: "plan",
    ItemKind.HELP: "help",
    ItemKind.TALK: "talk",
    ItemKind.CHECK_IN: "checkin",
    ItemKind.JOURNAL: "journal",
}
_PLACES = {
    SourceKind.MESSAGE: "talk",
    SourceKind.CHECK_IN: "checkin",
    SourceKind.RUN: "exercises",
    SourceKind.ENTRY: "journal",
}

_FOUND_IN = {
    FoundKind.TITLE: "talk",
    FoundKind.MESSAGE: "talk",
    FoundKind.ENTRY: "journal",
    FoundKind.CHECK_IN: "checkin",
    FoundKind.RUN: "exercises",
    FoundKind.NOTE: "memory",
}


def follow(host: PageHost, item: Item) -> QWidget | None:
    """Show the page of an item, at the item itself where the page can; articles have none."""
    if item.kind not in _PAGES:
        return None
    page = host.show_page(_PAGES[item.kind])
    match item.kind:
        case ItemKind.EXERCISE:
            _open_exercise(page, item.id)
        case ItemKind.SCALE:
            _open_scale(page, item.id)
    return page


def follow_source(host: PageHost, source: Source, *, pages: Collection[str]) -> QWidget | None:
    """Show where something was said; None where there is no such page."""
    page_id = _PLACES[source.kind]
    if page_id not in pages:
        return None
    page = host.show_page(page_id)
    match source.kind:
        case SourceKind.MESSAGE:
            _open_conversation(page, source.id)
        case SourceKind.CHECK_IN:
            _open_day(page, source.day)
        case SourceKind.RUN:
            _open_exercise(page, source.target)
        case SourceKind.ENTRY:
            _open_entry(page, source.id)
    return page


def follow_found(host: PageHost, found: FoundText) -> QWidget:
    """Show where words were found."""
    page = host.show_page(_FOUND_IN[found.kind])
    match found.kind:
        case FoundKind.TITLE:
            _open_conversation(page, found.id)
        case FoundKind.MESSAGE:
            _open_message(page, found.id, found.message_id)
        case FoundKind.ENTRY:
            _open_entry(page, found.id)
        case FoundKind.CHECK_IN:
            _open_day(page, found.day)
        case FoundKind.RUN:
            _open_exercise(page, found.target)
    return page


def export_conversation(host: PageHost, conversation_id: int, title: str) -> QWidget:
    """Show the export page for one conversation."""
    from psylite_desktop.ui.pages.export.page import ExportPage

    page = host.show_page("export")
    if isinstance(page, ExportPage):
        page.take_only(conversation_id, title)
    return page


def _open_message(page: QWidget, conversation_id: int, message_id: int) -> None:
    from psylite_desktop.ui.pages.talk.page import TalkPage

    if isinstance(page, TalkPage):
        page.open_message(conversation_id, message_id)


def _open_entry(page: QWidget, entry_id: int) -> None:
    from psylite_desktop.ui.pages.journal.page import JournalPage

    if isinstance(page, JournalPage):
        page.open_entry(entry_id)


def _open_exercise(page: QWidget, exercise_id: str) -> None:
    from psylite_desktop.ui.pages.exercises.page import ExercisesPage

    if isinstance(page, ExercisesPage):
        page.open_exercise(exercise_id)


def _open_scale(page: QWidget, scale_id: str) -> None:
    from psylite_desktop.ui.pages.scales.page import ScalesPage

    if isinstance(page, ScalesPage):
        page.open_scale(scale_id)


def _open_conversation(page: QWidget, conversation_id: int) -> None:
    from psylite_desktop.ui.pages.talk.page import TalkPage

    if isinstance(page, TalkPage) and page.presenter.conversation_id != conversation_id:
        page.open_conversation(conversation_id)


def _open_day(page: QWidget, day: str) -> None:
    from psylite_desktop.ui.pages.checkin.page import CheckInPage

    if isinstance(page, CheckInPage):
        page.open_day(day)
