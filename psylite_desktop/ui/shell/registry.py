"""All pages, in the order of the rail. Packages are imported when a page is first opened."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.risk import RiskState
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.shell.outward_pages import OUTWARD_PAGES
from psylite_desktop.ui.shell.page import PageHost, PageSpec
from psylite_desktop.ui.shell.ways import export_conversation, follow, follow_found, follow_source


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
        pages = {spec.id for spec in PAGES}
        page.suggestion.open_requested.connect(lambda item: follow(host, item))
        page.suggestion.source_requested.connect(
            lambda source: follow_source(host, source, pages=pages)
        )
        page.suggestion.answers_requested.connect(lambda: host.show_page("suggestions"))


def _create_suggestions(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.suggestions.page import SuggestionsPage

    return SuggestionsPage(context)


def _connect_suggestions(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.suggestions.page import SuggestionsPage

    if isinstance(page, SuggestionsPage):
        page.back_requested.connect(host.go_back)


def _create_ratings(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.ratings.page import RatingsPage

    return RatingsPage(context)


def _connect_ratings(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.ratings.page import RatingsPage

    if isinstance(page, RatingsPage):
        page.back_requested.connect(host.go_back)
        page.talk_requested.connect(lambda: host.show_page("talk"))


def _create_checkin(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.checkin.page import CheckInPage

    return CheckInPage(context)


def _connect_checkin(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.checkin.page import CheckInPage

    if isinstance(page, CheckInPage):
        page.help.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.help.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_journal(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.journal.page import JournalPage

    return JournalPage(context)


def _connect_journal(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.journal.page import JournalPage

    if isinstance(page, JournalPage):
        page.help.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.help.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_talk(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.talk.page import TalkPage
    from psylite_desktop.ui.pages.talk.people_on_card import PeopleOnCard

    page = TalkPage(context)
    PeopleOnCard(context.session, page.crisis.card.message)
    return page


def _connect_talk(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.talk.page import TalkPage

    if isinstance(page, TalkPage):
        page.composer.turned_to.connect(host.want_model)
        page.beside.exercise.open_requested.connect(lambda item: follow(host, item))
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
        page.found_requested.connect(lambda found: follow_found(host, found))
        page.export_requested.connect(
            lambda conversation_id, title: export_conversation(host, conversation_id, title)
        )
        page.memory_requested.connect(lambda: host.show_page("memory"))
        page.ratings_requested.connect(lambda: host.show_page("ratings"))
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


def _create_insights(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.insights.page import InsightsPage

    return InsightsPage(context)


def _connect_insights(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.checkin.page import CheckInPage
    from psylite_desktop.ui.pages.insights.page import InsightsPage

    def open_day(day: str) -> None:
        checkin = host.show_page("checkin")
        if isinstance(checkin, CheckInPage):
            checkin.show_day(day)

    if isinstance(page, InsightsPage):
        page.check_in_requested.connect(lambda: host.show_page("checkin"))
        page.day_requested.connect(open_day)
        page.help.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.help.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_settings(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.settings.page import SettingsPage

    return SettingsPage(context)


def _connect_settings(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.settings.page import SettingsPage

    if isinstance(page, SettingsPage):
        page.private_settings_saved.connect(host.use_private_settings)
        page.page_requested.connect(host.show_page)
        page.keys_requested.connect(host.lock_for_keys)


def _create_help(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.help.page import HelpPage

    return HelpPage(context.app, has_profile=True, session=context.session)


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
        "suggestions",
        "home",
        QT_TRANSLATE_NOOP("Pages", "About suggestions"),
        _create_suggestions,
        connect=_connect_suggestions,
        under="home",
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
        "journal",
        "write",
        QT_TRANSLATE_NOOP("Pages", "Write"),
        _create_journal,
        connect=_connect_journal,
    ),
    PageSpec(
        "exercises",
        "exercises",
        QT_TRANSLATE_NOOP("Pages", "Exercises"),
        _create_exercises,
        connect=_connect_exercises,
    ),
    PageSpec(
        "insights",
        "insights",
        QT_TRANSLATE_NOOP("Pages", "Insights"),
        _create_insights,
        connect=_connect_insights,
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
        "ratings",
        "history",
        QT_TRANSLATE_NOOP("Pages", "How replies did"),
        _create_ratings,
        connect=_connect_ratings,
        under="history",
    ),
    PageSpec(
        "settings",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Settings"),
        _create_settings,
        connect=_connect_settings,
    ),
    *OUTWARD_PAGES,
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
