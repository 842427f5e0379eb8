"""The form: a face, and below it, only if one likes, words, tags and a line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.check_in import MOODS, CheckIn, CheckInDraft
from psylite_desktop.services.check_ins import LONGEST_NOTE, CheckInService
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.checkin.day_picker import DayPicker
from psylite_desktop.ui.pages.checkin.faces import FaceRow
from psylite_desktop.ui.pages.checkin.feelings_view import FeelingsView
from psylite_desktop.ui.pages.checkin.line_field import LineField
from psylite_desktop.ui.pages.checkin.tags_view import TagsView
from psylite_desktop.ui.theme.tokens import GRID, RING
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.text import PlainLabel

_NUMBERS = {Qt.Key.Key_0 + mood: mood for mood in MOODS}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckInForm(QWidget):
    """Keys 1 to 5 choose a face wherever nobody types, Enter saves.

    Signals:
        changed: Something was filled in.
        save_requested: Enter was pressed with a face chosen.
        day_picked: Another day was chosen; carries it.
    """

    changed = Signal()
    save_requested = Signal()
    day_picked = Signal(str)

    def __init__(
        self, app: AppContext, service: CheckInService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service = service
        self.title = PlainLabel("title")
        self.day = DayPicker(service.today())
        self.faces = FaceRow(app.theme, app.language, service.words)
        self.hint = PlainLabel("small")
        self.details = QWidget()
        self.feelings = FeelingsView(app.theme, app.language, service.words)
        self.tags = TagsView(app.language, service.words)
        self.note_title = PlainLabel("strong")
        self.note = LineField(LONGEST_NOTE)
        self.note_title.setBuddy(self.note)
        self._lay_out()
        self._connect()
        self.begin()
        self.retranslate()

    def begin(self) -> None:
        """An empty form, about today."""
        self._show(CheckInDraft("", 0))

    def show_check_in(self, check_in: CheckIn) -> None:
        """Show what was filled in before."""
        one = check_in
        self._show(CheckInDraft(one.day, one.mood, one.feelings, one.tags, one.note))

    def draft(self) -> CheckInDraft:
        """What is filled in now; its mood is 0 where no face is chosen."""
        return CheckInDraft(
            day=self.day.day,
            mood=self.faces.mood,
            feelings=self.feelings.picked,
            tags=self.tags.picked,
            note=self.note.text(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers choose, Enter saves; what is typed into a field never comes here."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in _NUMBERS:
            self.faces.pick(_NUMBERS[event.key()])
        elif plain and event.key() in _ENTER:
            self._on_enter()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.title.setText(self.tr("How are you?"))
        self.note_title.setText(self.tr("A line, if you like"))
        self.note.setAccessibleName(self.tr("A line, if you like"))
        self._say_how()

    def _show(self, draft: CheckInDraft) -> None:
        self.day.begin(self._service.today(), draft.day)
        self.faces.choose(draft.mood)
        self.feelings.pick(draft.feelings)
        self.tags.pick(draft.tags)
        self.note.setText(draft.note)
        self.details.setVisible(bool(draft.mood))
        self._say_how()
        self.changed.emit()

    def _say_how(self) -> None:
        if self.faces.mood:
            self.hint.setText(self.tr("Enter saves. Everything below is up to you."))
        else:
            self.hint.setText(self.tr("Keys 1 to 5 choose, Enter saves."))

    def _on_enter(self) -> None:
        is_typing = self.tags.field.hasFocus() and bool(self.tags.field.text().strip())
        if is_typing or self.tags.add.hasFocus():
            self.tags.take_typed()
        elif self.faces.mood:
            self.save_requested.emit()
        else:
            self._choose_focused()

    def _choose_focused(self) -> None:
        """Enter on a face that has the keyboard chooses it; another Enter saves."""
        for mood, button in self.faces.buttons.items():
            if button.hasFocus():
                self.faces.pick(mood)

    def _on_chosen(self, _mood: int) -> None:
        self.details.show()
        self._say_how()
        self.changed.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, RING, RING, RING)
        head.setSpacing(2 * GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.day, 0, Qt.AlignmentFlag.AlignVCenter)
        inside = QVBoxLayout(self.details)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3 * GRID)
        inside.addWidget(self.feelings)
        inside.addWidget(self.tags)
        line = QVBoxLayout()
        line.setSpacing(GRID)
        line.setContentsMargins(RING, 0, RING, RING)
        line.addWidget(self.note_title)
        line.addWidget(self.note)
        inside.addLayout(line)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addLayout(head)
        box.addWidget(self.faces)
        box.addWidget(self.hint)
        box.addWidget(self.details)
        lead_focus(self, self.faces)
        QWidget.setTabOrder(self.faces.buttons[MOODS[-1]], self.day)

    def _connect(self) -> None:
        self.faces.chosen.connect(self._on_chosen)
        self.day.picked.connect(self.day_picked)
        for part in (self.feelings, self.tags):
            part.changed.connect(self.changed)
        self.note.textEdited.connect(lambda _text: self.changed.emit())
