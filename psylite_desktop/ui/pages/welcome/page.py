"""The welcome: three steps, a minute and a half at most, everything by keyboard."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.settings import Language, PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.pages.welcome.about_step import AboutStep
from psylite_desktop.ui.pages.welcome.choices_step import ChoicesStep
from psylite_desktop.ui.pages.welcome.contact_step import ContactStep


class WelcomePage(QWidget):
    """Says what PsyLite is, asks a few things, stores the answers. Every step may be skipped.

    Signals:
        finished: The person is through; carries the `PrivateSettings` now in use.
        left: Escape was pressed on the first step.
    """

    finished = Signal(PrivateSettings)
    left = Signal()

    def __init__(
        self, context: PageContext, settings: PrivateSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._tasks = VaultTasks(context.session.vault, self)
        app = context.app
        self.about = AboutStep(app.theme, app.language.current)
        self.choices = ChoicesStep(app.theme, settings, region=app.plain.current.region)
        self.contact = ContactStep(app.theme, guest=context.session.guest)
        self._stack = QStackedWidget()
        for step in (self.about, self.choices, self.contact):
            self._stack.addWidget(step)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.about.language_chosen.connect(self._on_language_chosen)
        self.about.proceed_requested.connect(self._on_about_read)
        self.choices.region_chosen.connect(self._on_region_chosen)
        self.about.skip_requested.connect(self._on_done)
        self.choices.proceed_requested.connect(self._on_choices_made)
        self.choices.back_requested.connect(self._on_back_to_about)
        self.contact.proceed_requested.connect(self._on_done)
        self.contact.back_requested.connect(self._on_back_to_choices)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._on_escape)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keyboard on to the step in front."""
        super().focusInEvent(event)
        if self._stack.currentWidget() is self.contact:
            self.contact.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
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

    def _on_choices_made(self) -> None:
        self._stack.setCurrentWidget(self.contact)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back_to_about(self) -> None:
        self._stack.setCurrentWidget(self.about)
        self.about.proceed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back_to_choices(self) -> None:
        self._stack.setCurrentWidget(self.choices)
        self.choices.proceed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_escape(self) -> None:
        match self._stack.currentWidget():
            case self.contact:
                self._on_back_to_choices()
            case self.choices:
                self._on_back_to_about()
            case _:
                self.left.emit()

    def _on_region_chosen(self, region: str) -> None:
        with contextlib.suppress(OSError):  # the region holds for this run all the same
            self._context.app.plain.change(region=region)

    def _on_done(self) -> None:
        chosen, line = self.choices.settings, self.contact.line
        session = self._context.session
        self._stack.setEnabled(False)

        def save() -> PrivateSettings:
            # What another page changed meanwhile stays.
            changed = replace(
                session.vault.settings.load(),
                welcomed=True,
                age_band=chosen.age_band,
                humor=chosen.humor,
                memory=chosen.memory,
            )
            session.vault.settings.save(changed)
            if line:
                session.plan.add_person(line)
            return changed

        self._tasks.run(save, self.finished.emit, self._on_save_failed, self)

    def _on_save_failed(self, _error: PsyLiteError) -> None:
        # A full disk must not stand between a person and a conversation: the answers hold for
        # now, and the welcome comes again next time.
        self.finished.emit(self.choices.settings)
