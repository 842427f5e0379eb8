"""All pages, in the order of the rail. Packages are imported when a page is first opened."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.risk import RiskState
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.shell.page import PageHost, PageSpec


def _create_home(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.home.page import HomePage

    return HomePage(context)


def _connect_home(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.home.page import HomePage

    if isinstance(page, HomePage):
        page.offer_writing(is_there=any(spec.id == "journal" for spec in PAGES))
        page.talk_requested.connect(lambda: host.show_page("talk"))
        page.check_in_requested.connect(lambda: host.show_page("checkin"))
        page.write_requested.connect(lambda: host.show_page("journal"))
        page.help.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.help.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_checkin(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.checkin.page import CheckInPage

    return CheckInPage(context)


def _connect_checkin(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.checkin.page import CheckInPage

    if isinstance(page, CheckInPage):
        page.help.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.help.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_talk(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.talk.page import TalkPage

    return TalkPage(context)


def _connect_talk(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.talk.page import TalkPage

    if isinstance(page, TalkPage):
        page.reminders.settings_saved.connect(host.use_private_settings)
        page.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_history(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.history.page import HistoryPage

    return HistoryPage(context)


def _connect_history(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.history.page import HistoryPage
    from psylite_desktop.ui.pages.talk.page import TalkPage

    def open_conversation(conversation_id: int) -> None:
        talk = host.show_page("talk")
        if isinstance(talk, TalkPage):
            talk.open_conversation(conversation_id)

    def forget_conversation(conversation_id: int) -> None:
        talk = host.made_page("talk")
        if isinstance(talk, TalkPage):
            talk.forget_conversation(conversation_id)

    if isinstance(page, HistoryPage):
        page.conversation_deleted.connect(forget_conversation)
        page.memory_requested.connect(lambda: host.show_page("memory"))
        page.open_conversation_requested.connect(open_conversation)
        page.talk_requested.connect(lambda: host.show_page("talk"))


def _create_memory(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.memory.page import MemoryPage

    return MemoryPage(context)


def _connect_memory(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.memory.page import MemoryPage

    if isinstance(page, MemoryPage):
        page.back_requested.connect(host.go_back)
        page.private_settings_saved.connect(host.use_private_settings)
        page.care.surfaces.plan_requested.connect(lambda: host.show_page("plan"))
        page.care.surfaces.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_exercises(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.exercises.page import ExercisesPage

    return ExercisesPage(context)


def _connect_exercises(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.exercises.page import ExercisesPage

    if isinstance(page, ExercisesPage):
        page.gallery.scales_requested.connect(lambda: host.show_page("scales"))
        page.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_scales(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.scales.page import ScalesPage

    return ScalesPage(context)


def _connect_scales(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.scales.page import ScalesPage
    from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
    from psylite_desktop.ui.pages.talk.page import TalkPage

    def show_help_in_talk(state: RiskState) -> None:
        talk = host.made_page("talk")
        # A card that is in view there stays as it is: this would make it smaller.
        if isinstance(talk, TalkPage) and talk.crisis.surface <= Surface.STRIP:
            talk.crisis.resume(state)

    if isinstance(page, ScalesPage):
        page.state_changed.connect(show_help_in_talk)
        page.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_settings(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.settings.page import SettingsPage

    return SettingsPage(context)


def _connect_settings(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.settings.page import SettingsPage

    if isinstance(page, SettingsPage):
        page.private_settings_saved.connect(host.use_private_settings)
        page.keys_requested.connect(host.lock_for_keys)


def _create_help(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.help.page import HelpPage

    return HelpPage(context.app, has_profile=True)


def _connect_help(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.help.page import HelpPage

    if isinstance(page, HelpPage):
        page.plan_requested.connect(lambda: host.show_page("plan"))
        page.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_plan(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.plan.page import PlanPage

    return PlanPage(context)


def _connect_plan(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.plan.page import PlanPage

    if isinstance(page, PlanPage):
        page.back_requested.connect(host.go_back)


def _create_protocol(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.protocol.page import ProtocolPage

    return ProtocolPage(context.app, session=context.session)


def _connect_protocol(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.protocol.page import ProtocolPage

    if isinstance(page, ProtocolPage):
        page.back_requested.connect(host.go_back)


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "home",
        "home",
        QT_TRANSLATE_NOOP("Pages", "Home"),
        _create_home,
        connect=_connect_home,
    ),
    PageSpec(
        "talk",
        "talk",
        QT_TRANSLATE_NOOP("Pages", "Talk"),
        _create_talk,
        connect=_connect_talk,
    ),
    PageSpec(
        "checkin",
        "check_in",
        QT_TRANSLATE_NOOP("Pages", "Check in"),
        _create_checkin,
        connect=_connect_checkin,
    ),
    PageSpec(
        "exercises",
        "exercises",
        QT_TRANSLATE_NOOP("Pages", "Exercises"),
        _create_exercises,
        connect=_connect_exercises,
    ),
    PageSpec(
        "scales",
        "scales",
        QT_TRANSLATE_NOOP("Pages", "Scales"),
        _create_scales,
        connect=_connect_scales,
        under="exercises",
    ),
    PageSpec(
        "history",
        "history",
        QT_TRANSLATE_NOOP("Pages", "Earlier"),
        _create_history,
        connect=_connect_history,
    ),
    PageSpec(
        "memory",
        "memory",
        QT_TRANSLATE_NOOP("Pages", "Memory"),
        _create_memory,
        connect=_connect_memory,
        under="history",
    ),
    PageSpec(
        "settings",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Settings"),
        _create_settings,
        connect=_connect_settings,
    ),
    PageSpec(
        "help",
        "help",
        QT_TRANSLATE_NOOP("Pages", "Help now"),
        _create_help,
        in_rail=False,
        connect=_connect_help,
    ),
    PageSpec(
        "plan",
        "help",
        QT_TRANSLATE_NOOP("Pages", "My plan"),
        _create_plan,
        connect=_connect_plan,
        under="help",
    ),
    PageSpec(
        "protocol",
        "help",
        QT_TRANSLATE_NOOP("Pages", "How I listen for danger"),
        _create_protocol,
        connect=_connect_protocol,
        under="help",
    ),
)
