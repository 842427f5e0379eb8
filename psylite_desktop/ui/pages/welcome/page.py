"""The welcome: two steps, a minute and a half at most, everything by keyboard."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.welcome.about_step import AboutStep
from psylite_desktop.ui.pages.welcome.choices_step import ChoicesStep


class WelcomePage(QWidget):
    """Says what PsyLite is, asks three things, stores the answers.

    Signals:
        finished: The person is through; carries the `PrivateSettings` now in use.
    """

    finished = Signal(PrivateSettings)

    def __init__(
        self, context: PageContext, settings: PrivateSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = VaultTasks(context.session.vault, self)
        app = context.app
        self.about = AboutStep(app.theme, app.language.current)
        self.choices = ChoicesStep(app.theme, settings, region=app.plain.current.region)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.about)
        self._stack.addWidget(self.choices)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.about.language_chosen.connect(self._on_language_chosen)
        self.about.proceed_requested.connect(self._on_about_read)
        self.choices.region_chosen.connect(self._on_region_chosen)
        self.choices.proceed_requested.connect(self._on_proceed_requested)
        self.choices.back_requested.connect(self._on_back_requested)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keyboard on to the step in front."""
        super().focusInEvent(event)
        languages, ages = self.about.languages.values(), self.choices.ages.values()
        choices = languages if self._stack.currentWidget() is self.about else ages
        checked = next(button for button in choices if button.isChecked())
        checked.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.setAccessibleName(self.tr("Welcome"))

    def _on_language_chosen(self, language: Language) -> None:
        with contextlib.suppress(OSError):  # the language holds for this run all the same
            self._context.app.language.set(language)

    def _on_about_read(self) -> None:
        self._stack.setCurrentWidget(self.choices)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back_requested(self) -> None:
        self._stack.setCurrentWidget(self.about)
        self.about.proceed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_region_chosen(self, region: str) -> None:
        with contextlib.suppress(OSError):  # the region holds for this run all the same
            self._context.app.plain.change(region=region)

    def _on_proceed_requested(self) -> None:
        chosen = self.choices.settings
        store = self._context.session.vault.settings
        self.choices.setEnabled(False)
        self._tasks.run(
            lambda: store.save(chosen),
            lambda _nothing: self.finished.emit(chosen),
            self._on_save_failed,
            self,
        )

    def _on_save_failed(self, _error: PsyLiteError) -> None:
        # A full disk must not stand between a person and a conversation: the answers hold for
        # now, and the welcome comes again next time.
        self.finished.emit(self.choices.settings)
