"""Help above a page that is no conversation: the same strip, card and cover as in Talk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.risk import CALM, Assessment, RiskState
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.talk.bubble_layout import column_width
from psylite_desktop.ui.pages.talk.corrector import Corrector
from psylite_desktop.ui.pages.talk.crisis_surfaces import CrisisSurfaces, Surface
from psylite_desktop.ui.pages.talk.people_on_card import PeopleOnCard


def _nobody_is_heard() -> bool:
    return False


class HelpInView(QObject):
    """CrisisSurfaces with what corrects them, for a page where a line is written now and then.

    Signals:
        closed: The card gave way to the page.
        failed: The vault did not take a correction; carries the error's code.
    """

    closed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        context: PageContext,
        page: QWidget,
        place: QVBoxLayout,
        *,
        tasks: VaultTasks,
        is_hearing: Callable[[], bool] = _nobody_is_heard,
    ) -> None:
        """`place` is at the very top of `page`; `is_hearing`: words are on their way to be read."""
        super().__init__(page)
        self._app = context.app
        self._page = page
        self._screening = context.session.screening
        self.corrector = Corrector(
            session=context.session, tasks=tasks, is_sending=is_hearing, parent=self
        )
        self.crisis = CrisisSurfaces(context.app, page, place, evidence=self.corrector.evidence)
        PeopleOnCard(context.session, self.crisis.card.message)
        self.crisis.corrected.connect(self.corrector.correct)
        self.crisis.safe_confirmed.connect(self.corrector.confirm_safe)
        self.crisis.closed.connect(self.closed)
        self.corrector.corrected.connect(self._on_corrected)
        self.corrector.failed.connect(self.failed)
        settings = context.session.vault.settings
        tasks.run(settings.load, self.know_settings, self._on_settings_failed, self)

    @property
    def is_large(self) -> bool:
        """Whether card or cover have the keyboard now."""
        return self.crisis.surface >= Surface.CARD

    def take(self, text: str, assessment: Assessment, state: RiskState) -> None:
        """Show what a text asks for."""
        self.corrector.keeper.begin_turn()
        self.corrector.keeper.note(text, assessment, state)
        self.crisis.take(assessment, state)

    def know_settings(self, settings: PrivateSettings) -> None:
        """Choose lines for this age."""
        self.crisis.know_age(settings.age_band)

    def page_shown(self) -> None:
        """Bring a cover back, and help that another page has brought into view."""
        if self.crisis.surface is Surface.NONE:
            self.crisis.resume(self._screening.state)
        self.crisis.page_shown()

    def page_hidden(self) -> None:
        """What covers the window must not cover another page."""
        self.crisis.page_hidden()

    def fit(self) -> None:
        """Follow the size of the page."""
        app, page = self._app, self._page
        lang = app.language.current.value
        self.crisis.set_width(column_width(page.width(), page.font(), lang, app.theme.sizes))
        self.crisis.set_room(page.height())

    def close(self) -> None:
        """The page goes."""
        self.crisis.close()

    @Slot(RiskState)
    def _on_corrected(self, state: RiskState) -> None:
        self.crisis.take(CALM, state)

    def _on_settings_failed(self, _error: PsyLiteError) -> None:
        """Help for everybody is shown; it needs no settings."""
