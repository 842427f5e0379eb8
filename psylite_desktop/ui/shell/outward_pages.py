"""Pages under the settings: models, what leaves the vault, what comes in, the welcome again."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.shell.page import PageHost, PageSpec


def _create_export(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.export.page import ExportPage

    return ExportPage(context)


def _connect_export(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.export.page import ExportPage

    if isinstance(page, ExportPage):
        page.back_requested.connect(host.go_back)


def _create_bring_in(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.bring_in.page import BringInPage

    return BringInPage(context)


def _connect_bring_in(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.bring_in.page import BringInPage
    from psylite_desktop.ui.pages.talk.page import TalkPage

    def forget_conversation(conversation_id: int) -> None:
        talk = host.made_page("talk")
        if isinstance(talk, TalkPage):
            talk.forget_conversation(conversation_id)

    if isinstance(page, BringInPage):
        page.conversation_deleted.connect(forget_conversation)
        page.back_requested.connect(host.go_back)
        page.help_requested.connect(lambda: host.show_page("help"))
        page.help.crisis.plan_requested.connect(lambda: host.show_page("plan"))
        page.help.crisis.protocol_requested.connect(lambda: host.show_page("protocol"))


def _create_calendar(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.calendar.page import CalendarPage

    return CalendarPage(context)


def _connect_calendar(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.calendar.page import CalendarPage

    if isinstance(page, CalendarPage):
        page.back_requested.connect(host.go_back)


def _create_welcome(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.welcome.again import WelcomeAgainPage

    return WelcomeAgainPage(context)


def _connect_welcome(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.welcome.again import WelcomeAgainPage

    def finish(settings: PrivateSettings) -> None:
        host.use_private_settings(settings)
        host.go_back()

    if isinstance(page, WelcomeAgainPage):
        page.finished.connect(finish)
        page.back_requested.connect(host.go_back)


def _create_privacy(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.privacy.page import PrivacyPage

    return PrivacyPage(context)


def _connect_privacy(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.privacy.page import PrivacyPage

    if isinstance(page, PrivacyPage):
        page.offer_pages({spec.id for spec in OUTWARD_PAGES})
        page.back_requested.connect(host.go_back)
        page.page_requested.connect(host.show_page)
        # Deleting is asked for where keys are asked for: in front of the open space.
        page.delete_requested.connect(host.lock_for_keys)


def _create_backup(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.backup.page import BackupPage

    return BackupPage(context)


def _connect_backup(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.backup.page import BackupPage

    if isinstance(page, BackupPage):
        page.back_requested.connect(host.go_back)
        page.rescue_requested.connect(host.ask_rescue)


def _create_models(context: PageContext) -> QWidget:
    from psylite_desktop.ui.pages.models.page import ModelsPage

    return ModelsPage(context)


def _connect_models(page: QWidget, host: PageHost) -> None:
    from psylite_desktop.ui.pages.models.page import ModelsPage

    if isinstance(page, ModelsPage):
        page.back_requested.connect(host.go_back)


OUTWARD_PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "models",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Models"),
        _create_models,
        connect=_connect_models,
        under="settings",
    ),
    PageSpec(
        "export",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Export"),
        _create_export,
        connect=_connect_export,
        under="settings",
    ),
    PageSpec(
        "bring_in",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Bring in"),
        _create_bring_in,
        connect=_connect_bring_in,
        under="settings",
    ),
    PageSpec(
        "calendar",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Calendar file"),
        _create_calendar,
        connect=_connect_calendar,
        under="settings",
    ),
    PageSpec(
        "privacy",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Privacy"),
        _create_privacy,
        connect=_connect_privacy,
        under="settings",
    ),
    PageSpec(
        "welcome",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Welcome"),
        _create_welcome,
        connect=_connect_welcome,
        under="settings",
    ),
    PageSpec(
        "backup",
        "settings",
        QT_TRANSLATE_NOOP("Pages", "Backups"),
        _create_backup,
        connect=_connect_backup,
        under="settings",
    ),
)
