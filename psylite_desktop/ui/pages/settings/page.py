"""The settings page: one line a field, applied at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import ModelFileError, PsyLiteError
from psylite_desktop.domain.settings import WRITTEN, PlainSettings, PrivateSettings
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.settings.editors import CONTEXT
from psylite_desktop.ui.pages.settings.fields import (
    NOT_FOR_GUESTS,
    PLAIN,
    PRIVATE,
    AnyEditor,
    SettingLine,
    stretches,
)
from psylite_desktop.ui.pages.settings.links import LinksCard
from psylite_desktop.ui.pages.unlock.profile_labels import profile_text
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel

Handler = Callable[[str, object], None]


class SettingsPage(ReadingColumn):
    """Settings of this computer and of the open profile.

    Signals:
        private_settings_saved: Settings of the profile were stored; carries them.
        page_requested: Another page about settings or data shall be shown; carries its id.
        keys_requested: The passphrase or another key shall be changed.
    """

    private_settings_saved = Signal(PrivateSettings)
    page_requested = Signal(str)
    keys_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.app.theme, parent=parent)
        self._context = context
        self._tasks = VaultTasks(context.session.vault, self)
        self._labels: list[tuple[PlainLabel, str]] = []
        self.editors: dict[str, AnyEditor] = {}
        self._names: dict[str, str] = {}
        is_guest = context.session.guest
        self._plain = [line for line in PLAIN if not (is_guest and line.field in NOT_FOR_GUESTS)]
        self.title = PlainLabel("title")
        self.notice = NoticeBar()
        self.computer = PlainLabel("heading")
        self.profile = PlainLabel("heading")
        self.keys = plain_button()
        self.keys_note = PlainLabel("small")
        self.keys.clicked.connect(self.keys_requested)
        self.more = PlainLabel("heading")
        self.links = LinksCard()
        self.links.page_requested.connect(self.page_requested)
        self.profile_card = self._card(PRIVATE, self._on_private_edited)
        self.body.addWidget(self.title)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.computer)
        self.body.addWidget(self._card(self._plain, self._on_plain_edited))
        self.body.addWidget(self.profile)
        self.body.addWidget(self.profile_card)
        if not is_guest:
            self.body.addWidget(self.keys, 0, Qt.AlignmentFlag.AlignLeft)
            self.body.addWidget(self.keys_note)
        self.body.addWidget(self.more)
        self.body.addWidget(self.links)
        self.body.addStretch(1)
        self.profile_card.setEnabled(False)
        lead_focus(self, self.editors[PLAIN[0].field])
        self.retranslate()
        self._show_plain(context.app.plain.current)
        self._load_private()

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take what was changed on another page; the next change here must not undo it."""
        self._on_private_loaded(settings)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was changed elsewhere meanwhile, by keys or on another page."""
        self._show_plain(self._context.app.plain.current)
        self._load_private()
        super().showEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("Settings"))
        self.computer.setText(self.tr("On this computer"))
        self.profile.setText(self._profile_text())
        self.keys.setText(self.tr("Passphrase and keys…"))
        self.keys_note.setText(self.tr("Locks first: keys are changed while the space is closed."))
        self.keys.setAccessibleDescription(self.keys_note.text())
        self.more.setText(self.tr("My data, and more"))
        for label, source in self._labels:
            label.setText(QCoreApplication.translate(CONTEXT, source))
        for field, editor in self.editors.items():
            editor.set_name(QCoreApplication.translate(CONTEXT, self._names[field]))
            editor.retranslate()

    def _profile_text(self) -> str:
        if self._context.session.guest:
            return self.tr("In this guest session")
        if not self._context.space:
            return self.tr("In this space")
        # The name stands here, so that it is known to those who hide the list.
        name = profile_text(self._context.space)
        return self.tr("In this space, {space}").format(space=name)

    def _card(self, lines: Sequence[SettingLine], handler: Handler) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        box = QVBoxLayout(card)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(2 * GRID)
        for line in lines:
            editor = line.create(self._context)
            editor.edited.connect(partial(handler, line.field))
            self.editors[line.field] = editor
            self._names[line.field] = line.label
            box.addLayout(self._line(line, editor))
        return card

    def _line(self, line: SettingLine, editor: AnyEditor) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(GRID // 2)
        if stretches(editor):
            box.addWidget(editor)
        else:
            label = PlainLabel()
            label.setBuddy(editor)
            self._labels.append((label, line.label))
            row = QHBoxLayout()
            row.setSpacing(2 * GRID)
            row.addWidget(label, 1)
            editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(editor, 1)  # all of them as wide, one below the other
            box.addLayout(row)
        if line.hint:
            hint = PlainLabel("small")
            self._labels.append((hint, line.hint))
            box.addWidget(hint)
        return box

    def _show_plain(self, settings: PlainSettings) -> None:
        for line in self._plain:
            self.editors[line.field].show_value(getattr(settings, line.field))

    def _load_private(self) -> None:
        store = self._context.session.vault.settings
        self._tasks.run(store.load, self._on_private_loaded, self._on_failed, self)

    def _on_private_loaded(self, settings: PrivateSettings) -> None:
        for line in PRIVATE:
            self.editors[line.field].show_value(getattr(settings, line.field))
        self.profile_card.setEnabled(True)

    def _on_plain_edited(self, field: str, value: object) -> None:
        self.notice.clear()
        app = self._context.app
        try:
            app.plain.change(**{field: value})
        except OSError:
            self.notice.say(
                self.tr("This could not be saved here. It holds until you close PsyLite.")
            )
        if field == "model":
            self._use_model(str(value))

    def _use_model(self, setting: str) -> None:
        app = self._context.app
        try:
            app.library.use(setting, app.host)
        except ModelFileError as error:
            self.notice.say(error_text(error))
        if setting == WRITTEN:  # what a model took of the memory is given back
            app.engine.run(app.host.make_ready, lambda _: None, lambda _: None, self)
            return

        def look() -> None:
            app.models.ensure_fits(app.models.resolve(setting))

        # Says at once, with numbers, what the engine would refuse at the next message.
        self._tasks.run(look, lambda _: None, self._on_failed, self)

    def _on_private_edited(self, field: str, value: object) -> None:
        self.notice.clear()
        change: dict[str, Any] = {field: value}
        store = self._context.session.vault.settings

        def save() -> PrivateSettings:
            changed = replace(store.load(), **change)  # other pages change settings, too
            store.save(changed)
            return changed

        self._tasks.run(save, self.private_settings_saved.emit, self._on_failed, self)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
