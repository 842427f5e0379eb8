"""One question of a scale at a time, answered by a key or a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.scale import Answers, Scale
from psylite_desktop.services.scales import answered, open_items
from psylite_desktop.ui.pages.scales.choice_button import ChoiceButton
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class QuestionView(QWidget):
    """Keeps the answers while they are given. The number of a choice answers and goes on.

    Signals:
        answer_given: An answer was chosen; carries the number of its item. Whoever listens says
            with `go_on` that the next question may come.
        completed: No question is left open and the last one was passed.
    """

    answer_given = Signal(int)
    completed = Signal()

    def __init__(self, theme: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale: Scale | None = None
        self.answers: Answers = ()
        self.number = 1
        self._is_missing = False
        self.progress = PlainLabel("small")
        self.lead = Paragraph(muted=True)
        self.item = PlainLabel("heading")
        self.missing = PlainLabel("strong")
        self.keys = PlainLabel("small")
        self.choices: list[ChoiceButton] = []
        self._places = QVBoxLayout()
        self._places.setSpacing(GRID)
        self.before = quiet_button()
        self.before.clicked.connect(self.go_back)
        self.after = quiet_button()
        self.after.clicked.connect(self._on_after_clicked)
        row = QHBoxLayout()
        row.addWidget(self.before)
        row.addStretch(1)
        row.addWidget(self.after)
        column = ReadingColumn(theme)
        for widget in (self.progress, self.lead, self.item, self.missing):
            column.body.addWidget(widget)
        column.body.addLayout(self._places)
        column.body.addLayout(row)
        column.body.addWidget(self.keys)
        column.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column)

    def begin(self, scale: Scale, answers: Answers) -> None:
        """Ask from the first open question on."""
        self.scale = scale
        self.answers = answers
        self._is_missing = False
        still = open_items(answers)
        self._show(still[0] if still else len(answers))

    def reword(self, scale: Scale) -> None:
        """Go on in another language."""
        self.scale = scale
        self._show(self.number)

    def go_on(self, *, take_keyboard: bool) -> None:
        """Show the next question, the first open one after the last, or be done."""
        self._is_missing = False
        still = open_items(self.answers)
        if self.number < len(self.answers):
            self._show(self.number + 1)
        elif still:
            self._is_missing = True
            self._show(still[0])
        else:
            self.completed.emit()
            return
        if take_keyboard:
            self.take_keyboard()

    @Slot()
    def go_back(self) -> None:
        """Show the question before."""
        if self.number > 1:
            self._is_missing = False
            self._show(self.number - 1)
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to the answer that was given, else to the first one."""
        given = next((choice for choice in self.choices if choice.isChecked()), self.choices[0])
        given.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self.progress.text()} {self.item.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number of a choice, and back with Backspace."""
        if not event.isAutoRepeat():
            if event.key() == Qt.Key.Key_Backspace:
                self.go_back()
                return
            for place, choice in enumerate(self.choices):
                if event.text() == choice.key:
                    self._answer(place)
                    return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.scale is not None:
            self._label()

    def _show(self, number: int) -> None:
        scale = self.scale
        if scale is None:
            return
        self.number = number
        for old in self.choices:
            self._places.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.choices = []
        # Points from 0 up are their own keys; other orders are counted from 1 as they stand.
        is_plain = [choice.points for choice in scale.choices] == list(range(len(scale.choices)))
        for place, choice in enumerate(scale.choices):
            button = ChoiceButton(str(place if is_plain else place + 1), choice.text)
            button.setChecked(self.answers[number - 1] == choice.points)
            button.setProperty("place", place)
            button.clicked.connect(self._on_choice_clicked)
            self._places.addWidget(button)
            self.choices.append(button)
        before: QWidget = self.choices[0]
        for after in (*self.choices[1:], self.before, self.after):
            self.setTabOrder(before, after)
            before = after
        self._label()

    def _label(self) -> None:
        scale = self.scale
        if scale is None:
            return
        self.progress.setText(
            self.tr("Question {number} of {count}").format(
                number=self.number, count=len(scale.items)
            )
        )
        self.lead.setText(scale.lead)
        self.item.setText(scale.items[self.number - 1])
        self.missing.setText(self.tr("This one is still open, and there is no score without it."))
        self.missing.setVisible(self._is_missing)
        self.before.setText(self.tr("Question before"))
        self.before.setEnabled(self.number > 1)
        is_open = self.answers[self.number - 1] is None
        self.after.setText(self.tr("Leave open for now") if is_open else self.tr("Go on"))
        self.keys.setText(
            self.tr(
                "Keys {first} to {last} answer, Backspace goes back, Esc leaves. "
                "Your answers wait here for a day."
            ).format(first=self.choices[0].key, last=self.choices[-1].key)
        )

    def _answer(self, place: int) -> None:
        if self.scale is None:
            return
        chosen = self.scale.choices[place].points
        self.answers = answered(self.answers, self.number, chosen)
        for at, choice in enumerate(self.choices):
            choice.setChecked(at == place)
        self.answer_given.emit(self.number)

    @Slot()
    def _on_choice_clicked(self) -> None:
        self._answer(int(self.sender().property("place")))

    @Slot()
    def _on_after_clicked(self) -> None:
        self.go_on(take_keyboard=True)
