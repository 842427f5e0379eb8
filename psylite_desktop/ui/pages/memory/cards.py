"""One thing that is remembered, and one that could be."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QEvent, QLocale, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from psylite_desktop.domain.memory import Candidate, MemoryNote, Topic
from psylite_desktop.ui.pages.memory.editable_text import EditableText
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button, quiet_button
from psylite_desktop.ui.widgets.text import PlainLabel
from psylite_desktop.ui.widgets.wrap_layout import WrapLayout


class _Card(QFrame):
    """Words, a small line about them, and what can be done."""

    def __init__(self, role: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self._spoken = shown(text)
        self.text = EditableText(text)
        self.about = PlainLabel("small")
        self.buttons = QWidget()
        self._row = WrapLayout(self.buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID + GRID // 2, 2 * GRID, GRID)
        box.setSpacing(GRID // 2)
        for widget in (self.text, self.about, self.buttons):
            box.addWidget(widget)

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""

    def topic(self, topic: Topic) -> str:
        """What a note is about, in a word."""
        names = {
            Topic.WISH: self.tr("A wish"),
            Topic.PLAN: self.tr("A plan"),
            Topic.LIKING: self.tr("Something you like"),
            Topic.HELP: self.tr("What helps"),
            Topic.LIFE: self.tr("Your life now"),
            Topic.OWN: self.tr("In your words"),
        }
        return names[topic]

    def _add(self, button: QPushButton) -> None:
        self._row.addWidget(button)

    def _name(self, button: QPushButton, text: str) -> None:
        """A button says what it does; to a screen reader also to which words."""
        button.setText(text)
        button.setAccessibleName(f"{text}: {self._spoken}")


class NoteCard(_Card):
    """A note that is kept.

    Signals:
        rewritten: It shall say something else; carries the note and the words.
        pin_switched: It shall stay without an end, or not; carries the note and that.
        forget_requested: It shall be forgotten; carries the note.
    """

    rewritten = Signal(MemoryNote, str)
    pin_switched = Signal(MemoryNote, bool)
    forget_requested = Signal(MemoryNote)

    def __init__(self, note: MemoryNote) -> None:
        super().__init__("card", note.text)
        self.note = note
        self.edit = quiet_button()
        self.pin = quiet_button()
        self.pin.setCheckable(True)
        self.pin.setChecked(note.pinned)
        self.forget = quiet_button()
        for button in (self.edit, self.pin, self.forget):
            self._add(button)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.pin.clicked.connect(self._on_pin_clicked)
        self.forget.clicked.connect(self._on_forget_clicked)
        self.text.saved.connect(self._on_saved)
        self.text.closed.connect(self._on_closed)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self._name(self.edit, self.tr("Edit"))
        self._name(self.pin, self.tr("Pinned") if self.note.pinned else self.tr("Pin"))
        self._name(self.forget, self.tr("Forget"))
        parts = [self.topic(self.note.topic), _day(self.note.created_at)]
        if self.note.pinned:
            parts.append(self.tr("stays until you forget it"))
        elif self.note.expires_at is not None:
            parts.append(self.tr("until {day}").format(day=_day(self.note.expires_at)))
        self.about.setText(" · ".join(parts))

    @Slot()
    def _on_edit_clicked(self) -> None:
        self.buttons.hide()
        self.text.begin()

    @Slot()
    def _on_closed(self) -> None:
        self.buttons.show()
        self.edit.setFocus()

    @Slot()
    def _on_pin_clicked(self) -> None:
        self.pin_switched.emit(self.note, self.pin.isChecked())

    @Slot()
    def _on_forget_clicked(self) -> None:
        self.forget_requested.emit(self.note)

    @Slot(str)
    def _on_saved(self, text: str) -> None:
        self.rewritten.emit(self.note, text)


class CandidateCard(_Card):
    """Something that could be kept.

    Signals:
        kept: Yes; carries the candidate and the words to keep.
        declined: No; carries the candidate.
    """

    kept = Signal(Candidate, str)
    declined = Signal(Candidate)

    def __init__(self, candidate: Candidate) -> None:
        super().__init__("notice", candidate.text)
        self.candidate = candidate
        # Yes and no weigh the same: nobody is nudged into being remembered.
        self.keep = plain_button()
        self.no = plain_button()
        self.edit = plain_button()
        for button in (self.keep, self.no, self.edit):
            self._add(button)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.no.clicked.connect(self._on_no_clicked)
        self.text.saved.connect(self._on_saved)
        self.text.closed.connect(self._on_closed)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        self._name(self.keep, self.tr("Keep"))
        self._name(self.edit, self.tr("Edit first"))
        self._name(self.no, self.tr("No"))
        self.about.setText(self.topic(self.candidate.topic))

    @Slot()
    def _on_edit_clicked(self) -> None:
        self.buttons.hide()
        self.text.begin()

    @Slot()
    def _on_closed(self) -> None:
        self.buttons.show()
        self.edit.setFocus()

    @Slot()
    def _on_keep_clicked(self) -> None:
        self.kept.emit(self.candidate, "")

    @Slot()
    def _on_no_clicked(self) -> None:
        self.declined.emit(self.candidate)

    @Slot(str)
    def _on_saved(self, text: str) -> None:
        self.kept.emit(self.candidate, text)


def _day(moment: float) -> str:
    day = QDateTime.fromSecsSinceEpoch(round(moment)).date()
    return QLocale().toString(day, QLocale.FormatType.LongFormat)
