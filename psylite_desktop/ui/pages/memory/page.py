"""What I remember: every note to read, change, pin and forget; nothing without a yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.memory import LONGEST_NOTE, Candidate, MemoryNote
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.services.memory import Remembered
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.error_text import error_text
from psylite_desktop.ui.pages.memory.care import Care
from psylite_desktop.ui.pages.memory.editable_text import NoteEditor
from psylite_desktop.ui.pages.memory.forget_all import ForgetAll
from psylite_desktop.ui.pages.memory.sections import CandidateSection, NoteSection
from psylite_desktop.ui.pages.talk.column import centred
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.back_button import BackButton
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.check_line import CheckLine
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.empty_state import EmptyState
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.text import PlainLabel

T = TypeVar("T")

UNDO_S = 8
WIDTH = 1.1
"""The part of the widest column that this page uses."""


class MemoryPage(QWidget):
    """A forgotten note is hidden at once and forgotten for good when the undo line goes.

    Signals:
        private_settings_saved: Memory was switched on or off; carries the settings.
        back_requested: The page that led here shall be shown.
    """

    private_settings_saved = Signal(PrivateSettings)
    back_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.app.theme
        self._memory = context.session.memory
        self._is_guest = context.session.guest
        self._tasks = VaultTasks(context.session.vault, self)
        self._notes: tuple[MemoryNote, ...] = ()
        self._candidates: tuple[Candidate, ...] = ()
        self._hidden = 0
        self._is_loaded = False
        self.back = BackButton(self._theme)
        self.back.clicked.connect(self.back_requested)
        self.title = PlainLabel("title")
        self.intro = PlainLabel("muted")
        self.switch = CheckLine()
        self.notice = NoticeBar()
        self.offered = CandidateSection()
        self.editor = NoteEditor()
        self.add = plain_button()
        self.list = NoteSection()
        self.empty = EmptyState()
        self.forget_all = ForgetAll()
        self.undo = NoticeBar()
        self._help_place = QVBoxLayout()
        self.care = Care(context, self, self._help_place, self._tasks)
        self._lay_out()
        self._connect()
        self.retranslate()

    def reload(self) -> None:
        """Read notes and candidates again."""
        self._tasks.run(self._memory.load, self._on_loaded, self._on_failed, self)

    def leave(self) -> None:
        """Do what the undo line still held back."""
        self._forget_hidden()
        self.care.surfaces.close()

    def know_settings(self, settings: PrivateSettings) -> None:
        """Take what was changed on another page."""
        self.care.surfaces.know_age(settings.age_band)
        if self.isVisible():
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep help within its room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was said meanwhile."""
        super().showEvent(event)
        self.reload()
        self.care.surfaces.page_shown()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody can undo what they do not see."""
        self._forget_hidden()
        self.care.surfaces.page_hidden()
        super().hideEvent(event)

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self.title.setText(self.tr("What I remember"))
        self.intro.setText(
            self.tr("You are here as a guest: what is kept here goes when you leave.")
            if self._is_guest
            else self.tr(
                "Only what you said yes to, in your encrypted space on this computer. A note goes "
                "by itself after 90 days unless you pin it."
            )
        )
        self.switch.set_text(self.tr("Remember between talks"))
        self.editor.setPlaceholderText(self.tr("Something I should know next time"))
        self.editor.setAccessibleName(self.tr("Something I should know next time"))
        self.editor.setAccessibleDescription(self.tr("Enter keeps it."))
        self.add.setText(self.tr("Remember this"))
        self.care.surfaces.refresh()
        self._show()

    # -- what is shown

    def _on_loaded(self, remembered: Remembered) -> None:
        self._is_loaded = True
        self._notes, self._candidates = remembered.notes, remembered.candidates
        self.switch.box.setChecked(remembered.settings.memory)
        self.care.surfaces.know_age(remembered.settings.age_band)
        self._show()

    def _show(self) -> None:
        is_on = self.switch.box.isChecked()
        notes = [note for note in self._notes if note.id != self._hidden]
        self.switch.setEnabled(self._is_loaded)
        self.offered.show_candidates(self._candidates)
        self.list.show_notes(notes)
        for widget in (self.editor, self.add):
            widget.setVisible(is_on and self._is_loaded)
        self.forget_all.setVisible(bool(notes))
        self.empty.setVisible(self._is_loaded and not notes and not self._candidates)
        if is_on:
            self.empty.set_texts(
                self.tr("Nothing is kept yet. What matters to you can be written above."),
                self.tr("Write something"),
            )
        else:
            self.empty.set_texts(
                self.tr("Memory is off: every talk begins anew."), self.tr("Switch it on")
            )

    # -- what the person does

    def _is_fit(self, text: str) -> bool:
        """Whether words may be kept; where they may not, what to do instead is in view."""
        self.notice.clear()
        if not self.care.lets_pass(text):
            return False
        if len(text) > LONGEST_NOTE:
            self.notice.say(
                self.tr("A note holds {count} characters. Can it be shorter?").format(
                    count=LONGEST_NOTE
                )
            )
            return False
        return True

    @Slot()
    def _on_add_requested(self) -> None:
        text = self.editor.text().strip()
        if not text:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._is_fit(text):
            self._change(lambda: self._memory.write(text), self._on_added)

    def _on_added(self, _note: object) -> None:
        self.editor.clear()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    @Slot(Candidate, str)
    def _on_kept(self, candidate: Candidate, text: str) -> None:
        if not text or self._is_fit(text):
            self._change(lambda: self._memory.keep(candidate, text), self._on_answered)

    @Slot(Candidate)
    def _on_declined(self, candidate: Candidate) -> None:
        self._change(lambda: self._memory.decline(candidate), self._on_answered)

    def _on_answered(self, _note: object) -> None:
        self._tasks.run(self._memory.load, self._on_loaded_after_answer, self._on_failed, self)

    def _on_loaded_after_answer(self, remembered: Remembered) -> None:
        self._on_loaded(remembered)
        card = self.offered.cards[0].keep if self.offered.cards else self.editor
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(MemoryNote, str)
    def _on_rewritten(self, note: MemoryNote, text: str) -> None:
        if self._is_fit(text):
            self._change_note(note.id, lambda: self._memory.rewrite(note, text), "edit")

    @Slot(MemoryNote, bool)
    def _on_pin_switched(self, note: MemoryNote, is_pinned: bool) -> None:
        self._change_note(note.id, lambda: self._memory.pin(note, pinned=is_pinned), "pin")

    @Slot(MemoryNote)
    def _on_forget_requested(self, note: MemoryNote) -> None:
        self._forget_hidden()
        self._hidden = note.id
        self._show()
        self.undo.say(self.tr("Forgotten."), action=self.tr("Undo"), seconds=UNDO_S)
        self.undo.action.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_undo_requested(self) -> None:
        brought_back, self._hidden = self._hidden, 0
        self._show()
        card = self.list.card_of(brought_back)
        if card is not None:
            card.forget.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _forget_hidden(self) -> None:
        """Forget for good what is hidden."""
        gone, self._hidden = self._hidden, 0
        self.undo.clear()
        if gone:
            self._notes = tuple(note for note in self._notes if note.id != gone)
            self._change(lambda: self._memory.forget(gone), self._on_forgotten)

    def _on_forgotten(self, _nothing: object) -> None:
        """The list shows it already."""

    @Slot()
    def _on_all_confirmed(self) -> None:
        self._hidden = 0
        self.undo.clear()
        self._change(self._memory.forget_all, self._on_all_forgotten)

    def _on_all_forgotten(self, _nothing: object) -> None:
        self.notice.say(self.tr("All notes are forgotten."))
        self.reload()
        self.switch.box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_switched(self, is_on: bool) -> None:
        self._change(lambda: self._memory.switch(on=is_on), self._on_switch_saved)

    def _on_switch_saved(self, settings: PrivateSettings) -> None:
        self.private_settings_saved.emit(settings)
        self.reload()

    @Slot()
    def _on_empty_action_requested(self) -> None:
        if self.switch.box.isChecked():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.switch.box.click()

    def _change(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self.notice.clear()
        self._tasks.run(work, done, self._on_failed, self)

    def _change_note(self, note_id: int, work: Callable[[], None], part: str) -> None:
        """Change a note, list it anew, and give the keyboard back to the same button."""

        def show(remembered: Remembered) -> None:
            self._on_loaded(remembered)
            card = self.list.card_of(note_id)
            if card is not None:
                getattr(card, part).setFocus(Qt.FocusReason.OtherFocusReason)

        def load(_nothing: None) -> None:
            self._tasks.run(self._memory.load, show, self._on_failed, self)

        self._change(work, load)

    def _on_failed(self, error: PsyLiteError) -> None:
        self.notice.say(error_text(error))
        self.list.show_notes(())  # made anew, as things are kept
        self._show()

    # -- parts

    def _fit(self) -> None:
        width = round(self._theme.sizes.column * WIDTH)
        for bar in (self.notice, self.undo):
            bar.setMaximumWidth(width)
        self.care.surfaces.set_width(width)
        self.care.surfaces.set_room(self.height())

    def _lay_out(self) -> None:
        column = ReadingColumn(self._theme, share=WIDTH)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.editor, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignVCenter)
        above: tuple[QWidget, ...] = (
            self.title,
            self.intro,
            self.switch,
            self.offered,
        )
        below: tuple[QWidget, ...] = (self.list, self.empty, self.forget_all)
        for widget in above:
            column.body.addWidget(widget)
        column.body.addLayout(row)
        for widget in below:
            column.body.addWidget(widget)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(GRID, GRID, GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self._help_place)
        box.addWidget(column, 1)
        box.addLayout(centred(self.notice))
        box.addLayout(centred(self.undo))
        self.setProperty("role", "page")
        lead_focus(self, self.switch.box)

    def _connect(self) -> None:
        self.switch.switched.connect(self._on_switched)
        self.offered.kept.connect(self._on_kept)
        self.offered.declined.connect(self._on_declined)
        self.editor.submitted.connect(self._on_add_requested)
        self.add.clicked.connect(self._on_add_requested)
        self.list.rewritten.connect(self._on_rewritten)
        self.list.pin_switched.connect(self._on_pin_switched)
        self.list.forget_requested.connect(self._on_forget_requested)
        self.forget_all.confirmed.connect(self._on_all_confirmed)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self.undo.action_requested.connect(self._on_undo_requested)
        self.undo.expired.connect(self._forget_hidden)
        self.care.failed.connect(self._on_care_failed)
        self._theme.changed.connect(self._fit)

    @Slot(str)
    def _on_care_failed(self, code: str) -> None:
        self.notice.say(error_text(code))
